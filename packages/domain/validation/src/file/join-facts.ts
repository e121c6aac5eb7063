import type { Column, Covariates, FindingsBuilder, RecordTable, RowCounts, TextColumn } from '@afferent/records'
import { allocate, compareBytes, isPresent, markPresent, withoutFullMask } from '@afferent/records'
import type { AnalyticStudy, Source } from '@afferent/study'
import { DAY_FACTS, type FactColumn, factAt, isFact, printFact } from '../convert/facts.ts'
import { unionInByteOrder } from '../join/dictionaries.ts'
import { allocateCodes } from '../join/scatter.ts'
import type { RecordsExtra } from '../read/range-records.ts'
import type { Slot } from '../read/read-plan.ts'
import type { JoinedSubjects, ReadParts } from './join-subjects.ts'

interface Report {
  readonly value: number | string
  readonly line: number
}

export interface JoinedFacts {
  readonly table: RecordTable<'subjects'>
  readonly covariates: Covariates
  /** Value of each fact by subject, in the order of the slots. */
  readonly values: readonly (number | string | undefined)[][]
}

/**
 * Facts about subjects, one row per subject that a usable row names. Rows of a file that disagree are a finding
 * (`subject-conflict`) per value not used; used is the first, texts in byte order, numbers and dates ascending.
 */
export function joinFacts(
  slots: readonly Slot[],
  parts: ReadParts,
  subjects: JoinedSubjects,
  { study, source: { dayZero }, file }: RecordsExtra,
  findings: FindingsBuilder,
): JoinedFacts {
  const facts = slots.filter(isFact)
  const values = facts.map((slot, f) => {
    const { used, several } = reportsOf(parts, f, subjects)
    for (const [s, reports] of [...several].sort(([a], [b]) => a - b)) {
      used[s] = settle(reports, slot, subjects.list[s], study, dayZero, file, findings)
    }
    return used
  })
  const rows = subjects.list.map((_, s) => s).filter((s) => subjects.seenAt[s] > 0)
  const columns: Record<string, Column> = {}
  const covariates: Record<string, Covariates[string]> = {}
  facts.forEach((slot, f) => {
    const own = rows.map((s) => values[f][s])
    const covariate = study.covariates.find(({ name }) => name === slot.name)
    if (slot.field !== 'covariate') columns[slot.field] = toColumn(own, kindOf(slot.field))
    else if (covariate !== undefined) {
      covariates[covariate.name] = toColumn(own, covariate.type === 'number' ? 'f64' : 'text') as Covariates[string]
    }
  })
  const subject = allocate.i32(rows.length)
  subject.set(rows)
  const lines = allocate.i32(rows.length)
  lines.set(rows.map((s) => subjects.seenAt[s]))
  const table = {
    rows: rows.length,
    subject,
    columns: columns as RecordTable<'subjects'>['columns'],
    lines,
    firstLine: 0,
  }
  return { table, covariates, values }
}

/** What a file says of one fact, by subject: the first value, and all different ones where there are several. */
interface FactOfSubjects {
  readonly used: (number | string | undefined)[]
  readonly several: ReadonlyMap<number, readonly Report[]>
}

function reportsOf(parts: ReadParts, fact: number, { list, recodes }: JoinedSubjects): FactOfSubjects {
  const used = new Array<number | string | undefined>(list.length).fill(undefined)
  const lines = new Int32Array(list.length)
  const several = new Map<number, Report[]>()
  parts.forEach(({ part, linesBefore }, p) => {
    const reports = part.facts[fact]
    for (let i = 0; i < reports.subject.length; i++) {
      const s = recodes[p][reports.subject[i]]
      const value = factAt(reports, i)
      const line = linesBefore + reports.line[i]
      const first = used[s]
      if (first === undefined) {
        used[s] = value
        lines[s] = line
      } else if (first !== value) {
        const known = several.get(s) ?? [{ value: first, line: lines[s] }]
        if (known.length === 1) several.set(s, known)
        if (known.every((report) => report.value !== value)) known.push({ value, line })
      }
    }
  })
  return { used, several }
}

