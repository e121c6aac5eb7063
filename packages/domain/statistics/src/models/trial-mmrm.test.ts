import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ancova } from '../means/ancova.ts'
import type { MeanEstimate } from '../means/mean-estimate.ts'
import { isMissing } from '../no-answer.ts'
import { trialMmrm } from './trial-mmrm.ts'

const N = 24

/** Values of N subjects at `visits` visits, two arms in turn, related within a subject. */
function trial(numbers: readonly number[], visits: number) {
  const at = (k: number): number => numbers[k % numbers.length] as number
  const base = Float64Array.from({ length: N }, (_, s) => 10 + at(s))
  const arm = Int32Array.from({ length: N }, (_, s) => s % 2)
  const values = Array.from({ length: visits }, (_, v) =>
    Float64Array.from(
      { length: N },
      (_, s) => (base[s] as number) - (s % 2) * 2 + at(N + s) + (v + 1) * at(3 * N + s * visits + v),
    ),
  )
  return { values, subjects: { arm, arms: 2, reference: 0, covariates: [base] } }
}

const numbers = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 200, maxLength: 200 })

describe('MMRM of a trial', () => {
  it('with complete data: the contrast of the last visit is the ANCOVA of that visit', () => {
    let compared = 0
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 4 }), (given, visits) => {
        const { values, subjects } = trial(given, visits)
        const model = trialMmrm(values, subjects, 'equal', 'Satterthwaite')
        const alone = ancova(values[visits - 1] as Float64Array, subjects)
        if (isMissing(model) || isMissing(alone)) return
        compared++
        const [ours, theirs] = [model.visits[visits - 1]?.differences[1], alone.differences[1]] as MeanEstimate[]
        expect(ours?.estimate).toBeCloseTo(theirs?.estimate as number, 6)
        expect((ours?.se as number) / (theirs?.se as number)).toBeCloseTo(1, 5)
        expect(ours?.df).toBeCloseTo(theirs?.df as number, 2)
      }),
      { numRuns: 40, seed: 7 },
    )
    expect(compared).toBeGreaterThan(30)
  })

  it('leaves subjects without any value out, and takes those who miss a visit', () => {
    const { values, subjects } = trial(
      Array.from({ length: 97 }, (_, k) => Math.sin(k * 7)),
      3,
    )
    for (const s of [4, 9, 10]) (values[2] as Float64Array)[s] = Number.NaN
    for (const column of values) column[5] = Number.NaN
    const model = trialMmrm(values, subjects, 'equal', 'Kenward-Roger')
    if (isMissing(model)) throw new Error(model.reason)
    expect(model.subjects).toBe(N - 1)
    expect(model.n).toBe(3 * (N - 1) - 3)
    expect(model.structureLabel).toBe('unstructured')
  })

  it('says in words why there is no result, and never gives NaN', () => {
    const { values, subjects } = trial(
      Array.from({ length: 97 }, (_, k) => Math.sin(k * 7)),
      2,
    )
    const one = { ...subjects, arm: new Int32Array(N) }
    expect(trialMmrm(values, one, 'equal', 'Satterthwaite')).toEqual({ reason: 'an arm has no subjects' })
    const constant = values.map(() => new Float64Array(N).fill(3))
    expect(trialMmrm(constant, subjects, 'equal', 'Satterthwaite')).toEqual({ reason: 'the residuals do not vary' })
    const three = values.map((column) => column.map((value, s) => (s < 3 ? value : Number.NaN)))
    expect(trialMmrm(three, subjects, 'equal', 'Satterthwaite')).toHaveProperty('reason')
    const never = [values[0] as Float64Array, new Float64Array(N).fill(Number.NaN)]
    expect(trialMmrm(never, subjects, 'equal', 'Satterthwaite')).toHaveProperty('reason')
  })

  it('falls back where two visits were never attended by one subject, and says which structure stands in and why', () => {
    const { values, subjects } = trial(
      Array.from({ length: 97 }, (_, k) => Math.sin(k * 7)),
      3,
    )
    for (let s = 0; s < N; s++) (values[s % 4 < 2 ? 0 : 2] as Float64Array)[s] = Number.NaN
    const model = trialMmrm(values, subjects, 'equal', 'Satterthwaite')
    if (isMissing(model)) throw new Error(model.reason)
    expect(model.structureLabel).toMatch(
      /^(heterogeneous Toeplitz|heterogeneous AR\(1\)|compound symmetry), since unstructured has two visits that nobody attended both of/,
    )
  })
})
