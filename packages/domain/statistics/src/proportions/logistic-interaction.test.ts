import { describe, expect, it } from 'vitest'
import { isMissing } from '../no-answer.ts'
import { logisticInteraction } from './logistic-interaction.ts'

/** Responders of subjects in four cells: arm by sex. */
function cells(counts: readonly (readonly [arm: number, sex: number, yes: number, no: number])[]) {
  const rows = counts.flatMap(([arm, sex, yes, no]) =>
    Array.from({ length: yes + no }, (_, k) => ({ arm, sex, response: k < yes ? 1 : 0 })),
  )
  return {
    response: Uint8Array.from(rows, ({ response }) => response),
    subjects: {
      arm: Int32Array.from(rows, ({ arm }) => arm),
      arms: 2,
      reference: 0,
      strata: [{ codes: Int32Array.from(rows, ({ sex }) => sex), levels: 2 }],
    },
    sex: Float64Array.from(rows, ({ sex }) => sex),
  }
}

describe('an interaction in logistic regression', () => {
  it('has the odds ratio of each table, and their ratio', () => {
    // Sex 0: 12/8 v 6/14, odds ratio 3.5; sex 1: 9/11 v 10/10, odds ratio 9/11. Standard errors are Woolf's.
    const { response, subjects, sex } = cells([
      [1, 0, 12, 8],
      [0, 0, 6, 14],
      [1, 1, 9, 11],
      [0, 1, 10, 10],
    ])
    const found = logisticInteraction(response, subjects, [sex])
    if (isMissing(found)) throw new Error(found.reason)
    expect(found.oddsRatioAt([0]).ratio).toBeCloseTo(3.5, 8)
    expect(found.oddsRatioAt([0]).se).toBeCloseTo(Math.sqrt(1 / 12 + 1 / 8 + 1 / 6 + 1 / 14), 8)
    expect(found.oddsRatioAt([1]).ratio).toBeCloseTo(9 / 11, 8)
    expect(found.slopes[0]?.ratio).toBeCloseTo(9 / 11 / 3.5, 8)
    expect(found.slopes[0]?.se).toBeCloseTo(
      Math.sqrt(1 / 12 + 1 / 8 + 1 / 6 + 1 / 14 + 1 / 9 + 1 / 11 + 1 / 10 + 1 / 10),
      8,
    )
    expect(found.df).toBe(1)
    // The full model fits every cell: the likelihood ratio is the deviance of the model without products.
    expect(found.chiSquare).toBeGreaterThan(2)
    expect(found.p).toBeGreaterThan(0.02)
    expect(found.p).toBeLessThan(0.2)
  })

  it('has a reason where a level has one arm alone, or a cell has no responder', () => {
    const alone = cells([
      [1, 0, 12, 8],
      [0, 0, 6, 14],
      [1, 1, 9, 11],
    ])
    expect(logisticInteraction(alone.response, alone.subjects, [alone.sex])).toEqual({
      reason: 'the arms cannot be compared within the subgroups',
    })
    const none = cells([
      [1, 0, 12, 8],
      [0, 0, 6, 14],
      [1, 1, 9, 11],
      [0, 1, 0, 20],
    ])
    expect(logisticInteraction(none.response, none.subjects, [none.sex])).toEqual({
      reason: 'responders are separated from the others',
    })
  })
})
