import { describe, expect, it } from 'vitest'
import { chiSquareTest } from './chi-square-test.ts'
import { fisher } from './fisher.ts'
import { riskRatio } from './risk-ratio.ts'
import type { TwoProportions } from './two-proportions.ts'

/**
 * Trials of vagus nerve stimulation in cluster headache and chronic migraine whose publications print counts and results:
 * ACT1 (Silberstein, Headache 2016;56:1317-1332), ACT2 (Goadsby, Cephalalgia 2018;38:959-969), EVENT (Silberstein, Neurology
 * 2016;87:529-538), PREVA (Gaul, Cephalalgia 2016;36:534-546).
 */
const arms = (x1: number, n1: number, x2: number, n2: number): TwoProportions => ({ x1, n1, x2, n2 })

describe('published trials of stimulation', () => {
  it.each([
    ['ACT1, episodic, response', arms(13, 38, 5, 47), '3.22 (1.26-8.22)'],
    ['ACT1, episodic, 50 % of attacks', arms(13, 38, 7, 47), '2.30 (1.02-5.18)'],
    ['ACT1, episodic, pain-free in 50 %', arms(6, 38, 1, 47), '7.42 (0.93-59.01)'],
    ['ACT2, episodic, 50 % of attacks', arms(9, 14, 2, 13), '4.18 (1.10-15.85)'],
    ['ACT2, episodic, pain-free in 50 %', arms(5, 14, 1, 13), '4.64 (0.62-34.65)'],
  ] as const)('%s: risk ratio and limits as printed', (_, counts, printed) => {
    const found = riskRatio(counts)
    if ('reason' in found) throw new Error(found.reason)
    expect(`${found.estimate.toFixed(2)} (${found.lower.toFixed(2)}-${found.upper.toFixed(2)})`).toBe(printed)
  })

  it('EVENT, response 3/30 v 0/29: 6.77 with 0.5 added to all cells', () => {
    const found = riskRatio(arms(3, 30, 0, 29))
    if ('reason' in found) throw new Error(found.reason)
    expect([found.estimate.toFixed(2), found.halfAdded]).toEqual(['6.77', true])
  })

  it.each([
    ['ACT1, episodic', arms(13, 38, 5, 47), 'chi-square', 0.0082],
    ['ACT1, all', arms(16, 60, 11, 73), 'chi-square', 0.098],
    ['ACT1, chronic', arms(3, 22, 6, 26), 'Fisher', 0.478],
    ['PREVA', arms(18, 45, 4, 48), 'chi-square', 0.0003],
    ['PREVA', arms(18, 45, 4, 48), 'Fisher', 0.0005],
  ] as const)('%s: p by %s', (_name, counts, test, p) => {
    const found = test === 'Fisher' ? fisher(counts) : chiSquareTest(counts)
    if ('reason' in found) throw new Error(found.reason)
    const digits = String(p).length - 2
    expect(found.p.toFixed(digits)).toBe(p.toFixed(digits))
  })
})
