import { describe, expect, it } from 'vitest'
import { heartRateVariability } from '../../autonomic/heart-rate-variability.ts'
import { parametersOf } from '../../catalogue/parameters.ts'
import { deriveSubjects } from '../../derive.ts'
import { explainSubject } from '../../explain/explain.ts'
import { FACTS, type RecordOfDay, rowOf, type StudyOptions, settledOf, studyOf } from '../../records.fixture.ts'

const WINDOWS = [{ visit: 1, label: 'Week 4', from: 22, to: 35 }]
const study = (stimulation: readonly ('off' | 'on')[] = ['off', 'on'], options: StudyOptions = {}) =>
  studyOf({
    headache: null,
    autonomic: { preset: 'standard', stimulation },
    visits: { windows: WINDOWS },
    ...options,
  })
const derive = (records: readonly RecordOfDay[], of = study()) =>
  deriveSubjects(settledOf([{ id: 'P1', records }]), of, FACTS).effects
const row = (effects: ReturnType<typeof derive>, PARAMCD: string, AVISITN: number) =>
  rowOf(effects, { PARAMCD, AVISITN })

/** Intervals that alternate by `by` ms: RMSSD is `by`. */
const beats = (n: number, by = 20): number[] => Array.from({ length: n }, (_, i) => 800 + (i % 2) * by)
const rest = (
  day: number,
  rr: readonly (number | null)[] = beats(400),
  more: Partial<RecordOfDay> = {},
): RecordOfDay => ({
  day,
  rr,
  posture: 'supine',
  device: 'H10',
  ...more,
})

