import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveSubjects } from './derive.ts'
import {
  type Cell,
  daysOf,
  FACTS,
  type FormRow,
  FULL_EPISODES,
  FULL_FORM,
  type Patient,
  rowsOf,
  type StudyOptions,
  settledOf,
  studyOf,
} from './records.fixture.ts'

const RUNS = { numRuns: 60 }
const FEATURE_SETS = [[], ['unilateral', 'pulsating', 'nausea'], ['photophobia', 'phonophobia', 'aggravated']] as const

const form = fc.record({
  headache: fc.boolean(),
  migraine: fc.boolean(),
  severity: fc.integer({ min: 0, max: 3 }),
  hours: fc.integer({ min: 0, max: 24 }),
  features: fc.constantFrom(...FEATURE_SETS),
  medication: fc.constantFrom<readonly ('triptan' | 'nsaid' | 'opioid')[]>([], ['triptan'], ['nsaid', 'opioid']),
  effective: fc.boolean(),
  auraMinutes: fc.constantFrom(0, 20, 90),
  avg: fc.integer({ min: 0, max: 10 }),
})

/** A diary from ADY -28 to 84 in which about one day in six has no entry. */
const diary = fc
  .array(fc.option(form, { freq: 6 }), { minLength: 112, maxLength: 112 })
  .map((cells): FormRow[] => daysOf(-28, 84, (day) => cells[day < 0 ? day + 28 : day + 27] ?? null))
const preset = fc.constantFrom('any' as const, 'ihs-4h' as const, 'leiden-30m' as const, 'cm-mod4h' as const)
const missing = fc.constantFrom('prorate14' as const, 'half' as const, 'd20' as const, 'complete' as const)
const study = fc.record({ preset, missing }).map(
  (given): StudyOptions => ({
    headache: { preset: given.preset, attackRule: 'freeDay' },
    pain: {},
    periods: { missing: given.missing },
    sources: [FULL_FORM],
  }),
)

type Row = Record<string, Cell>
const derive = (patients: Patient[], options: StudyOptions, facts = FACTS): Row[] => {
  const { effects, events } = deriveSubjects(settledOf(patients), studyOf(options), facts)
  return [...rowsOf(effects), ...rowsOf(events)]
}
const valuesOf = (rows: Row[], code: string): Map<Cell | undefined, Row> =>
  new Map(rows.filter((row) => row.PARAMCD === code).map((row) => [row.AVISITN, row]))

