import { describe, expect, it } from 'vitest'
import { fitRepeated } from './fit-repeated.ts'
import { type Mmrm, mmrm } from './mmrm.ts'
import type { VisitTrial } from './visit-trial.ts'

/** EX-S5: ANCOVA (base, chg): A (10,-4) (12,-5) (8,-3); B (9,-1) (11,-2) (10,-2). */
const BASE = Float64Array.of(10, 12, 8, 9, 11, 10)
const CHANGE = [-4, -5, -3, -1, -2, -2]
const EARLY = [-2, -2.5, -2.5, -1, -0.5, -1.5]

function trial(values: readonly number[], visits: number, base = BASE): VisitTrial {
  const subjects = values.length / visits
  return {
    subjects,
    visits,
    arms: 2,
    values: Float64Array.from(values),
    arm: Int32Array.from({ length: subjects }, (_, subject) => (subject < subjects / 2 ? 0 : 1)),
    covariates: [{ values: base, byVisit: true }],
    factors: [],
  }
}

const answered = (answer: Mmrm | { readonly reason: string }): Mmrm => {
  if ('reason' in answer) throw new Error(answer.reason)
  return answer
}

describe('MMRM', () => {
  it('of one visit is the ANCOVA of EX-S5', () => {
    const { means, differences } = answered(mmrm(trial(CHANGE, 1), { reference: 1 }))
    const difference = differences[0][0]
    expect(difference?.estimate).toBeCloseTo(-2.3333, 4)
    expect(difference?.se).toBeCloseTo(0.1925, 4)
    expect(difference?.df).toBeCloseTo(3, 6)
    expect(difference?.lower).toBeCloseTo(-2.9458, 4)
    expect(difference?.upper).toBeCloseTo(-1.7209, 4)
    expect(means[0].map((mean) => mean.estimate.toFixed(4))).toEqual(['-4.0000', '-1.6667'])
  })

  it.each(['satterthwaite', 'kenward-roger'] as const)(
    'of complete data has, at the last visit, the ANCOVA of that visit: %s',
    (df) => {
      const both = CHANGE.flatMap((late, subject) => [EARLY[subject], late])
      const repeated = answered(mmrm(trial(both, 2), { reference: 1, df })).differences[1][0]
      const alone = answered(mmrm(trial(CHANGE, 1), { reference: 1, df })).differences[0][0]
      for (const name of ['estimate', 'se', 'df', 'p', 'lower', 'upper'] as const)
        expect(repeated?.[name], name).toBeCloseTo(alone?.[name] as number, 6)
    },
  )

  it('has the opposite difference with the arms swapped', () => {
    const both = CHANGE.flatMap((late, subject) => [subject === 2 ? Number.NaN : EARLY[subject], late])
    const one = answered(mmrm(trial(both, 2), { reference: 1 })).differences[1][0]
    const other = answered(mmrm(trial(both, 2), { reference: 0 })).differences[1][1]
    expect(one?.estimate).toBeCloseTo(-(other?.estimate as number), 10)
    expect(one?.se).toBeCloseTo(other?.se as number, 10)
  })

  it('treats a weight of 4 at all rows as a variance divided by 4: the same answer', () => {
    const plain = answered(mmrm(trial(CHANGE, 1), { reference: 1 }))
    const weights = new Float64Array(6).fill(4)
    const weighted = answered(mmrm({ ...trial(CHANGE, 1), weights }, { reference: 1 }))
    expect(weighted.differences[0][0]?.se).toBeCloseTo(plain.differences[0][0]?.se as number, 10)
    expect(weighted.visitCovariance[0]).toBeCloseTo(4 * plain.visitCovariance[0], 10)
    expect(weighted.minusTwoLogLikelihood).toBeCloseTo(plain.minusTwoLogLikelihood, 10)
  })

  it('falls back where two visits were never seen together, and says why', () => {
    const n = Number.NaN
    const cells = CHANGE.flatMap((late, i) => (i % 3 === 0 ? [EARLY[i], n, late] : [n, EARLY[i], late]))
    const more = [...cells, ...cells.map((value, k) => value + ((k * 7) % 5) / 4)]
    const bases = Float64Array.from([...BASE, ...BASE])
    const answer = answered(
      mmrm({ ...trial(more, 3, bases), covariates: [{ values: bases, byVisit: false }] }, { reference: 1 }),
    )
    expect(answer.structure).not.toBe('UN')
    expect(answer.given[0]).toEqual({
      structure: 'UN',
      reason: 'visits 1 and 2 were never observed in the same subject',
    })
  })
})

describe('no MMRM', () => {
  const n = Number.NaN
  it.each([
    ['one arm', { ...trial(CHANGE, 1), arms: 1, arm: new Int32Array(6) }, 'one arm: there is nothing to compare'],
    ['an arm without data', trial([-4, -5, -3, n, n, n], 1), 'arm 2 has no data at visit 1'],
    [
      'a visit without data',
      trial(
        CHANGE.flatMap((late) => [late, n]),
        2,
      ),
      'arm 1 has no data at visit 2',
    ],
    ['three subjects', trial([-4, -5, -1], 1, Float64Array.of(10, 12, 9)), '3 responses for 3 coefficients'],
    ['no variation', trial([-4, -4, -4, -1, -1, -1], 1), 'no variation about the model at visit 1'],
    [
      'a covariate of one value',
      trial(CHANGE, 1, new Float64Array(6).fill(10)),
      'column 3 of the design depends on those before it',
    ],
    [
      'a missing covariate',
      trial(CHANGE, 1, Float64Array.of(10, n, 8, 9, 11, 10)),
      'subject 2 has no value of a covariate',
    ],
  ])('with %s', (_, bad, reason) => {
    expect(mmrm(bad, { reference: 1 })).toEqual({ reason })
  })

  it('without a response', () => {
    const rows = { subjects: 1, visits: 1, subject: Int32Array.of(0), visit: Int32Array.of(0) }
    const empty = { ...rows, response: Float64Array.of(n), design: [Float64Array.of(1)] }
    expect(fitRepeated(empty)).toEqual({ reason: 'no response at any visit' })
  })

  it('of fully dependent visits: every structure is named with its reason', () => {
    const twice = CHANGE.flatMap((late) => [late, 2 * late])
    const answer = mmrm(trial(twice, 2), { reference: 1 })
    if ('reason' in answer) expect(answer.reason).toMatch(/^UN: .*; TOEPH: .*; ARH1: .*; CS: /)
    else expect(answer.given.length).toBeGreaterThan(0)
  })
})
