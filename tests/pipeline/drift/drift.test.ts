import { catalogueOf, type Definition, definitionsOf, sapSentence, usualStudy } from '@afferent/metrics'
import { AREASONS } from '@afferent/records'
import { ADEFF } from '@afferent/results'
import { analysesOf, COHORT_DEFINITIONS, isDefinedBy } from '@afferent/statistics'
import { conventionsInForce, type Study } from '@afferent/study'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Answer, answerOf, givenText, studyOf } from '../../testkit/analyze.ts'
import type { SampleStudy } from './sample-study.ts'
import { SAMPLES } from './samples.ts'

/** One executable definition per endpoint: what comes out is what the catalogue says, and the other way round. */

interface Ran {
  readonly sample: SampleStudy
  readonly study: Study
  readonly answer: Answer
  readonly manifest: {
    readonly facts: Parameters<typeof definitionsOf>[1]
    readonly conventions: readonly { readonly id: string }[]
  }
  readonly definitions: readonly Definition[]
}

/** Daily pain: a date is no scheduled window (R-NOPOST), so that only rated dates have a row and no row needs a reason. */
const ROWS_OF_VALUES: ReadonlySet<string> = new Set(['PNAVG', 'PNWST', 'PNLST', 'PNNOW'])

const catalogue = catalogueOf(usualStudy())
const ran: Ran[] = []

beforeAll(async () => {
  for (const sample of SAMPLES) {
    const study = studyOf(sample.yaml)
    const answer = await answerOf(
      study,
      Object.entries(sample.files).map(([name, text]) => givenText(name, text)),
    )
    const manifest = JSON.parse(new TextDecoder().decode(answer.files.get('manifest.json')))
    ran.push({ sample, study, answer, manifest, definitions: definitionsOf(study.analytic, manifest.facts) })
  }
})

const codesIn = (answer: Answer, table: string): string[] =>
  [...new Set(answer.rows(table).map(({ PARAMCD }) => PARAMCD as string))].sort()
const fileOf = (answer: Answer, name: string): string => new TextDecoder().decode(answer.files.get(name))

it('a sample is run once', () => {
  const names = SAMPLES.map(({ name }) => name)
  expect(names).toEqual([...new Set(names)])
})

describe('codes', () => {
  it('that come out are those of the catalogue, and every one of the catalogue comes out', () => {
    const seen = ran.flatMap(({ sample, answer }) =>
      ['adeff', 'adtte'].flatMap((table) => codesIn(answer, table)).filter((code) => !sample.values?.includes(code)),
    )
    expect([...new Set(seen)].sort()).toEqual(catalogue.map(({ code }) => code))
  })

  it('of a study stand in the table its definitions name, and nowhere else', () => {
    for (const { sample, answer, definitions } of ran) {
      for (const table of ['adeff', 'adtte']) {
        const defined = definitions.filter((one) => one.table === table).map(({ code }) => code)
        expect(codesIn(answer, table), `${sample.name}, ${table}`).toEqual(defined.sort())
      }
    }
  })

  it('have at most 8 letters and digits, a letter first, and are no code of an analysis', () => {
    const analyses = COHORT_DEFINITIONS.map(({ code }) => code)
    for (const code of [...catalogue.map((one) => one.code), ...analyses]) expect(code).toMatch(/^[A-Z][A-Z0-9]{0,7}$/)
    expect(catalogue.filter(({ code }) => analyses.includes(code))).toEqual([])
  })
})

