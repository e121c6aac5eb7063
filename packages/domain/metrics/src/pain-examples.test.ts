import { describe, expect, it } from 'vitest'
import { deriveSubjects } from './derive.ts'
import { FACTS, type FormRow, type Patient, rowOf, type StudyOptions, settledOf, studyOf } from './records.fixture.ts'

const PAIN: StudyOptions = { headache: null, pain: {} }

/** Ratings of one study week; week 0 is the baseline week. null: no entry. */
function week(w: number, ratings: readonly (number | null)[]): FormRow[] {
  return ratings.flatMap((avg, i) => (avg === null ? [] : [{ day: w === 0 ? i - 7 : 7 * (w - 1) + 1 + i, avg }]))
}

function effect(forms: readonly FormRow[], code: string, visit: number, options = PAIN) {
  const { effects } = deriveSubjects(settledOf([{ id: 'P1', forms }]), studyOf(options), FACTS)
  return rowOf(effects, { PARAMCD: code, AVISITN: visit })
}

const sevens = week(0, [7, 7, 7, 7, 7, 7, 7])

describe('endpoint examples, pain', () => {
  it('EX-P1 7.0 to 4.5 is a fall of 35.7 %: moderate, both Farrar flags', () => {
    const forms = [...week(0, [7, 6, 8, 7, null, 7, 7]), ...week(4, [5, 4, 5, 4, null, null, null])]
    expect(effect(forms, 'PNAVGW', 0)).toMatchObject({ AVAL: 7, NOBS: 6 })
    const row = effect(forms, 'PNAVGW', 4)
    expect(row).toMatchObject({ AVAL: 4.5, CHG: -2.5, AVALCAT1: 'moderate', CRIT5FL: 'Y', CRIT6FL: 'Y', DTYPE: null })
    expect(row.PCHG).toBeCloseTo(-35.714, 3)
  })

  it('EX-P2 three ratings are too few for a week', () => {
    expect(effect([...sevens, ...week(1, [5, 5, 5])], 'PNAVGW', 1)).toMatchObject({
      AVAL: null,
      AREASON: 'INSUFFICIENT_DAYS',
      NOBS: 3,
    })
  })

  it('EX-P3 63 mm on the visual scale are 6.3, unrounded', () => {
    expect(effect([...sevens, ...week(1, [6.3, 6.3, 6.3, 6.3])], 'PNAVGW', 1)).toMatchObject({ AVAL: 6.3 })
  })

  it('EX-P4 7.0 to 4.9 is a 30 % response and a two-point response', () => {
    // 49 mm on the visual scale; 100 * (4.9 - 7) / 7 = -30 on paper
    const row = effect([...sevens, ...week(1, [4.9, 4.9, 4.9, 4.9, 4.9, 4.9, 4.9])], 'PNAVGW', 1)
    expect(row).toMatchObject({ CRIT1FL: 'Y', CRIT5FL: 'Y', CRIT6FL: 'Y', AVALCAT1: 'moderate' })
  })

  it('EX-P5 the first confirmed 30 % reduction is in week 4: TTRESP 28, EARLYRSP Y, SUSRSP N', () => {
    // baseline 100 mm on the visual scale (10.0), so that the weekly means are 100 % minus the reduction
    const reductions = [10, 35, 20, 33, 40, null, 45, 50]
    const weeks = reductions.flatMap((reduction, w) =>
      reduction === null
        ? []
        : week(
            w + 1,
            Array.from({ length: 7 }, () => (100 - reduction) / 10),
          ),
    )
    const patient: Patient = { id: 'P1', forms: [...week(0, [10, 10, 10, 10, 10, 10, 10]), ...weeks] }
    const { effects, events } = deriveSubjects(settledOf([patient]), studyOf(PAIN), FACTS)
    expect(rowOf(events, { PARAMCD: 'TTRESP' })).toMatchObject({ AVAL: 28, CNSR: 0, EVNTDESC: 'Response confirmed' })
    expect(rowOf(effects, { PARAMCD: 'EARLYRSP' })).toMatchObject({ AVALC: 'Y', AVAL: 1 })
    expect(rowOf(effects, { PARAMCD: 'SUSRSP' })).toMatchObject({ AVALC: 'N', AVAL: 0 })
  })
})