describe('heart rate variability per visit', () => {
  it('EX-L3 NN 800, 810, 790, 860, 850 as a record has no value: less than 60 s', () => {
    const effects = derive([rest(1, [800, 810, 790, 860, 850])])
    for (const code of ['RMSSD', 'PNN50', 'SDNN', 'LNRMSSD']) {
      expect(row(effects, code, 0)).toMatchObject({ AVAL: null, AREASON: 'INSUFFICIENT_DAYS', ULTRAFL: null })
    }
  })

  it('EX-L4 RR 800, 810, 1400, 790, 800 over and over: 1400 removed, no difference across it', () => {
    const record = Array.from({ length: 500 }, (_, i) => [800, 810, 1400, 790, 800][i % 5] as number)
    // 20 % removed is not more than 20 %; per block 10 and 10, and 0 to the next block: sqrt(200 / 299 * 100)
    const effects = derive([rest(1, record)])
    expect(row(effects, 'RMSSD', 0).AVAL).toBeCloseTo(Math.sqrt((200 * 100) / 299), 10)
    expect(row(effects, 'RMSSD', 0)).toMatchObject({ CORRFL: 'Y', ADY: 1, ABLFL: 'Y' })
  })

  it('is that of the record, measure by measure', () => {
    const rr = Array.from({ length: 420 }, (_, i) => 800 + 60 * Math.sin(i / 2) + 30 * Math.sin(i / 9))
    const hrv = heartRateVariability(Float64Array.from(rr))
    const effects = derive([rest(1, rr)])
    expect(row(effects, 'SDNN', 0).AVAL).toBe(hrv.sdnn)
    expect(row(effects, 'LNRMSSD', 0).AVAL).toBe(Math.log(hrv.rmssd))
    expect(row(effects, 'PNN50', 0).AVAL).toBe(hrv.pnn50)
    expect(row(effects, 'HFPOW', 0).AVAL).toBe(hrv.hf)
    expect(row(effects, 'LFPOW', 0).AVAL).toBe(hrv.lf)
    expect(row(effects, 'HFNU', 0).AVAL).toBe(hrv.hf / (hrv.lf + hrv.hf))
    expect(row(effects, 'LFHF', 0).AVAL).toBe(hrv.lf / hrv.hf)
  })

  it('compares records that are alike alone', () => {
    const alike = derive([rest(1), rest(29, beats(600, 30))])
    expect(row(alike, 'RMSSD', 1)).toMatchObject({ AVAL: 30, BASE: 20, CHG: 10, AREASON: null })
    const others = [
      rest(29, beats(400, 30), { posture: 'sitting' }),
      rest(29, beats(400, 30), { posture: undefined }),
      rest(29, beats(400, 30), { device: 'Firstbeat' }),
      rest(29, beats(200, 30)),
    ]
    for (const other of others) {
      expect(row(derive([rest(1), other]), 'RMSSD', 1)).toMatchObject({
        AVAL: 30,
        BASE: null,
        CHG: null,
        AREASON: 'NOT_EVALUABLE',
      })
    }
    expect(row(derive([rest(1, beats(200)), rest(29, beats(200, 30))]), 'RMSSD', 1)).toMatchObject({
      CHG: 10,
      ULTRAFL: 'Y',
    })
  })

  it('keeps records during stimulation apart, whatever else they share', () => {
    const effects = derive([rest(1), rest(1, beats(400, 50), { stimulating: true }), rest(29, beats(400, 30))])
    expect(row(effects, 'RMSSD', 0).AVAL).toBe(20)
    expect(row(effects, 'RMSSD', 1).CHG).toBe(10)
    expect(row(effects, 'RMSSDS', 0).AVAL).toBe(50)
    expect(row(effects, 'RMSSDS', 1)).toMatchObject({ AVAL: null, AREASON: 'MISSING_ITEMS' })
    const codes = parametersOf(study(['off']), FACTS).map(({ code }) => code)
    expect(codes).toEqual(['HFNU', 'HFPOW', 'LFHF', 'LFPOW', 'LNRMSSD', 'PNN50', 'RMSSD', 'SDNN'])
  })

  it('takes the first record of the session that the visit chooses', () => {
    const records = [
      rest(24, beats(400, 10), { name: 'a' }),
      rest(24, beats(400, 20), { name: 'b' }),
      rest(30, beats(400, 30), { name: 'a' }),
      rest(30, beats(400, 40), { name: 'b' }),
    ]
    expect(row(derive(records), 'RMSSD', 1)).toMatchObject({ AVAL: 30, ADY: 30 })
    const first = study(['off'], { visits: { windows: WINDOWS, choose: 'first' } })
    expect(row(derive(records, first), 'RMSSD', 1)).toMatchObject({ AVAL: 10, ADY: 24 })
  })

  it('removes an interval that is not there like an artefact', () => {
    const whole = beats(400)
    const holed = whole.map((rr, i) => (i % 50 === 10 ? null : rr))
    const wild = whole.map((rr, i) => (i % 50 === 10 ? 2400 : rr))
    for (const code of ['RMSSD', 'SDNN', 'PNN50']) {
      expect(row(derive([rest(1, holed)]), code, 0).AVAL).toBe(row(derive([rest(1, wild)]), code, 0).AVAL)
    }
    const most = whole.map((rr, i) => (i % 40 === 0 ? rr : null))
    expect(row(derive([rest(1, most)]), 'RMSSD', 0)).toMatchObject({ AVAL: null, AREASON: 'NOT_EVALUABLE' })
  })

  it('is explained by the first and last row of the record and by its artefacts, not by every row', () => {
    const rr = beats(400)
    rr[100] = 1400
    const settled = settledOf([{ id: 'P1', records: [rest(1), rest(29, rr, { posture: 'sitting' })] }])
    const [told] = explainSubject(settled, study(['off']), FACTS, 'P1', 'RMSSD', 1)
    expect(told?.records.map(({ row: at, counted, note }) => [at, counted, note])).toEqual([
      [400, true, 'first of 400 intervals, sitting, H10, 1 of 400 removed, 323.2 s clean'],
      [799, true, 'last interval of the record'],
      [500, false, 'artefact'],
      [0, false, 'baseline record, not compared: posture supine, at the visit sitting'],
    ])
    expect(told?.formula).toContain('no change: NOT_EVALUABLE')
  })
})