describe('a definition', () => {
  const TEXTS = [
    'label',
    'category',
    'unit',
    'definition',
    'formula',
    'window',
    'minimum',
    'missing',
    'mark',
    'source',
    'method',
  ] as const

  it('has every text, on one line, without a full stop', () => {
    for (const one of [...catalogue, ...ran.flatMap(({ definitions }) => definitions)]) {
      for (const key of TEXTS) {
        expect(one[key], `${one.code} ${key}`).toMatch(/\S/)
        expect(one[key], `${one.code} ${key}`).not.toMatch(/[\n\t]|\.$|undefined|NaN|\[object/)
      }
      expect(sapSentence(one, usualStudy()), one.code).toMatch(/^[^\n]+\.$/)
      expect(sapSentence(one, usualStudy()), one.code).not.toContain('reason ()')
    }
  })

  it('fits ADaM: PARAM, METHOD and source of at most 200 bytes, names of flags of 8 and their labels of 40', () => {
    for (const one of [...catalogue, ...ran.flatMap(({ definitions }) => definitions)]) {
      for (const key of ['label', 'source', 'method'] as const) {
        expect(Buffer.byteLength(one[key]), `${one.code} ${key}`).toBeLessThanOrEqual(200)
      }
      for (const { name, label } of one.flags ?? []) {
        expect(name).toMatch(/^[A-Z][A-Z0-9]{0,7}$/)
        expect(label.length, name).toBeLessThanOrEqual(40)
      }
    }
  })

  it('names reasons of R-NOPOST in their order, and conventions that say the same wherever they stand', () => {
    const says = new Map<string, string>()
    for (const { code, reasons, missing, conventions } of catalogue) {
      expect(reasons.length === 0, code).toBe(ROWS_OF_VALUES.has(code))
      expect(missing.endsWith('has no row'), code).toBe(ROWS_OF_VALUES.has(code))
      expect(
        AREASONS.filter((reason) => reasons.includes(reason)),
        code,
      ).toEqual(reasons)
      for (const convention of conventions) {
        expect(says.get(convention.id) ?? convention.says, `${code} ${convention.id}`).toBe(convention.says)
        says.set(convention.id, convention.says)
      }
    }
  })

  it('that is a project convention names one', () => {
    for (const { code, mark, conventions } of catalogue) {
      if (mark.includes('[P]')) expect(conventions.length, code).toBeGreaterThan(0)
    }
  })
})

describe('rows', () => {
  it('without a value give a reason that their definition names', () => {
    const strangers: string[] = []
    const seen = new Set<string>()
    for (const { sample, answer, definitions } of ran) {
      const reasons = new Map(definitions.map((one) => [one.code, one.reasons as readonly string[]]))
      for (const { PARAMCD, AREASON } of [...answer.rows('adeff'), ...answer.rows('adtte')]) {
        if (AREASON === '' || AREASON === undefined) continue
        seen.add(AREASON)
        const known = reasons.get(PARAMCD as string)?.includes(AREASON)
        if (known !== true) strangers.push(`${sample.name}: ${PARAMCD} ${AREASON}`)
      }
    }
    expect([...new Set(strangers)]).toEqual([])
    expect([...seen].sort()).toEqual([...AREASONS].sort())
  })

  it('have a value, or the reason why there is none', () => {
    const neither = ran.flatMap(({ sample, answer }) =>
      [...answer.rows('adeff'), ...answer.rows('adtte')]
        .filter(({ AVAL, AVALC = '', AREASON }) => AVAL === '' && AVALC === '' && AREASON === '')
        .map(({ PARAMCD }) => `${sample.name}: ${PARAMCD}`),
    )
    expect([...new Set(neither)]).toEqual([])
  })

  it('of daily pain stand for rated dates alone, each with its value', () => {
    const rows = ran
      .flatMap(({ answer }) => answer.rows('adeff'))
      .filter(({ PARAMCD }) => ROWS_OF_VALUES.has(PARAMCD as string))
    expect(new Set(rows.map(({ PARAMCD }) => PARAMCD))).toEqual(ROWS_OF_VALUES)
    expect(rows.filter(({ AVAL, AREASON }) => AVAL === '' || AREASON !== '')).toEqual([])
    // P3 of the sample rates every date of the baseline, then every fourth of 8 weeks.
    const ofP3 = rows.filter(({ PARAMCD, USUBJID }) => PARAMCD === 'PNAVG' && USUBJID?.endsWith('P3'))
    expect(ofP3).toHaveLength(28 + 56 / 4)
  })

  it('have the columns of every study, then the flags of their definitions', () => {
    for (const { sample, answer, definitions } of ran) {
      const flags = [...new Set(definitions.flatMap((one) => one.flags ?? []).map(({ name }) => name))].sort()
      const columns = fileOf(answer, 'adeff.csv').split(/\r?\n/)[0]
      expect(columns?.split(','), sample.name).toEqual([...ADEFF.map(({ name }) => name), ...flags])
    }
  })
})

describe('rows of the cohort', () => {
  it('are named by a definition, and every definition has rows', () => {
    const strangers = new Set<string>()
    const met = new Set<string>()
    for (const { answer } of ran) {
      for (const { ANALYSIS = '', STAT = '', REASON = '' } of answer.rows('cohort')) {
        const definition = COHORT_DEFINITIONS.find((one) => isDefinedBy(one, ANALYSIS, STAT))
        if (definition === undefined) strangers.add(`${ANALYSIS} ${STAT}`)
        else if (REASON !== '' && !definition.reasons.some((known) => known === REASON || known === 'in words'))
          strangers.add(`${definition.code} ${REASON}`)
        else met.add(definition.code)
      }
    }
    expect([...strangers]).toEqual([])
    expect([...met].sort()).toEqual(COHORT_DEFINITIONS.map(({ code }) => code).sort())
  })
})

describe('a run', () => {
  it('lists the project conventions in force with their values in manifest.json and methods.md', () => {
    for (const { sample, study, answer, manifest, definitions } of ran) {
      const expected = conventionsInForce(study.analytic, [...definitions, ...analysesOf(study.analytic)])
      expect(manifest.conventions, sample.name).toEqual(expected)
      expect(expected.length).toBeGreaterThan(0)
      const methods = fileOf(answer, 'methods.md')
      for (const { id, says } of expected) {
        expect(methods, sample.name).toContain(`| \`${id}\``)
        expect(methods, sample.name).toContain(says)
      }
      for (const one of definitions) expect(methods).toContain(`### ${one.code}: ${one.label}\n\n${one.code}, `)
    }
  })

  it('leaves out conventions that decide nothing in the study: no dates, no R-REL; strict80 only where it is asked for', () => {
    const ids = (name: string): string[] =>
      ran.flatMap(({ sample, manifest }) => (sample.name === name ? manifest.conventions.map(({ id }) => id) : []))
    expect(ids('daily pain')).toContain('R-REL')
    expect(ids('headache with forms and episodes')).not.toContain('R-REL')
    expect(ids('headache as yes or no, observed cases')).toContain('period.missing')
    expect(ids('headache with forms and episodes')).not.toContain('period.missing')
    expect(ids('episodes without any form')).toContain('R-LOG')
  })

  it('explains every parameter and statistic in its dictionary', () => {
    for (const { sample, answer, definitions } of ran) {
      const variables = answer.rows('dictionary').map(({ VARIABLE }) => VARIABLE)
      for (const { code } of definitions) expect(variables, sample.name).toContain(`AVAL.${code}`)
      expect(variables).toContain('ESTIMATE.RESPONSE.YES')
    }
  })
})
