import { describe, expect, it } from 'vitest'
import { deriveSubjects } from '../../derive.ts'
import { FACTS, rowOf, settledOf, studyOf } from '../../records.fixture.ts'

const CODES = { pain: 'PAIN', function: 'FUNC', sleep: 'SLEEP', fatigue: 'FATIG', depression: 'DEPR' } as const
type Name = keyof typeof CODES

const visits = [0, 1].map((visit) => ({ visit, label: `Visit ${visit}`, days: null }))
const value = (code: string) =>
  ({
    code,
    label: code,
    unit: 'points',
    direction: code === 'FUNC' ? 'higher-is-better' : 'lower-is-better',
    visits,
    perDays: null,
    range: [null, null],
    pooled: false,
  }) as const

/** Components at the baseline and at the end; null: missing. */
function derive(
  given: Readonly<Partial<Record<Name, readonly [number | null, number | null]>>>,
  missing: 'NRI' | 'OC' = 'NRI',
) {
  const study = studyOf({
    headache: null,
    sources: [],
    values: Object.values(CODES).map(value),
    responders: { missing },
    fibromyalgia: { ...CODES, anxiety: null, cognition: null, tenderness: null, global: null },
  })
  const values = Object.entries(given).flatMap(([name, pair]) =>
    pair.flatMap((v, visit) => (v === null ? [] : [{ parameter: CODES[name as Name], visit, value: v }])),
  )
  const { effects } = deriveSubjects(settledOf([{ id: 'P1', values }]), study, { ...FACTS, periods: 1 })
  return (code: string) => rowOf(effects, { PARAMCD: code, AVISITN: 1 })
}

const EXAMPLE = { pain: [8, 5.6], function: [40, 44], sleep: [6, 4.2], fatigue: [8, 7] } as const

describe('the fibromyalgia response', () => {
  it('EX-P6 pain 30 %, function 10 %, sleep 30 %, fatigue 12.5 %: FM30S yes, FM30L no', () => {
    const row = derive(EXAMPLE)
    expect(row('FM30S')).toMatchObject({ AVALC: 'Y', AVAL: 1, CMPMISS: null })
    expect(row('FM30L')).toMatchObject({ AVALC: 'N', AVAL: 0 })
    expect(derive({ ...EXAMPLE, fatigue: [8, 5.6] })('FM30L')).toMatchObject({ AVALC: 'Y' })
  })

  it('fails with function 9.9 % better, or pain 29.9 %', () => {
    expect(derive({ ...EXAMPLE, function: [40, 43.96] })('FM30S')).toMatchObject({ AVALC: 'N' })
    expect(derive({ ...EXAMPLE, pain: [8, 5.61] })('FM30S')).toMatchObject({ AVALC: 'N' })
    // Function counts by its own direction: lower is no improvement.
    expect(derive({ ...EXAMPLE, function: [40, 30] })('FM30S')).toMatchObject({ AVALC: 'N' })
  })

  it('counts a component with a baseline of 0 or without a value as not met, and lists it', () => {
    expect(derive({ ...EXAMPLE, sleep: [0, 0], fatigue: [8, null] })('FM30S')).toMatchObject({
      AVALC: 'N',
      CMPMISS: 'FATIGUE SLEEP',
      AREASON: null,
    })
    expect(derive({ ...EXAMPLE, fatigue: [null, 3] })('FM30S')).toMatchObject({ AVALC: 'Y', CMPMISS: 'FATIGUE' })
    const all = derive({ pain: [8, null], function: [40, null], sleep: [6, null], fatigue: [8, null] }, 'OC')
    expect(all('FM30S')).toMatchObject({ AVALC: 'N', CMPMISS: 'PAIN FUNCTION FATIGUE SLEEP' })
  })

  it('lists for the short definition only what it asks for: depression belongs to the long one', () => {
    const row = derive({ ...EXAMPLE, depression: [10, null] })
    expect(row('FM30S')).toMatchObject({ AVALC: 'Y', CMPMISS: null })
    expect(row('FM30L')).toMatchObject({ AVALC: 'N', CMPMISS: 'DEPRESSION' })
  })

  it('has no answer for a subject without the baseline of any component', () => {
    const none = derive({ pain: [null, 4], function: [null, 44], sleep: [null, 4], fatigue: [null, 4] })
    expect(none('FM30S')).toMatchObject({ AVALC: null, AREASON: 'NO_BASELINE', CMPMISS: null })
  })
})
