import { type SimulationOptions, type SubjectTruth, simulate, type Truth } from '@afferent/simulation'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { type Answer, answerOf, givenText, type Row } from '../testkit/analyze.ts'

/**
 * Every family of endpoints on a simulated trial: each of its parameters occurs, no row is an error, and what is true comes
 * out again. Tolerances are four standard errors, which a fixed seed either passes for good or not.
 */
const CLEAN = { late: 0, duplicates: 0, conflicts: 0, missing: 0, dropout: 0, seed: 21 } as const

interface Analyzed {
  readonly answer: Answer
  readonly truth: Truth
  /** Rows of each file, by the columns of its header. */
  readonly rows: readonly Row[][]
}

async function analyzed(options: SimulationOptions): Promise<Analyzed> {
  const { files, studyYaml, truth } = simulate(options)
  const texts = files.map(({ name, parts }) => ({ name, text: Buffer.concat([...parts()]).toString() }))
  const answer = await answerOf(
    studyYaml,
    texts.map(({ name, text }) => givenText(name, text)),
  )
  return { answer, truth, rows: texts.map(({ text }) => parse(text, { columns: true })) }
}

const idOf = (row: Row): string => (row.USUBJID as string).slice(-7)
const armName = (arm: string): string => (arm === 'sham' ? 'Sham' : arm)
const known = (row: Row): boolean => row.AVAL !== '' || row.AVALC !== ''
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
function sd(values: readonly number[]): number {
  const centre = mean(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1))
}

/** Late entries are counted in a test of their own: a late copy is late, not a copy. */
const SAMPLES: readonly { name: string; options: SimulationOptions; codes: readonly string[] }[] = [
  {
    name: 'migraine-acute',
    options: { scenario: 'migraine-acute', seed: 1, late: 0, subjects: 40 },
    codes: ['PF30', 'PF60', 'PF2H', 'PR2H', 'MBSF2H', 'SPF24', 'SPF48', 'RELAP48', 'RESC24', 'IMP1P', 'PF50ATT'],
  },
  {
    name: 'cluster-acute',
    options: { scenario: 'cluster-acute', seed: 1, late: 0, subjects: 30 },
    codes: ['CHPR15', 'CHPF15', 'CHSUS60'],
  },
  {
    name: 'cluster-prevention',
    options: { scenario: 'cluster-prevention', seed: 1, late: 0, subjects: 12 },
    codes: ['CHATT', 'CHO2', 'CHTRP'],
  },
  {
    name: 'chronic-migraine',
    options: { scenario: 'chronic-migraine', seed: 1, late: 0, subjects: 12 },
    codes: ['MHD', 'MMD', 'MSHD', 'TRPD', 'NSAD', 'AMD', 'CMPAT', 'CMSTAT', 'MOSTAT', 'MOHCRIT'],
  },
  {
    name: 'fibromyalgia with questionnaires',
    options: { scenario: 'fibromyalgia', seed: 1, late: 0, subjects: 12, parts: ['questionnaires'] },
    codes: ['FIQR', 'FIQRF', 'PHQ9', 'PHQ9I9', 'GAD7', 'PGIC', 'ISI', 'PSQI', 'DUALRSP', 'FM30S', 'FM30L'],
  },
  {
    name: 'migraine-prevention with questionnaires',
    options: { scenario: 'migraine-prevention', seed: 1, late: 0, subjects: 12, parts: ['questionnaires'] },
    codes: ['HIT6', 'PHQ9', 'GAD7', 'PGIC', 'ISI', 'DUALRSP'],
  },
  {
    name: 'vns-implant',
    options: { scenario: 'vns-implant', seed: 1, late: 0, subjects: 12 },
    codes: ['STIMADH', 'STIMMIN', 'STIMCHG'],
  },
  {
    name: 'neuropathic-pain with laboratory and heart rate',
    options: { scenario: 'neuropathic-pain', seed: 1, late: 0, subjects: 8, parts: ['laboratory', 'heart-rate'] },
    codes: [
      'CRP',
      'CRPLR',
      'IL6',
      'IL6LR',
      'NE',
      'NELR',
      'SDNN',
      'RMSSD',
      'LNRMSSD',
      'PNN50',
      'HFPOW',
      'LFPOW',
      'HFNU',
      'RMSSDS',
    ],
  },
]

