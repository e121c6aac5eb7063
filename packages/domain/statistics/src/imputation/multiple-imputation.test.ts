import { describe, expect, it } from 'vitest'
import { mmrm } from '../models/mmrm.ts'
import type { VisitTrial } from '../models/visit-trial.ts'
import { bayesianDraws } from './bayesian-draws.ts'
import { bocf } from './bocf.ts'
import { Chance } from './chance.ts'
import { locf } from './locf.ts'
import { multipleImputation } from './multiple-imputation.ts'
import { nri, RESPONSE } from './nri.ts'
import { tippingPoint } from './tipping-point.ts'

/** 120 subjects, 3 visits, arm 1 two points better, drop-out of a quarter that depends on the value before. */
function trial(effect = -2): VisitTrial {
  const chance = new Chance(3, 'simulated')
  const [subjects, visits] = [120, 3]
  const base = Float64Array.from({ length: subjects }, () => 10 + 2 * chance.normal())
  const values = new Float64Array(subjects * visits)
  for (let i = 0; i < subjects; i++) {
    const own = chance.normal()
    let gone = false
    for (let v = 0; v < visits; v++) {
      const value = 0.3 * (10 - base[i]) + (i % 2) * effect + own + chance.normal()
      values[i * visits + v] = gone ? Number.NaN : value
      gone ||= chance.uniform() < (value > 0 ? 0.25 : 0.1)
    }
  }
  const arm = Int32Array.from({ length: subjects }, (_, i) => i % 2)
  return { subjects, visits, arms: 2, values, arm, covariates: [{ values: base, byVisit: true }], factors: [] }
}

const NAME = { seed: 1, analysis: 'test' }
const imputedBy = (strategy: 'MAR' | 'J2R' | 'CIR' | 'CR', imputations = 100) => {
  const answer = multipleImputation(trial(), { strategy, reference: 0 }, NAME, imputations)
  if ('reason' in answer) throw new Error(answer.reason)
  return answer
}

describe('multiple imputation', () => {
  it('under MAR agrees with the MMRM of the same data within the error of chance', () => {
    const model = mmrm(trial(), { reference: 0 })
    if ('reason' in model) throw new Error(model.reason)
    const last = imputedBy('MAR').differences[2][1]
    const other = model.differences[2][1]
    if (last === null || other === null) throw new Error('no difference')
    // Five standard errors of the mean of 100 imputations.
    const error = 5 * last.se * Math.sqrt(last.betweenShare / 100)
    expect(Math.abs(last.estimate - other.estimate)).toBeLessThan(error)
    expect(last.se / other.se).toBeGreaterThan(0.9)
    expect(last.se / other.se).toBeLessThan(1.1)
  })

  it('of one visit, half of it missing, has the SE of the subjects seen: means are drawn, not only values', () => {
    const chance = new Chance(5, 'half')
    const values = Float64Array.from({ length: 60 }, (_, i) => (i % 4 < 2 ? chance.normal() : Number.NaN))
    const arm = Int32Array.from({ length: 60 }, (_, i) => i % 2)
    const half: VisitTrial = { subjects: 60, visits: 1, arms: 2, values, arm, covariates: [], factors: [] }
    const model = mmrm(half, { reference: 0 })
    const answer = multipleImputation(half, { strategy: 'MAR', reference: 0 }, NAME, 1000)
    if ('reason' in model || 'reason' in answer) throw new Error('no answer')
    // The posterior of the mean has t's variance: above the squared SE by df / (df - 2) = 28 / 26 in its share between.
    const ratio = (answer.differences[0][1]?.se as number) / (model.differences[0][1]?.se as number)
    expect(ratio).toBeGreaterThan(0.97)
    expect(ratio).toBeLessThan(1.09)
  })

  it('with reference means pulls the difference towards 0: J2R at most CIR at most MAR', () => {
    const at = (strategy: 'MAR' | 'J2R' | 'CIR'): number =>
      imputedBy(strategy, 50).differences[2][1]?.estimate as number
    expect(at('J2R')).toBeGreaterThan(at('CIR'))
    expect(at('CIR')).toBeGreaterThan(at('MAR'))
  })

  it('keeps observed values, and gives imputation 7 alone as among others', () => {
    const data = trial()
    const draws = bayesianDraws(data, { strategy: 'J2R', reference: 0 }, NAME)
    const again = bayesianDraws(data, { strategy: 'J2R', reference: 0 }, NAME)
    if ('reason' in draws || 'reason' in again) throw new Error('no draws')
    draws.draw(0)
    const seventh = draws.draw(7)
    expect(seventh).toEqual(again.draw(7))
    expect(seventh).not.toEqual(again.draw(8))
    expect(seventh.some(Number.isNaN)).toBe(false)
    data.values.forEach((value, cell) => {
      if (!Number.isNaN(value)) expect(seventh[cell]).toBe(value)
    })
  })

  it('tips at the first delta that makes p exceed 0.05', () => {
    const answer = tippingPoint(imputedBy('MAR', 50), { visit: 2, arm: 1, step: 0.5, steps: 40 })
    if ('reason' in answer) throw new Error(answer.reason)
    expect(answer.delta).toBeGreaterThan(0)
    expect(answer.at.p).toBeGreaterThan(0.05)
    expect(answer.steps.at(-2)?.answer.p).toBeLessThanOrEqual(0.05)
    expect(tippingPoint(imputedBy('MAR', 50), { visit: 2, arm: 1, step: 0.5, steps: 0 })).toEqual({
      reason: 'still significant at a delta of 0',
    })
  })

  it('is refused in words', () => {
    expect(multipleImputation(trial(), { strategy: 'MAR', reference: 0 }, NAME, 49)).toEqual({
      reason: 'fewer than 50 imputations',
    })
    const few = { ...trial(), subjects: 4 }
    const cut = {
      ...few,
      values: few.values.slice(0, 12),
      arm: few.arm.slice(0, 4),
      covariates: [{ values: few.covariates[0].values.slice(0, 4), byVisit: true }],
    }
    const answer = multipleImputation(cut, { strategy: 'MAR', reference: 0 }, NAME, 50)
    expect('reason' in answer && answer.reason.length).toBeGreaterThan(0)
  })
})

describe('single imputation', () => {
  const n = Number.NaN
  it('LOCF carries the last change, 0 where there is none before', () => {
    const { values, imputed } = locf(Float64Array.of(-1, n, n, n, -2, n), 3)
    expect([...values]).toEqual([-1, -1, -1, 0, -2, -2])
    expect([...imputed]).toEqual([0, 1, 1, 1, 0, 1])
  })

  it('BOCF makes a missing change 0', () => {
    const { values, imputed } = bocf(Float64Array.of(-1, n))
    expect([[...values], [...imputed]]).toEqual([
      [-1, 0],
      [0, 1],
    ])
  })

  it('NRI makes a missing response none', () => {
    const { responder, imputed } = nri(Uint8Array.of(RESPONSE.yes, RESPONSE.no, RESPONSE.missing))
    expect([[...responder], [...imputed]]).toEqual([
      [1, 0, 0],
      [0, 0, 1],
    ])
  })
})