describe('laws of response metrics', () => {
  it('MMD <= MHD <= 28, NMHD = MHD - MMD, and headache days and headache-free days never exceed the observed ones', () => {
    fc.assert(
      fc.property(diary, study, (forms, options) => {
        const rows = derive([{ id: 'P1', forms }], options)
        for (const [visit, { AVAL, NEVT, NOBS }] of valuesOf(rows, 'MHD')) {
          const mmd = valuesOf(rows, 'MMD').get(visit)
          const free = valuesOf(rows, 'HFD').get(visit)?.NEVT as number
          expect(mmd?.NEVT).toBeLessThanOrEqual(NEVT as number)
          expect((NEVT as number) + free).toBeLessThanOrEqual(NOBS as number)
          expect(valuesOf(rows, 'NMHD').get(visit)?.NEVT).toBe((NEVT as number) - (mmd?.NEVT as number))
          if (AVAL !== null) expect(AVAL).toBeLessThanOrEqual(28)
        }
      }),
      RUNS,
    )
  })

  it('a responder at a higher cut is one at every lower cut', () => {
    fc.assert(
      fc.property(diary, study, (forms, options) => {
        for (const row of derive([{ id: 'P1', forms }], options)) {
          const flags = [row.CRIT1FL, row.CRIT2FL, row.CRIT3FL, row.CRIT4FL]
          for (let k = 1; k < 4; k++) if (flags[k] === 'Y') expect(flags[k - 1]).toBe('Y')
        }
      }),
      RUNS,
    )
  })

  it('the order of several forms of one date does not matter', () => {
    fc.assert(
      fc.property(diary, diary, study, (forms, others, options) => {
        const there = derive([{ id: 'P1', forms: [...forms, ...others] }], options)
        expect(derive([{ id: 'P1', forms: [...others, ...forms] }], options)).toEqual(there)
      }),
      { numRuns: 30 },
    )
  })

  it('dates moved by whole weeks change nothing but dates', () => {
    fc.assert(
      fc.property(diary, study, fc.integer({ min: -500, max: 500 }), (forms, options, weeks) => {
        const moved = derive([{ id: 'P1', forms, dayZero: 7 * weeks }], options)
        expect(moved).toEqual(derive([{ id: 'P1', forms }], options))
      }),
      RUNS,
    )
  })

  it('another subject changes no row of the first', () => {
    fc.assert(
      fc.property(diary, diary, study, (forms, others, options) => {
        const alone = derive([{ id: 'P1', forms }], options)
        const both = derive(
          [
            { id: 'P1', forms },
            { id: 'P2', forms: others },
          ],
          options,
        )
        expect(both.filter((row) => row.SUBJECT === 0)).toEqual(alone)
      }),
      RUNS,
    )
  })

  it('more headache on a treatment day never improves a response', () => {
    fc.assert(
      fc.property(diary, study, fc.integer({ min: 1, max: 84 }), (forms, options, worse) => {
        const worsened = forms.map((row) =>
          row.day === worse
            ? { ...row, headache: true, migraine: true, severity: 3, hours: 24, features: FEATURE_SETS[1], avg: 10 }
            : row,
        )
        const before = derive([{ id: 'P1', forms }], options)
        const after = derive([{ id: 'P1', forms: worsened }], options)
        before.forEach((row, k) => {
          if (row.PARAMCD === 'WORSE' && row.AVALC === 'Y') expect(after[k]?.AVALC).toBe('Y')
          if (
            !['MHD', 'MMD', 'MSHD', 'SEVHD', 'HHRS', 'PNAVGW', 'PNAVGM', 'PND4', 'FLAREDY'].includes(
              row.PARAMCD as string,
            )
          )
            return
          if (row.AVAL !== null) expect(after[k]?.AVAL).toBeGreaterThanOrEqual(row.AVAL as number)
          // A flare is a run of days: one that goes on into treatment makes days before it flare days, so its baseline may rise.
          if (row.PARAMCD !== 'FLAREDY') expect(after[k]?.BASE).toBe(row.BASE)
          if (row.CRIT2FL === 'N' && after[k]?.BASE === row.BASE) expect(after[k]?.CRIT2FL).toBe('N')
        })
      }),
      RUNS,
    )
  })

  it('a missing value never makes a responder under NRI, so the NRI rate is at most the observed-case rate', () => {
    fc.assert(
      fc.property(diary, study, (forms, options) => {
        const nri = derive([{ id: 'P1', forms }], options)
        const oc = derive([{ id: 'P1', forms }], { ...options, responders: { missing: 'OC' } })
        nri.forEach((row, k) => {
          for (const flag of ['CRIT1FL', 'CRIT2FL', 'CRIT5FL']) {
            expect([row[flag], 'N']).toContain(oc[k]?.[flag] ?? 'N')
            if (oc[k]?.[flag] !== null) expect(row[flag]).toBe(oc[k]?.[flag])
          }
        })
      }),
      RUNS,
    )
  })

  it('episodes of whole days give the same day counts as forms that say the same', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { maxLength: 12 }), (headaches) => {
        const forms = daysOf(1, 28, (day) => ({
          headache: headaches.includes(day),
          ...(headaches.includes(day) ? { hours: 6 } : {}),
        }))
        const episodes = headaches.map((day) => {
          const date = String(day).padStart(2, '0')
          return { start: `1970-01-${date}T08:00`, end: `1970-01-${date}T14:00` }
        })
        const options: StudyOptions = { sources: [FULL_FORM, FULL_EPISODES] }
        const byForm = derive([{ id: 'P1', forms }], options)
        const byEpisode = derive([{ id: 'P1', forms: daysOf(1, 28, () => ({ headache: false })), episodes }], options)
        for (const code of ['MHD', 'HFD', 'HHRS', 'CCD', 'DIARYOBS']) {
          expect(valuesOf(byEpisode, code).get(1)?.AVAL, code).toBe(valuesOf(byForm, code).get(1)?.AVAL)
        }
      }),
      RUNS,
    )
  })
})