function settle(
  reports: readonly Report[],
  slot: Slot,
  subject: string,
  study: Pick<AnalyticStudy, 'calendar'>,
  dayZero: Source['dayZero'],
  file: string,
  findings: FindingsBuilder,
): number | string {
  const used = reports.reduce((first, report) => (compareValues(report.value, first.value) < 0 ? report : first))
  const print = ({ value }: Report) => printFact(value, slot.field, study, dayZero)
  for (const report of reports) {
    if (report === used) continue
    const place = { file, line: report.line, column: slot.column, subject }
    findings.add({ rule: 'subject-conflict', ...place, value: print(report), detail: `${print(used)} was used` })
  }
  return used.value
}

const compareValues = (a: number | string, b: number | string): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : compareBytes(String(a), String(b))

const TEXT_FACTS: ReadonlySet<string> = new Set(['site', 'arm', 'condition', 'sex', 'treated', 'clusterType', 'guess'])

function kindOf(field: string): 'text' | 'i32' | 'f64' {
  if (TEXT_FACTS.has(field)) return 'text'
  return DAY_FACTS.has(field) ? 'i32' : 'f64'
}

function toColumn(values: readonly (number | string | undefined)[], kind: 'text' | 'i32' | 'f64'): Column {
  const rows = values.length
  const mask = allocate.mask(rows)
  values.forEach((value, row) => {
    if (value !== undefined) markPresent(mask, row)
  })
  const valid = withoutFullMask(mask, rows)
  if (kind === 'text') return toText(values, valid)
  const out = kind === 'i32' ? allocate.i32(rows) : allocate.f64(rows)
  values.forEach((value, row) => {
    out[row] = Number(value ?? 0)
  })
  return { kind, values: out, valid } as Column
}

function toText(values: readonly (number | string | undefined)[], valid: Uint8Array | null): TextColumn {
  const dictionary = unionInByteOrder([values.filter((value) => value !== undefined).map(String)])
  const codes = new Map(dictionary.map((word, code) => [word, code]))
  const out = allocateCodes(dictionary.length, values.length)
  values.forEach((value, row) => {
    if (value !== undefined) out[row] = codes.get(String(value)) as number
  })
  return { kind: 'text', values: out, valid, dictionary }
}

/**
 * Rows of a file that lists subjects: one per subject is used, further ones are left out, as `duplicate-copy` where they
 * say nothing else than what is used, else as `subject-conflict`.
 */
export function countListedRows(
  parts: ReadParts,
  subjects: JoinedSubjects,
  facts: Pick<JoinedFacts, 'values'>,
): Pick<RowCounts, 'used' | 'excluded'> {
  const rows = new Int32Array(subjects.list.length)
  const differing = new Int32Array(subjects.list.length)
  parts.forEach(({ part }, p) => {
    for (let row = 0; row < part.rows; row++) {
      if (part.bad !== null && isPresent(part.bad, row)) continue
      const s = subjects.recodes[p][part.subject[row]]
      rows[s]++
      if (part.factRows.some((fact, f) => differs(fact, row, facts.values[f][s]))) differing[s]++
    }
  })
  let used = 0
  let conflicts = 0
  let copies = 0
  for (let s = 0; s < rows.length; s++) {
    if (rows[s] === 0) continue
    const further = rows[s] - 1
    used++
    conflicts += Math.min(further, differing[s])
    copies += further - Math.min(further, differing[s])
  }
  const excluded = {
    ...(conflicts > 0 ? { 'subject-conflict': conflicts } : {}),
    ...(copies > 0 ? { 'duplicate-copy': copies } : {}),
  }
  return { used, excluded }
}

function differs({ column }: FactColumn, row: number, used: number | string | undefined): boolean {
  if (!isPresent(column.valid, row)) return false
  const value = column.values[row]
  return (column.kind === 'text' ? column.dictionary[value] : value) !== used
}