describe.each(SAMPLES)('$name', ({ options, codes }) => {
  it('goes through without an error, gives every parameter, and its copies are found', async () => {
    const { answer, rows } = await analyzed(options)
    const errors = answer.rows('findings').filter(({ SEVERITY }) => SEVERITY === 'error')
    expect(errors.map(({ MESSAGE }) => MESSAGE)).toEqual([])
    const given = new Set(answer.rows('adeff').flatMap((row) => (known(row) ? [row.PARAMCD] : [])))
    expect(codes.filter((code) => !given.has(code))).toEqual([])

    const counts = countsOf(answer)
    expect(counts.read).toBe(rows.flat().length)
    expect(counts.quarantined).toBe(0)
    const { 'duplicate-copy': copies = 0, 'duplicate-conflict': conflicts = 0 } = counts.excluded
    expect(copies + conflicts).toBe(rows.reduce((sum, file) => sum + file.length - new Set(file.map(keyOf)).size, 0))
  })
})

interface Counts {
  readonly read: number
  readonly quarantined: number
  readonly excluded: Readonly<Record<string, number>>
}

const countsOf = ({ files }: Answer): Counts =>
  JSON.parse(Buffer.from(files.get('manifest.json') ?? []).toString()).counts

/** Columns that make a record itself, whatever else it says. */
const KEY = [
  ...['subject', 'date', 'attack', 't0', 'what', 'after_min', 'start', 'taken', 'product'],
  ...['questionnaire', 'item', 'number', 'record_start', 'sequence'],
]
const keyOf = (row: Row): string => KEY.map((column) => row[column] ?? '').join(' ')

it.each(['migraine-acute', 'cluster-prevention'] as const)(
  '%s: what came in late is counted as late',
  async (scenario) => {
    const options = { ...CLEAN, scenario, seed: 2, subjects: 10, late: 0.1 }
    const { answer, rows } = await analyzed(options)
    // Attacks are submitted after two days, when they are over; what is late comes four days later.
    const late = rows.flat().filter(({ submitted, date, t0, start, taken }) => {
      const happened = date ?? t0 ?? start ?? taken
      return (
        submitted !== undefined &&
        Date.parse(submitted.slice(0, 10)) - Date.parse(happened.slice(0, 10)) > 4 * 86_400_000 - 1
      )
    })
    expect(late.length).toBeGreaterThan(3)
    expect(countsOf(answer).excluded['late-entry']).toBe(late.length)
  },
)

/** Shares of yes over attacks, per arm, and how far they may lie from the truth. */
function expectShares(rows: readonly Row[], truth: Truth, codes: readonly string[], likeness: number): void {
  for (const { arm, parameters } of truth.arms()) {
    for (const code of codes) {
      const answers = rows.filter((row) => row.PARAMCD === code && row.TRTP === armName(arm) && known(row))
      const share = mean(answers.map(({ AVALC }) => (AVALC === 'Y' ? 1 : 0)))
      const expected = parameters.find(({ parameter }) => parameter === code)?.value as number
      const perSubject = answers.length / new Set(answers.map(({ USUBJID }) => USUBJID)).size
      const variance = (expected * (1 - expected) * (1 + (perSubject - 1) * likeness)) / answers.length
      expect(answers.length, code).toBeGreaterThan(80)
      expect(Math.abs(share - expected), `${code} ${arm}: ${share}`).toBeLessThan(4 * Math.sqrt(variance))
    }
  }
}

