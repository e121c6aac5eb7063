import { describe, expect, it } from 'vitest'
import { answerOf, givenText } from '../testkit/analyze.ts'

/**
 * Cohorts that no method can do much with: every row has figures or a reason in words, and no table holds NaN or infinity.
 */
const METHODS = {
  CHG: 'ANCOVA, TTEST, WELCH, HL, BOOT, MMRM, LOCF, BOCF, MI, J2R, CIR, CR, TIP',
  RSP50: 'NEWC, MN, RR, OR, NNT, CMH, LOGIT',
  AVAL: 'NEGBIN, POISSON, BETABIN',
} as const

const analyses = Object.entries(METHODS)
  .map(([outcome, methods]) => {
    const name = outcome.toLowerCase()
    const subgroups = outcome !== 'AVAL' ? ', subgroups: [SEX, AGE, BASE]' : ''
    return `  ${name}: { estimand: all, parameter: DAYS, visits: [1, 2], outcome: ${outcome}, methods: [${methods}], adjust: [SEX, AGE]${subgroups} }\n`
  })
  .join('')

const STUDY = `study: degenerate
preset: headache-diary
calendar: relative
arms: { A: Active, B: { name: Sham, reference: true } }
estimands: { all: { treatment: active v sham, population: ITT } }
analyses:
${analyses}multiplicity: { method: HOCH, analyses: [chg, rsp50] }
sources:
  - files: wide.csv
    layout: visits
    columns: { subject: id, arm: arm, sex: sex, age: age }
    values:
      DAYS: { label: Headache days, unit: d, direction: lower-is-better, visits: { 0: d0, 1: { column: d1, days: 28 }, 2: { column: d2, days: 28 } } }
`

type Subject = readonly [arm: string, sex: string, age: number | '', d0: number, d1: number | '', d2: number | '']
const some = (n: number, of: (i: number) => Subject): Subject[] => Array.from({ length: n }, (_, i) => of(i))
const arm = (i: number): string => (i % 2 === 0 ? 'A' : 'B')
const sex = (i: number): string => (i % 3 === 0 ? 'F' : 'M')

const COHORTS: Readonly<Record<string, readonly Subject[]>> = {
  'three subjects': some(3, (i) => [arm(i), sex(i), 40 + i, 10, 8 - i, 6 + i]),
  'one arm': some(12, (i) => ['A', sex(i), 40 + i, 10 + i, 8, i]),
  'all respond': some(12, (i) => [arm(i), sex(i), 40 + i, 20, i % 4, i % 3]),
  'nobody responds': some(12, (i) => [arm(i), sex(i), 40 + i, 10 + (i % 3), 10, 11]),
  'no variance at all': some(12, (i) => [arm(i), 'F', 40, 10, 8, 8]),
  'a constant covariate': some(14, (i) => [arm(i), sex(i), 40, 10 + (i % 5), 8 + (i % 4), 6 + (i % 3)]),
  'an arm that is a stratum': some(12, (i) => [
    arm(i),
    arm(i) === 'A' ? 'F' : 'M',
    40 + i,
    10 + (i % 5),
    8,
    6 + (i % 4),
  ]),
  'perfect separation': some(16, (i) => [arm(i), sex(i), 40 + i, 20, 9, arm(i) === 'A' ? 2 : 19]),
  'a last visit without values': some(12, (i) => [arm(i), sex(i), 40 + i, 10 + (i % 5), 8 + (i % 3), '']),
  'a last visit of one arm alone': some(12, (i) => [
    arm(i),
    sex(i),
    40 + i,
    10 + (i % 5),
    8 + (i % 3),
    arm(i) === 'A' ? 5 + (i % 4) : '',
  ]),
  'visits that nobody attended both of': some(16, (i) => [
    arm(i),
    sex(i),
    40 + i,
    10 + (i % 5),
    i % 4 < 2 ? 7 + (i % 3) : '',
    i % 4 < 2 ? '' : 6 + (i % 3),
  ]),
  'ages that nobody told': some(12, (i) => [arm(i), sex(i), '', 10 + (i % 5), 8 + (i % 3), 6]),
  'baselines of 0': some(12, (i) => [arm(i), sex(i), 40 + i, 0, 1 + (i % 3), i % 2]),
  'counts of 0': some(12, (i) => [arm(i), sex(i), 40 + i, 10 + (i % 3), 0, 0]),
}

describe('a cohort with', () => {
  it.each(Object.entries(COHORTS))('%s has figures or reasons, never NaN', async (_name, subjects) => {
    const csv = `id,arm,sex,age,d0,d1,d2\n${subjects.map((row, i) => `S${i},${row.join(',')}`).join('\n')}\n`
    const answer = await answerOf(STUDY, [givenText('wide.csv', csv)])
    const rows = answer.rows('cohort').filter(({ ESTIMAND }) => ESTIMAND !== '')
    const asked = Object.values(METHODS).flatMap((methods) => methods.split(', '))
    expect([...new Set(rows.map(({ ANALYSIS }) => ANALYSIS))]).toEqual(expect.arrayContaining(asked))
    for (const row of rows) {
      const place = `${row.ANALYSIS} ${row.STAT} ${row.AVISIT} ${row.ARM} ${row.SUBGRP} ${row.SUBGLVL}`
      for (const [name, cell] of Object.entries(row)) expect(cell, `${place} ${name}`).not.toMatch(/^-?(NaN|Infinity)$/)
      if (row.ESTIMATE === '') expect(row.REASON, place).not.toBe('')
      if (row.LOWER !== '' && row.UPPER !== '' && row.ESTIMATE !== '' && !row.STAT?.startsWith('NNT')) {
        expect(Number(row.LOWER), place).toBeLessThanOrEqual(Number(row.ESTIMATE) + 1e-9)
        expect(Number(row.UPPER), place).toBeGreaterThanOrEqual(Number(row.ESTIMATE) - 1e-9)
      }
    }
  })
})
