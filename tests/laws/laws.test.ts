import { openCompute } from '@afferent/compute'
import { digest } from '@afferent/runtime'
import { afterAll, describe, expect, it } from 'vitest'
import { type Answer, answerOf, type Row } from '../testkit/analyze.ts'
import { SAMPLES } from './samples.ts'
import {
  given,
  mapRows,
  renamed,
  renamedBack,
  scrambled,
  shifted,
  type TextFile,
  textTrial,
  turned,
} from './trial-files.ts'

/** Laws of whole runs, for every scenario of the simulator with late, double, contradicting and missing entries. */
const one = openCompute({ threads: 1 })
const two = openCompute({ threads: 2 })
afterAll(async () => {
  await one.close()
  await two.close()
})

/** `findings` and the manifest name lines and files. */
const isResult = (name: string): boolean => !/^(findings\.|manifest)/.test(name)

const digests = ({ files }: Answer): [string, string][] =>
  [...files].filter(([name]) => isResult(name)).map(([name, bytes]) => [name, digest(bytes)])

/** Result tables of the subjects, and of the cohort, as text. */
const SUBJECT_TABLES = ['adsl', 'adeff', 'adtte', 'adae'] as const
const textOf = ({ files }: Answer, table: string): string => Buffer.from(files.get(`${table}.csv`) ?? []).toString()
const texts = (answer: Answer, tables: readonly string[]): [string, string][] =>
  tables.map((table) => [table, textOf(answer, table)])

/** Rows of one subject after the other, by name; the rows of one stay in their order. */
function bySubject(text: string): string[] {
  const [header, ...rows] = text.trimEnd().split('\n') as [string, ...string[]]
  const name = (row: string): string => row.match(/\bS\d{6}\b/)?.[0] ?? ''
  return [header, ...rows.toSorted((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0))]
}

/** Sums over subjects in another order may differ in the last digits. */
function expectNear(found: readonly Row[], expected: readonly Row[]): void {
  expect(found.length).toBe(expected.length)
  for (const [i, row] of expected.entries()) {
    for (const [column, cell] of Object.entries(row)) {
      const other = (found[i] as Row)[column] as string
      if (other === cell) continue
      const [a, b] = [Number(other), Number(cell)]
      expect(Math.abs(a - b), `${column} of ${JSON.stringify(row)}: ${other}`).toBeLessThanOrEqual(1e-9 * Math.abs(b))
    }
  }
}

describe.each(SAMPLES)('$name', ({ options }) => {
  const { files, studyYaml } = textTrial(options)
  const run = (changed: readonly TextFile[], study = studyYaml): Promise<Answer> => answerOf(study, given(changed), one)
  let first: Promise<Answer> | undefined
  const answer = (): Promise<Answer> => {
    first ??= run(files)
    return first
  }

  it('gives the same bytes for rows in another order, in two files each, with two threads', async () => {
    const expected = digests(await answer())
    expect(expected.length).toBeGreaterThan(8)
    expect(digests(await answerOf(studyYaml, given(scrambled(files, 1)), two))).toEqual(expected)
  })

  it('changes dates alone when all dates move by whole weeks, and names alone when subjects get others', async () => {
    const later = await run(
      mapRows(files, (row) => shifted(renamed(row), 5)),
      shifted(studyYaml, 5),
    )
    const back = texts(later, [...SUBJECT_TABLES, 'cohort']).map(([table, text]) => [
      table,
      shifted(renamedBack(text), -5),
    ])
    expect(back).toEqual(texts(await answer(), [...SUBJECT_TABLES, 'cohort']))
  })

  it('gives every subject the same rows when their names turn the order round', async () => {
    const other = await run(mapRows(files, turned))
    const expected = await answer()
    for (const table of SUBJECT_TABLES) {
      expect(bySubject(turned(textOf(other, table)))).toEqual(bySubject(textOf(expected, table)))
    }
    expectNear(other.rows('cohort'), expected.rows('cohort'))
  })

  it('gives every subject the same rows when another is added', async () => {
    const more = await run(textTrial({ ...options, subjects: options.subjects + 1 }).files)
    const added = `S${String(options.subjects + 1).padStart(6, '0')}`
    for (const [table, text] of texts(await answer(), SUBJECT_TABLES)) {
      const rest = textOf(more, table)
        .split('\n')
        .filter((row) => !row.includes(added))
      expect(rest.join('\n')).toBe(text)
    }
  })

  it('never has more responders where missing is no response (NRI) than among those observed (OC)', async () => {
    const observed = await run(files, studyYaml.replace('\nsources:', '\nresponders: { missing: OC }\nsources:'))
    const rates = responderRates((await answer()).rows('adeff'))
    for (const [key, oc] of responderRates(observed.rows('adeff'))) {
      const nri = rates.get(key)
      expect(nri?.yes, key).toBe(oc.yes)
      expect(nri?.all, key).toBeGreaterThanOrEqual(oc.all)
    }
  })

  it('says yes to what a yes implies: pain-free until 48 h, until 24 h, at 2 h, relieved at 2 h', async () => {
    const answers = new Map<string, string | undefined>()
    for (const row of (await answer()).rows('adeff')) {
      answers.set(`${row.USUBJID} ${row.AVISITN} ${row.PARAMCD}`, row.AVALC)
    }
    for (const [key, said] of answers) {
      const [subject, visit, code] = key.split(' ') as [string, string, string]
      for (const [stronger, weaker] of IMPLIED) {
        const isBroken = code === stronger && said === 'Y' && answers.get(`${subject} ${visit} ${weaker}`) === 'N'
        expect(isBroken, `${key}, but not ${weaker}`).toBe(false)
      }
    }
  })

  it('counts migraine days among headache days, and neither beyond 28', async () => {
    const days = new Map<string, Record<string, number>>()
    for (const { PARAMCD, USUBJID, AVISITN, AVAL } of (await answer()).rows('adeff')) {
      if (AVAL === '' || (PARAMCD !== 'MMD' && PARAMCD !== 'MHD')) continue
      const key = `${USUBJID} ${AVISITN}`
      days.set(key, { ...days.get(key), [PARAMCD]: Number(AVAL) })
    }
    for (const [key, { MMD = 0, MHD = 28 }] of days) {
      expect(MMD, key).toBeLessThanOrEqual(MHD)
      expect(MHD, key).toBeLessThanOrEqual(28)
    }
  })
})

/** A yes to the first is a yes to the second, at the same attack or visit. */
const IMPLIED = [
  ['SPF48', 'SPF24'],
  ['SPF24', 'PF2H'],
  ['PF2H', 'PR2H'],
  ['PF2H', 'IMP1P'],
  ['CHSUS60', 'CHPR15'],
] as const

/** Yes and all answers per parameter, visit, criterion and arm. */
function responderRates(rows: readonly Row[]): Map<string, { yes: number; all: number }> {
  const rates = new Map<string, { yes: number; all: number }>()
  for (const row of rows) {
    for (const [column, answer] of Object.entries(row)) {
      if (!/^CRIT\dFL$/.test(column) || answer === '') continue
      const key = [row.PARAMCD, row.AVISITN, column, row.TRTP].join(' ')
      const { yes, all } = rates.get(key) ?? { yes: 0, all: 0 }
      rates.set(key, { yes: yes + (answer === 'Y' ? 1 : 0), all: all + 1 })
    }
  }
  return rates
}
