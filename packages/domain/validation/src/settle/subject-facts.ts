import type { Column, SubjectFacts, TextColumn } from '@afferent/records'
import { allocate, compareBytes, FindingsBuilder, firstNotBelow, isPresent, markPresent } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { printFact } from '../convert/facts.ts'
import { unionInByteOrder } from '../join/dictionaries.ts'
import { lineOf } from '../join/part.ts'
import { allocateCodes } from '../join/scatter.ts'
import { checkArms } from '../rules/check-arms.ts'
import { armWords, checkArmWords } from '../rules/check-guesses.ts'
import { columnOf, type FileSlice } from './file-slice.ts'

/** One thing reported about a subject by one file. */
interface Report {
  readonly slice: FileSlice
  readonly row: number
  readonly value: number | string
}

/**
 * What all files together say about each subject: one value per fact.
 *
 * Files that disagree are a finding (`subject-conflict`) for each value not used. Used is the first of the values, texts
 * in byte order, numbers and dates ascending, whatever the order of files; with `uploads: laterWins` that of the latest
 * upload. Day 0 is the first treatment, else the randomisation (R-ADY); 0 for all in a study with relative days.
 */
export function settleSubjectFacts(
  slices: readonly FileSlice[],
  subjects: readonly string[],
  study: AnalyticStudy,
  findings: FindingsBuilder,
): SubjectFacts {
  const settleFact = (field: string) =>
    settleValues(collect(slices, field, subjects.length), field, study, subjects, findings)
  const text = (field: string) => toTextColumn(settleFact(field), subjects.length)
  const number = (field: string) => toF64Column(settleFact(field), subjects.length)
  const day = (field: string) => toDayColumn(settleFact(field), subjects.length)
  const covariates: Record<string, SubjectFacts['covariates'][string]> = {}
  for (const { name, type } of study.covariates) covariates[name] = type === 'number' ? number(name) : text(name)
  const treatmentStart = settleFact('treatmentStart')
  const dayZero = dayZeroOf(study, subjects, treatmentStart, settleFact('randomised'))
  const armWord = (field: 'treated' | 'guess') => {
    const checked = checkArmWords(field, slices, subjects, study, settleFact(field), findings)
    const words = study.arms.length === 0 ? undefined : unionInByteOrder([armWords(field, study)])
    return toTextColumn(checked, subjects.length, words)
  }
  return {
    site: text('site'),
    arm: armColumn(slices, subjects, study, settleFact('arm'), findings),
    condition: text('condition'),
    sex: text('sex'),
    age: number('age'),
    bmi: number('bmi'),
    painDuration: number('painDuration'),
    dayZero: toDayColumn(dayZero, subjects.length),
    treatmentStart: toDayColumn(treatmentStart, subjects.length),
    lastDay: day('lastDay'),
    enrolled: day('enrolled'),
    surgery: day('surgery'),
    treatmentEnd: day('treatmentEnd'),
    preventiveChanged: day('preventiveChanged'),
    rescueBeyond: day('rescueBeyond'),
    deviceFailed: day('deviceFailed'),
    pregnancy: day('pregnancy'),
    death: day('death'),
    treated: armWord('treated'),
    clusterType: text('clusterType'),
    guess: armWord('guess'),
    covariates,
  }
}

/** Of the same facts those that say which days count. */
export function settleSubjectDays(
  slices: readonly FileSlice[],
  subjects: readonly string[],
  study: AnalyticStudy,
): Pick<SubjectFacts, 'dayZero' | 'lastDay' | 'enrolled'> {
  const unsaid = new FindingsBuilder()
  const settleFact = (field: string) =>
    settleValues(collect(slices, field, subjects.length), field, study, subjects, unsaid)
  const dayZero = dayZeroOf(study, subjects, settleFact('treatmentStart'), settleFact('randomised'))
  return {
    dayZero: toDayColumn(dayZero, subjects.length),
    lastDay: toDayColumn(settleFact('lastDay'), subjects.length),
    enrolled: toDayColumn(settleFact('enrolled'), subjects.length),
  }
}

const dayZeroOf = (
  study: AnalyticStudy,
  subjects: readonly string[],
  treatmentStart: Values,
  randomised: Values,
): Values => subjects.map((_, s) => (study.calendar === 'relative' ? 0 : (treatmentStart[s] ?? randomised[s])))

export type Values = readonly (number | string | undefined)[]

/** The arm of each subject, over the arms the study file names, or over those reported where it names none. */
function armColumn(
  slices: readonly FileSlice[],
  subjects: readonly string[],
  study: AnalyticStudy,
  reported: Values,
  findings: FindingsBuilder,
): TextColumn {
  if (study.arms.length === 0) return toTextColumn(reported, subjects.length)
  const words = unionInByteOrder([study.arms.map((arm) => arm.code)])
  return toTextColumn(checkArms(slices, subjects, study, reported, findings), subjects.length, words)
}

/** What is reported of one fact: by subject of the slice, the first value, and all reports where there are several. */
interface Reports {
  readonly first: (number | string | undefined)[]
  readonly several: ReadonlyMap<number, readonly Report[]>
}

