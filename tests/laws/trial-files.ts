import { type SimulationOptions, simulate } from '@afferent/simulation'
import fc from 'fast-check'
import { type GivenFile, givenText } from '../testkit/analyze.ts'

/** A CSV file as text, row by row. */
export interface TextFile {
  readonly name: string
  readonly header: string
  readonly rows: readonly string[]
}

export interface TextTrial {
  readonly files: readonly TextFile[]
  readonly studyYaml: string
}

/** After the last day of every simulated trial: declared, so that no subject moves the end of the data of another. */
const DATA_CUT = '2027-06-30'
/** Months alone cannot move by weeks. */
const PARTIAL_DATE = /,\d{4}(-\d{2})?,/

/** A simulated trial with a declared data cut, and without rows that hold part of a date. */
export function textTrial(options: SimulationOptions): TextTrial {
  const { files, studyYaml } = simulate(options)
  return {
    files: files.map(({ name, parts }) => {
      const [header, ...rows] = Buffer.concat([...parts()])
        .toString()
        .trimEnd()
        .split('\n') as [string, ...string[]]
      return { name, header, rows: rows.filter((row) => !PARTIAL_DATE.test(row)) }
    }),
    studyYaml: studyYaml.replace('\nsources:', `\ndataCut: ${DATA_CUT}\nsources:`),
  }
}

export const given = (files: readonly TextFile[]): GivenFile[] =>
  files.map(({ name, header, rows }) => givenText(name, `${[header, ...rows].join('\n')}\n`))

/** Every file in two, its rows shuffled. */
export function scrambled(files: readonly TextFile[], seed: number): TextFile[] {
  return files.flatMap(({ name, header, rows }) => {
    const whole = fc.shuffledSubarray([...rows], { minLength: rows.length })
    const shuffled = fc.sample(whole, { numRuns: 1, seed })[0] as string[]
    const cut = Math.ceil(rows.length / 3)
    return [
      { name, header, rows: shuffled.slice(0, cut) },
      { name: name.replace('.csv', '-more.csv'), header, rows: shuffled.slice(cut) },
    ]
  })
}

export const mapRows = (files: readonly TextFile[], change: (row: string) => string): TextFile[] =>
  files.map((file) => ({ ...file, rows: file.rows.map(change) }))

const SUBJECT = /\bS(\d{6})\b/g

/** S000001 to T000001: the order of the subjects stays. */
export const renamed = (text: string): string => text.replace(SUBJECT, 'T$1')
export const renamedBack = (text: string): string => text.replace(/\bT(\d{6})\b/g, 'S$1')

/** S000001 to S999999: the order of the subjects is turned round. Twice is nothing. */
export const turned = (text: string): string =>
  text.replace(SUBJECT, (_, digits: string) => `S${String(1_000_000 - Number(digits)).padStart(6, '0')}`)

const DATE = /\b(20\d{2}-\d{2}-\d{2})/g
const DAY_MS = 86_400_000

/** All dates of a text, also those of instants, so many weeks later. */
export const shifted = (text: string, weeks: number): string =>
  text.replace(DATE, (date) => new Date(Date.parse(date) + weeks * 7 * DAY_MS).toISOString().slice(0, 10))