describe('what is true of treated attacks', () => {
  it('is found again: shares of migraine attacks, and how much alike those of one subject are', async () => {
    const { answer, truth } = await analyzed({ ...CLEAN, scenario: 'migraine-acute', subjects: 240 })
    const rows = answer.rows('adeff')
    const codes = ['PF30', 'PF60', 'PF2H', 'PR2H', 'MBSF2H', 'SPF24', 'SPF48', 'RELAP48', 'RESC24', 'IMP1P']
    expectShares(rows, truth, codes, 0.25)

    // Correlation within subjects: mean product of deviations over pairs of attacks, in units of the variance.
    const products: number[] = []
    for (const arm of truth.arms()) {
      const share = truth.options.acuteResponse[arm.arm]
      const free = rows.filter((row) => row.PARAMCD === 'PF2H' && row.TRTP === armName(arm.arm) && known(row))
      const bySubject = Map.groupBy(free, idOf)
      for (const own of bySubject.values()) {
        const deviations = own.map(({ AVALC }) => (AVALC === 'Y' ? 1 : 0) - share)
        for (const [i, a] of deviations.entries()) {
          for (const b of deviations.slice(i + 1)) products.push((a * b) / (share * (1 - share)))
        }
      }
    }
    expect(Math.abs(mean(products) - 0.25)).toBeLessThan(0.12)
  })

  it('is found again in cluster headache, where the type decides', async () => {
    const { answer, truth } = await analyzed({ ...CLEAN, scenario: 'cluster-acute', subjects: 160 })
    expectShares(answer.rows('adeff'), truth, ['CHPR15', 'CHPF15', 'CHSUS60'], 0.3)
  })
})

/** Mean differences of found and true values of the same subject and visit; four standard errors of such a mean. */
function expectNoBias(rows: readonly Row[], truth: Truth, codes: readonly string[]): void {
  const subjects = new Map<string, SubjectTruth>([...truth.subjects()].map((subject) => [subject.subject, subject]))
  for (const code of codes) {
    const differences = rows
      .filter((row) => row.PARAMCD === code && row.AVAL !== '')
      .flatMap((row) => {
        const parameters = subjects.get(idOf(row))?.parameters ?? []
        const visit = Number(row.AVISITN)
        const own = parameters.find((truth) => truth.parameter === code && truth.visit === visit)
        return own === undefined ? [] : [Number(row.AVAL) - own.value]
      })
    expect(differences.length, code).toBeGreaterThan(40)
    const bound = (4 * sd(differences)) / Math.sqrt(differences.length)
    expect(Math.abs(mean(differences)), `${code}: ${mean(differences)}`).toBeLessThan(bound)
  }
}

describe('what is true of counts over weeks', () => {
  it('is found again: weekly attacks of cluster headache, uses of oxygen and triptans', async () => {
    const { answer, truth } = await analyzed({ ...CLEAN, scenario: 'cluster-prevention', subjects: 60 })
    expectNoBias(answer.rows('adeff'), truth, ['CHATT', 'CHO2', 'CHTRP'])
  })

  it('is found again: headache days of chronic migraine, and who overuses triptans', async () => {
    const { answer, truth } = await analyzed({ ...CLEAN, scenario: 'chronic-migraine', subjects: 60 })
    const rows = answer.rows('adeff')
    expectNoBias(rows, truth, ['MHD', 'MMD', 'TRPD', 'NSAD'])
    const overusers = new Map(
      [...truth.subjects()].map(({ subject, parameters }) => [
        subject,
        parameters.some(({ parameter, value }) => parameter === 'MOSTAT' && value === 1),
      ]),
    )
    const status = rows.filter((row) => row.PARAMCD === 'MOSTAT' && row.AVISITN === '0' && row.AVALC !== '')
    expect(status.length).toBeGreaterThan(40)
    // A month with few headaches by chance is no overuse.
    const agree = status.filter((row) => (row.AVALC === 'Y') === overusers.get(idOf(row)))
    expect(agree.length / status.length).toBeGreaterThan(0.94)
  })

  it('is found again: sessions, minutes and charge of stimulation', async () => {
    const { answer, truth } = await analyzed({
      ...CLEAN,
      scenario: 'vns-implant',
      subjects: 60,
      parts: ['stimulation'],
    })
    expectNoBias(answer.rows('adeff'), truth, ['STIMADH', 'STIMMIN', 'STIMCHG'])
  })
})