function collect(slices: readonly FileSlice[], field: string, subjects: number): Reports {
  const first = new Array<number | string | undefined>(subjects).fill(undefined)
  const several = new Map<number, Report[]>()
  for (const slice of slices) {
    const table = slice.dataset.tables.subjects
    const column = factColumn(slice, field)
    if (table === undefined || column === undefined) continue
    const end = firstNotBelow(table.subject, slice.to)
    for (let row = firstNotBelow(table.subject, slice.from); row < end; row++) {
      const subject = slice.recode[table.subject[row]]
      if (subject < 0 || !isPresent(column.valid, row)) continue
      if (first[subject] === undefined) first[subject] = valueIn(column, row)
      else several.set(subject, [])
    }
  }
  if (several.size > 0) for (const slice of slices) addReports(several, slice, field)
  return { first, several }
}

/** Every report of one file about the subjects asked for. */
function addReports(into: ReadonlyMap<number, Report[]>, slice: FileSlice, field: string): void {
  const table = slice.dataset.tables.subjects
  const column = factColumn(slice, field)
  if (table === undefined || column === undefined) return
  const end = firstNotBelow(table.subject, slice.to)
  for (let row = firstNotBelow(table.subject, slice.from); row < end; row++) {
    const subject = slice.recode[table.subject[row]]
    if (isPresent(column.valid, row)) into.get(subject)?.push({ slice, row, value: valueIn(column, row) })
  }
}

const valueIn = (column: Column, row: number): number | string =>
  column.kind === 'text' ? column.dictionary[column.values[row]] : column.values[row]

function factColumn({ dataset }: FileSlice, field: string): Column | undefined {
  const columns: Readonly<Record<string, Column | undefined>> = dataset.tables.subjects?.columns ?? {}
  return columns[field] ?? dataset.covariates[field]
}

function settleValues(
  reports: Reports,
  field: string,
  study: AnalyticStudy,
  subjects: readonly string[],
  findings: FindingsBuilder,
): (number | string | undefined)[] {
  const { first: values, several } = reports
  for (const [subject, all] of several) {
    const used = choose(all, study.uploads === 'laterWins')
    values[subject] = used
    for (const report of all) {
      if (report.value !== used) findings.add(toConflict(report, used, field, study, subjects[subject]))
    }
  }
  return values
}

function choose(reports: readonly Report[], laterWins: boolean): number | string {
  let best = reports[0]
  for (const report of reports) {
    const later = laterWins ? report.slice.number - best.slice.number : 0
    if (later > 0 || (later === 0 && compareValues(report.value, best.value) < 0)) best = report
  }
  return best.value
}

const compareValues = (a: number | string, b: number | string): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : compareBytes(String(a), String(b))

function toConflict(report: Report, used: number | string, field: string, study: AnalyticStudy, subject: string) {
  const { source } = report.slice
  const print = (value: number | string) => printFact(value, field, study, source?.dayZero ?? 'none')
  const table = report.slice.dataset.tables.subjects
  return {
    rule: 'subject-conflict',
    file: report.slice.file,
    line: table === undefined ? 0 : lineOf(table, report.row),
    column: columnOf(report.slice.source, field) || covariateColumn(report.slice, field),
    value: print(report.value),
    subject,
    detail: `${print(used)} was used`,
  } as const
}

const covariateColumn = ({ source }: FileSlice, name: string): string =>
  source?.fields.find((mapping) => mapping.field === 'covariate' && mapping.name === name)?.column ?? name

function presence(values: Values): Uint8Array | null {
  if (values.every((value) => value !== undefined)) return null
  const valid = allocate.mask(values.length)
  values.forEach((value, row) => {
    if (value !== undefined) markPresent(valid, row)
  })
  return valid
}

function toF64Column(values: Values, rows: number): { kind: 'f64'; values: Float64Array; valid: Uint8Array | null } {
  const out = allocate.f64(rows)
  values.forEach((value, row) => {
    if (value !== undefined) out[row] = Number(value)
  })
  return { kind: 'f64', values: out, valid: presence(values) }
}

function toDayColumn(values: Values, rows: number): { kind: 'i32'; values: Int32Array; valid: Uint8Array | null } {
  const out = allocate.i32(rows)
  values.forEach((value, row) => {
    if (value !== undefined) out[row] = Number(value)
  })
  return { kind: 'i32', values: out, valid: presence(values) }
}

/** Text column over the words given, else over those that occur. */
export function toTextColumn(values: Values, rows: number, words?: readonly string[]): TextColumn {
  const present = values.filter((value) => value !== undefined) as string[]
  const dictionary = words ?? unionInByteOrder([present])
  const codes = new Map(dictionary.map((word, code) => [word, code]))
  const out = allocateCodes(dictionary.length, rows)
  values.forEach((value, row) => {
    if (value !== undefined) out[row] = codes.get(value as string) ?? 0
  })
  return { kind: 'text', values: out, valid: presence(values), dictionary }
}
