import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bangIndex, type Index } from './bang-index.ts'
import { jamesIndex } from './james-index.ts'

const guesses = fc.record({ correct: fc.nat(60), incorrect: fc.nat(60), unsure: fc.nat(60) })
const total = (arm: { correct: number; incorrect: number; unsure: number }) => arm.correct + arm.incorrect + arm.unsure

/** Guess by arm: 48 and 22 guess the active treatment, 4 and 30 sham, 330 and 319 neither (active, sham arm). */
const PUBLISHED_ACTIVE = { correct: 48, incorrect: 4, unsure: 330 }
const PUBLISHED_SHAM = { correct: 30, incorrect: 22, unsure: 319 }

describe("Bang's blinding index", () => {
  it('EX-F3 active arm with 30 right, 15 wrong, 15 unsure: 0.25, SE 0.1070, 0.0402 to 0.4598', () => {
    const found = bangIndex({ correct: 30, incorrect: 15, unsure: 15 })
    expect(found?.estimate).toBe(0.25)
    expect(found?.se).toBeCloseTo(0.107, 4)
    expect(found?.lower).toBeCloseTo(0.0402, 4)
    expect(found?.upper).toBeCloseTo(0.4598, 4)
    expect(found).toMatchObject({ n: 60, blinded: false })
  })

  it('EX-F3 sham arm with 20 right, 25 wrong, 15 unsure: -0.0833, SE 0.1113', () => {
    const found = bangIndex({ correct: 20, incorrect: 25, unsure: 15 })
    expect(found?.estimate).toBeCloseTo(-0.0833, 4)
    expect(found?.se).toBeCloseTo(0.1113, 4)
    expect(found?.blinded).toBe(true)
  })

  it('gives the published 0.115 (0.080 to 0.150) and 0.022 (-0.016 to 0.060) of the example of the R package BI', () => {
    const active = bangIndex(PUBLISHED_ACTIVE) as Index
    expect([active.estimate, active.lower, active.upper].map((x) => x.toFixed(3))).toEqual(['0.115', '0.080', '0.150'])
    const sham = bangIndex(PUBLISHED_SHAM) as Index
    expect([sham.estimate, sham.lower, sham.upper].map((x) => x.toFixed(3))).toEqual(['0.022', '-0.016', '0.060'])
  })

  it('takes 0.2 itself as blinded, and has no answer without answers', () => {
    expect(bangIndex({ correct: 6, incorrect: 4, unsure: 0 })?.blinded).toBe(true)
    expect(bangIndex({ correct: 7, incorrect: 4, unsure: 0 })?.blinded).toBe(false)
    expect(bangIndex({ correct: 0, incorrect: 0, unsure: 0 })).toBeNull()
  })

  it('lies between -1 (all wrong) and 1 (all right), and turns its sign when right and wrong are swapped', () => {
    expect(bangIndex({ correct: 9, incorrect: 0, unsure: 0 })).toMatchObject({ estimate: 1, se: 0 })
    expect(bangIndex({ correct: 0, incorrect: 9, unsure: 0 })).toMatchObject({ estimate: -1, se: 0 })
    fc.assert(
      fc.property(
        guesses.filter((arm) => total(arm) > 0),
        (arm) => {
          const found = bangIndex(arm) as Index
          expect(Math.abs(found.estimate)).toBeLessThanOrEqual(1)
          expect(found.lower).toBeLessThanOrEqual(found.estimate)
          expect(found.upper).toBeGreaterThanOrEqual(found.estimate)
          const swapped = bangIndex({ ...arm, correct: arm.incorrect, incorrect: arm.correct }) as Index
          expect(swapped.estimate).toBeCloseTo(-found.estimate, 12)
          expect(swapped.se).toBeCloseTo(found.se, 12)
        },
      ),
    )
  })
})

describe("James's blinding index", () => {
  it('gives the published 0.896, SE 0.011, 0.875 to 0.918 of the example of the R package BI', () => {
    const found = jamesIndex(PUBLISHED_ACTIVE, PUBLISHED_SHAM) as Index
    const figures = [found.estimate, found.se, found.lower, found.upper]
    expect(figures.map((x) => x.toFixed(3))).toEqual(['0.896', '0.011', '0.875', '0.918'])
  })

  it('of the arms of EX-F3 is 0.25 + 1/3', () => {
    // unsure 30/120, wrong 40/120, guessing 90/120; guess active 55, sham 35 of 120; guessing in either arm 45 of 120:
    // d = (55 + 35) * 45 / 120^2 = 0.28125; 0.25 + (1/3) * 0.5625 / 0.5625. SE: numerical delta method, 0.04415
    const found = jamesIndex({ correct: 30, incorrect: 15, unsure: 15 }, { correct: 20, incorrect: 25, unsure: 15 })
    expect(found?.estimate).toBeCloseTo(0.25 + 1 / 3, 12)
    expect(found?.se).toBeCloseTo(0.0441504, 6)
  })

  it('is 1 if all are unsure, 0 if all are right, 1/2 if all guess at random', () => {
    const unsure = { correct: 0, incorrect: 0, unsure: 8 }
    expect(jamesIndex(unsure, unsure)).toMatchObject({ n: 16, estimate: 1, se: 0 })
    const right = { correct: 8, incorrect: 0, unsure: 0 }
    expect(jamesIndex(right, right)).toMatchObject({ estimate: 0 })
    const random = { correct: 8, incorrect: 8, unsure: 0 }
    expect(jamesIndex(random, random)?.estimate).toBeCloseTo(0.5, 12)
  })

  it('has no answer without answers, and where guesses cannot disagree with the arm', () => {
    const none = { correct: 0, incorrect: 0, unsure: 0 }
    expect(jamesIndex(none, none)).toBeNull()
    expect(jamesIndex({ correct: 5, incorrect: 0, unsure: 2 }, { correct: 0, incorrect: 0, unsure: 9 })).toBeNull()
  })

  it('lies between 0 and 1, and does not mind which arm is called active', () => {
    fc.assert(
      fc.property(guesses, guesses, (active, sham) => {
        const found = jamesIndex(active, sham)
        const swapped = jamesIndex(sham, active)
        if (found === null) {
          expect(swapped).toBeNull()
          return
        }
        expect(found.estimate).toBeGreaterThanOrEqual(0)
        expect(found.estimate).toBeLessThanOrEqual(1 + 1e-12)
        expect(swapped?.estimate).toBeCloseTo(found.estimate, 10)
        expect(swapped?.se).toBeCloseTo(found.se, 10)
      }),
    )
  })
})
