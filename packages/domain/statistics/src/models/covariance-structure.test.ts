import { describe, expect, it } from 'vitest'
import { contrastsOf } from './contrast.ts'
import { type CovarianceStructure, covarianceStructure } from './covariance-structure.ts'
import { fitRepeated, type StructureName } from './fit-repeated.ts'
import { likelihoodDerivatives, restrictedLikelihood } from './restricted-likelihood.ts'
import type { VisitRows } from './visit-rows.ts'

const THETA: Readonly<Record<StructureName, readonly number[]>> = {
  UN: [4, 1, 3, 0.5, 1, 2],
  TOEPH: [4, 3, 2, 0.5, 0.3],
  ARH1: [4, 3, 2, 0.5],
  CS: [1, 2],
}
const NAMES = Object.keys(THETA) as StructureName[]
const STEP = 1e-5

const shifted = (theta: Float64Array, k: number, by: number): Float64Array =>
  theta.map((value, at) => (at === k ? value + by : value))

/** Central differences of the elements by parameter k. */
function slopeOf(structure: CovarianceStructure, theta: Float64Array, s: number, k: number): number {
  const at = (by: number): number => structure.elements(shifted(theta, k, by))[s]
  return (at(STEP) - at(-STEP)) / (2 * STEP)
}

/** 3 visits of 20 subjects in several missing patterns; values that nothing is regular in. */
function rows(): VisitRows {
  const cells = Array.from({ length: 60 }, (_, cell) => cell).filter((cell) => cell % 7 !== 3)
  const of = (value: (cell: number) => number): Float64Array => Float64Array.from(cells, value)
  const own = (cell: number): number => Math.sin(37 * Math.floor(cell / 3) + 1)
  return {
    subjects: 20,
    visits: 3,
    subject: Int32Array.from(cells, (cell) => Math.floor(cell / 3)),
    visit: Int32Array.from(cells, (cell) => cell % 3),
    response: of((cell) => 2 * own(cell) + (1 + (cell % 3) / 2) * Math.sin(1.7 * cell * cell + 2) + 5),
    design: [of(() => 1), of((cell) => (cell % 3 === 2 ? 1 : 0)), of((cell) => Math.floor(cell / 3) % 2)],
  }
}

describe.each(NAMES)('%s', (name) => {
  const structure = covarianceStructure(name, 3)
  const theta = Float64Array.from(THETA[name])
  const half = 6

  it('has the first and second derivatives of its elements', () => {
    const slopes = structure.slopes(theta)
    expect(theta).toHaveLength(structure.parameters)
    for (let s = 0; s < half; s++)
      for (let k = 0; k < theta.length; k++) {
        expect(slopes[s * theta.length + k]).toBeCloseTo(slopeOf(structure, theta, s, k), 8)
        for (let l = 0; l < theta.length; l++) {
          const at = (by: number): number => structure.slopes(shifted(theta, l, by))[s * theta.length + k]
          expect(structure.curvature(theta, s, k, l)).toBeCloseTo((at(STEP) - at(-STEP)) / (2 * STEP), 7)
        }
      }
  })

  it('is fitted where the likelihood has no slope and its curvature is that of the observed information', () => {
    const fit = fitRepeated(rows(), [name])
    if ('reason' in fit) throw new Error(fit.reason)
    const { sums, fit: found } = fit
    const deviance = (at: Float64Array): number =>
      restrictedLikelihood(sums, found.structure.elements(at))?.minusTwoLogLikelihood as number
    const q = found.theta.length
    const step = 1e-4
    for (let k = 0; k < q; k++) {
      const slope = (deviance(shifted(found.theta, k, step)) - deviance(shifted(found.theta, k, -step))) / (2 * step)
      expect(Math.abs(slope)).toBeLessThan(1e-5)
    }
    // Observed information times the covariance of the parameters is 2 on the diagonal, 0 elsewhere.
    const move = (k: number, l: number, a: number, b: number): number =>
      deviance(shifted(shifted(found.theta, k, a), l, b))
    for (let k = 0; k < q; k++)
      for (let m = 0; m < q; m++) {
        let sum = 0
        for (let l = 0; l < q; l++) {
          const curve =
            (move(k, l, step, step) - move(k, l, step, -step) - move(k, l, -step, step) + move(k, l, -step, -step)) /
            (4 * step * step)
          sum += curve * found.parameterCovariance[l * q + m]
        }
        expect(Math.abs(sum - (k === m ? 2 : 0)), `${k} ${m}`).toBeLessThan(1e-3)
      }
  })

  it('gives contrasts whose Kenward-Roger SE is not below the plain one', () => {
    const fit = fitRepeated(rows(), [name])
    if ('reason' in fit) throw new Error(fit.reason)
    const l = Float64Array.of(0, 0, 1)
    const plain = contrastsOf(fit, 'satterthwaite')(l)
    const adjusted = contrastsOf(fit, 'kenward-roger')(l)
    expect(adjusted.se).toBeGreaterThanOrEqual(plain.se * (1 - 1e-9))
    expect(adjusted.df).toBeCloseTo(plain.df, 8)
    expect(adjusted.df).toBeGreaterThan(5)
  })
})

it('the derivatives of the likelihood are those of central differences, away from the maximum too', () => {
  const fit = fitRepeated(rows(), ['UN'])
  if ('reason' in fit) throw new Error(fit.reason)
  const elements = Float64Array.from(THETA.UN)
  const at = (there: Float64Array) => {
    const likelihood = restrictedLikelihood(fit.sums, there)
    if (likelihood === null) throw new Error('not positive definite')
    return { deviance: likelihood.minusTwoLogLikelihood, ...likelihoodDerivatives(fit.sums, likelihood) }
  }
  const here = at(elements)
  for (let s = 0; s < 6; s++) {
    const [up, down] = [at(shifted(elements, s, STEP)), at(shifted(elements, s, -STEP))]
    expect(here.gradient[s]).toBeCloseTo((up.deviance - down.deviance) / (2 * STEP), 5)
    for (let t = 0; t < 6; t++)
      expect(here.observed[s * 6 + t]).toBeCloseTo((up.gradient[t] - down.gradient[t]) / (2 * STEP), 6)
  }
})