describe('what is true of questionnaires', () => {
  const SCORES = ['FIQR', 'FIQRF', 'PHQ9', 'GAD7', 'PGIC', 'ISI', 'PSQI', 'HIT6']

  it.each([
    ['fibromyalgia', 1],
    ['fibromyalgia', 2],
    ['migraine-prevention', 3],
    ['neuropathic-pain', 4],
  ] as const)('%s, seed %i: every score of every form is the very one that was drawn', async (scenario, seed) => {
    const options = {
      ...CLEAN,
      scenario,
      seed,
      subjects: 8,
      weeks: 8,
      compliance: 1,
      parts: ['questionnaires'],
    } as const
    const { answer, truth } = await analyzed(options)
    const found = new Map<string, number>()
    for (const row of answer.rows('adeff')) {
      if (SCORES.includes(row.PARAMCD as string) && row.AVAL !== '') {
        found.set(`${idOf(row)} ${row.PARAMCD} ${row.AVISITN}`, Number(row.AVAL))
      }
    }
    const expected = [...truth.subjects()].flatMap(({ subject, parameters }) =>
      parameters
        .filter(({ parameter }) => SCORES.includes(parameter))
        .map(({ parameter, visit, value }) => [`${subject} ${parameter} ${visit}`, value] as const),
    )
    expect(expected.length).toBeGreaterThan(100)
    for (const [key, value] of expected) expect(found.get(key), key).toBeCloseTo(value, 9)
    expect(found.size).toBe(expected.length)
  })
})

describe('what is true of safety', () => {
  it('is found again: event rates, subjects with an event, and the blinding index', async () => {
    const { answer, truth } = await analyzed({ ...CLEAN, scenario: 'vns-implant', subjects: 300, parts: ['safety'] })
    const cohort = answer.rows('cohort')
    for (const { arm, subjects, parameters } of truth.arms()) {
      const expected = (code: string): number => parameters.find(({ parameter }) => parameter === code)?.value as number
      const estimate = (code: string): Row => {
        const own = cohort.find(
          (row) => row.ANALYSIS === code && row.ARM === armName(arm) && row.SUBGRP === '' && row.STAT !== 'PYEARS',
        )
        if (own === undefined) throw new Error(`no ${code} of ${arm}`)
        return own
      }
      const years = (subjects * 84) / 365.25
      const found = (code: string): number => Number(estimate(code).ESTIMATE)
      expect(Math.abs(found('EAER') - expected('EAER'))).toBeLessThan(
        4 * 100 * Math.sqrt(expected('EAER') / 100 / years),
      )
      const incidence = expected('AEINC')
      expect(Math.abs(found('AEINC') - incidence)).toBeLessThan(4 * Math.sqrt((incidence * (1 - incidence)) / subjects))
      // Variance of a difference of two shares, at most (right + wrong) / n.
      expect(Math.abs(found('BANGBI') - expected('BANGBI'))).toBeLessThan(4 * Math.sqrt(0.7 / subjects))
    }
  })
})

describe('what is true of laboratory and heart rate', () => {
  const options = { ...CLEAN, scenario: 'neuropathic-pain', weeks: 4, compliance: 1 } as const

  it('is found again: ratios to the baseline, of analytes that are hardly ever below the limit', async () => {
    const { answer, truth } = await analyzed({ ...options, subjects: 80, parts: ['laboratory'] })
    expectNoBias(answer.rows('adeff'), truth, ['CRPLR', 'NELR'])
  })

  it('is found again: variability of beats that follow two sines', async () => {
    const { answer, truth } = await analyzed({ ...options, subjects: 12, parts: ['heart-rate'] })
    const within: Readonly<Record<string, number>> = { SDNN: 0.05, RMSSD: 0.05, LFPOW: 0.15, HFPOW: 0.15 }
    const boundOf = (parameter: string): number | undefined => within[parameter] ?? within[parameter.slice(0, -1)]
    const rows = answer.rows('adeff')
    for (const { subject, parameters } of truth.subjects()) {
      for (const { parameter, visit, value } of parameters) {
        const own = rows.find(
          (row) => idOf(row) === subject && row.PARAMCD === parameter && Number(row.AVISITN) === visit,
        )
        const bound = boundOf(parameter)
        if (bound === undefined) continue
        expect(Math.abs(Number(own?.AVAL) / value - 1), `${subject} ${parameter} ${visit}`).toBeLessThan(bound)
      }
    }
  })
})
