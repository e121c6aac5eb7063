import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { deriveSubjects, parametersOf, visitsOf } from '@afferent/metrics'
import {
  allocate,
  type Column,
  type ColumnOf,
  type ColumnTable,
  compareBytes,
  isPresent,
  markPresent,
  NO_FINDINGS,
  NO_RECORDS,
  type Settled,
  type ShardResult,
  type StudyFacts,
  type TextColumn,
  unknownFacts,
} from '@afferent/records'
import { summarizeCohort } from '@afferent/statistics'
import { type AnalyticStudy, parseStudy, printIssue } from '@afferent/study'
import { parse } from 'csv-parse/sync'

/**
 * Published data fed to the metrics by hand, without the readers and rules of Afferent: what goes wrong here is a metric.
 */
export type Cells = Readonly<Record<string, string>>

/** A CSV file read by csv-parse; line ends of any kind, `NA` as written. */
export function readTable(path: string): Cells[] {
  return parse(readFileSync(path, 'utf8').replace(/\r\n?/g, '\n'), { columns: true, bom: true }) as Cells[]
}

/** A study file of tests/reference. */
export function readStudy(file: string): AnalyticStudy {
  const parsed = parseStudy(readFileSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), 'utf8'), file)
  if (parsed.kind === 'refused') throw new Error(parsed.findings.map(printIssue).join('\n'))
  return parsed.study.analytic
}

export interface FormDay {
  readonly subject: string
  /** Distance from the first treatment day. */
  readonly day: number
  readonly headache: boolean
}

export interface ExportedValue {
  readonly subject: string
  readonly phase?: string
  readonly treatment?: string
  readonly parameter: string
  readonly visit: number
  readonly value: number | null
}

/** Settled records of subjects with their arms. Forms and values may come in any order, each day and key once. */
export function settle(
  arms: ReadonlyMap<string, string | undefined>,
  records: { forms?: readonly FormDay[]; values?: readonly ExportedValue[] },
): Settled {
  const subjects = [...arms.keys()].sort(compareBytes)
  const codes = new Map(subjects.map((subject, code) => [subject, code]))
  const inOrder = <T extends { subject: string }>(rows: readonly T[], then: (a: T, b: T) => number): T[] =>
    [...rows].sort((a, b) => compareBytes(a.subject, b.subject) || then(a, b))
  const forms = inOrder(records.forms ?? [], (a, b) => a.day - b.day)
  const values = inOrder(records.values ?? [], (a, b) => a.visit - b.visit)
  const frame = (rows: readonly { subject: string }[]) => ({
    rows: rows.length,
    subject: Int32Array.from(rows, (row) => codes.get(row.subject) as number),
    lines: null,
    firstLine: 2,
  })
  return {
    subjects,
    facts: {
      ...unknownFacts(subjects.length),
      arm: text(subjects.map((subject) => arms.get(subject))),
      dayZero: number(
        'i32',
        subjects.map(() => 0),
      ),
    },
    ...NO_RECORDS,
    marks: null,
    diary:
      forms.length === 0
        ? null
        : {
            ...frame(forms),
            columns: {
              day: number(
                'i32',
                forms.map((row) => row.day),
              ),
              headache: number(
                'u8',
                forms.map((row) => (row.headache ? 1 : 0)),
              ),
            },
          },
    episodes: null,
    intakes: null,
    values:
      values.length === 0
        ? null
        : {
            ...frame(values),
            columns: {
              phase: text(values.map((row) => row.phase)),
              treatment: text(values.map((row) => row.treatment)),
              parameter: text(values.map((row) => row.parameter)),
              visit: number(
                'i16',
                values.map((row) => row.visit),
              ),
              value: number(
                'f64',
                values.map((row) => row.value),
              ),
            },
          },
    findings: NO_FINDINGS,
    quarantined: 0,
    excluded: {},
  }
}

function number<K extends 'u8' | 'i16' | 'i32' | 'f64'>(kind: K, cells: readonly (number | null)[]): ColumnOf<K> {
  const values = allocate[kind](cells.length)
  const valid = allocate.mask(cells.length)
  cells.forEach((cell, row) => {
    if (cell === null) return
    values[row] = cell
    markPresent(valid, row)
  })
  return { kind, values, valid } as unknown as ColumnOf<K>
}

function text(cells: readonly (string | undefined)[]): TextColumn {
  const dictionary = [...new Set(cells.filter((cell) => cell !== undefined))].sort(compareBytes)
  const codes = number(
    'i32',
    cells.map((cell) => (cell === undefined ? null : dictionary.indexOf(cell))),
  )
  return { kind: 'text', values: codes.values, valid: codes.valid, dictionary }
}

export type Row = Readonly<Record<string, number | string | null>>

export interface Answer {
  readonly effects: readonly Row[]
  readonly cohort: readonly Row[]
}

/** Metrics and descriptive statistics of settled records; subjects are split into shards of `shardSize`. */
export function answer(settled: Settled, study: AnalyticStudy, facts: StudyFacts): Answer {
  const { effects, events } = deriveSubjects(settled, study, facts)
  const shard: ShardResult = {
    subjects: settled.subjects,
    facts: settled.facts,
    effects,
    events,
    findings: NO_FINDINGS,
    quarantined: 0,
    excluded: {},
  }
  const cohort = summarizeCohort({
    study,
    parameters: parametersOf(study, facts),
    visits: visitsOf(study, facts),
    shards: [shard],
  })
  const named = toRows(effects).map((row) => ({ ...row, USUBJID: settled.subjects[row.SUBJECT as number] as string }))
  return { effects: named, cohort: toRows(cohort) }
}

function toRows(table: ColumnTable): Row[] {
  const columns = Object.entries(table.columns)
  return Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(columns.map(([name, column]) => [name, cellOf(column, row)])),
  )
}

function cellOf(column: Column, row: number): number | string | null {
  if (!isPresent(column.valid, row)) return null
  const value = column.values[row] as number
  return column.kind === 'text' ? (column.dictionary[value] as string) : value
}

/** The one row that holds these values. */
export function only(rows: readonly Row[], keys: Row): Row {
  const found = rows.filter((row) => Object.entries(keys).every(([name, value]) => row[name] === value))
  if (found.length !== 1) throw new Error(`${found.length} rows hold ${JSON.stringify(keys)}`)
  return found[0] as Row
}

/** Cases of an oracle, by id. */
export function readCases(root: string, set: string): ReadonlyMap<string, { expect: never; tol_rel: number }> {
  const { cases } = JSON.parse(readFileSync(`${root}/oracles/${set}/expected_shared.json`, 'utf8')) as {
    cases: { id: string; expect: never; tol_rel: number }[]
  }
  return new Map(cases.map((found) => [found.id, found]))
}
