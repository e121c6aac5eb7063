import type { Column, Covariates, FindingsBuilder, RecordTable, RowCounts } from '@afferent/records'
import { allocate, isPresent, markPresent, withoutFullMask } from '@afferent/records'
import type { AnalyticStudy, Source } from '@afferent/study'
import { DAY_FACTS, type FactColumn, isFact, printFact } from '../convert/facts.ts'
import { type JoinedDictionary, joinDictionaries } from '../join/dictionaries.ts'
import { allocateCodes } from '../join/scatter.ts'
import type { RecordsExtra } from '../read/range-records.ts'
import type { Slot } from '../read/read-plan.ts'
import type { JoinedSubjects, ReadParts } from './join-subjects.ts'

/** What a file says of one fact, by subject. */
interface JoinedFact {
  /** Numbers, or codes of the words; NaN: nothing. */
  readonly used: Float64Array
  /** Words of the parts as one list, so that codes are in the order of bytes; null: numbers. */
  readonly words: JoinedDictionary | null
}

export interface JoinedFacts {
  readonly table: RecordTable<'subjects'>
  readonly covariates: Covariates
  /** In the order of the slots. */
  readonly facts: readonly JoinedFact[]
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
  const asked = slots.filter(isFact)
  const facts = asked.map((slot, f) => {
    const words = wordsOf(parts, f)
    const { used, several } = reportsOf(parts, f, subjects, words)
    for (const [s, reports] of [...several].sort(([a], [b]) => a - b)) {
      used[s] = settle(reports, words, slot, subjects.list[s], study, dayZero, file, findings)
    }
    return { used, words }
  })
  const subject = subjectsSeen(subjects)
  const columns: Record<string, Column> = {}
  const covariates: Record<string, Covariates[string]> = {}
  asked.forEach((slot, f) => {
    const column = () => toColumn(facts[f], subject, DAY_FACTS.has(slot.field) ? 'i32' : 'f64')
    if (slot.field !== 'covariate') columns[slot.field] = column()
    else if (slot.name !== null && study.covariates.some(({ name }) => name === slot.name)) {
      covariates[slot.name] = column() as Covariates[string]
    }
  })
  const table = {
    rows: subject.length,
    subject,
    columns: columns as RecordTable<'subjects'>['columns'],
    lines: pick(subjects.seenAt, subject, allocate.i32(subject.length)),
    firstLine: 0,
  }
  return { table, covariates, facts }
}

function wordsOf(parts: ReadParts, fact: number): JoinedDictionary | null {
  const dictionaries = parts.map(({ part }) => part.facts[fact].dictionary)
  return dictionaries.includes(null) ? null : joinDictionaries(dictionaries as (readonly string[])[])
}

function subjectsSeen({ seenAt }: JoinedSubjects): Int32Array {
  let seen = 0
  for (const line of seenAt) if (line > 0) seen++
  const subject = allocate.i32(seen)
  for (let s = 0, row = 0; s < seenAt.length; s++) if (seenAt[s] > 0) subject[row++] = s
  return subject
}

interface Report {
  readonly value: number
  readonly line: number
}

/** The first value of a fact by subject, and all different ones where there are several. */
interface FactReported {
  readonly used: Float64Array
  readonly several: ReadonlyMap<number, readonly Report[]>
}

function reportsOf(
  parts: ReadParts,
  fact: number,
  { list, recodes }: JoinedSubjects,
  words: JoinedDictionary | null,
): FactReported {
  const used = new Float64Array(list.length).fill(Number.NaN)
  const lines = new Int32Array(list.length)
  const several = new Map<number, Report[]>()
  parts.forEach(({ part, linesBefore }, p) => {
    const { subject, value, line } = part.facts[fact]
    const values = recoded(value, words, p)
    for (const i of putFirst(subject, recodes[p], values, line, linesBefore, used, lines)) {
      const s = recodes[p][subject[i]]
      const known = several.get(s) ?? [{ value: used[s], line: lines[s] }]
      if (known.length === 1) several.set(s, known)
      const report = { value: values[i], line: linesBefore + line[i] }
      if (known.every(({ value }) => value !== report.value)) known.push(report)
    }
  })
  return { used, several }
}

/** Values of a part with codes of the joined list. */
const recoded = (values: Float64Array, words: JoinedDictionary | null, p: number): Float64Array =>
  words === null ? values : pick(words.recodes[p], values, new Float64Array(values.length))

/** Puts down the first report of each subject; gives the others that say something else. */
function putFirst(
  subject: Int32Array,
  recode: Int32Array,
  values: Float64Array,
  line: Int32Array,
  linesBefore: number,
  used: Float64Array,
  lines: Int32Array,
): number[] {
  const others: number[] = []
  for (let i = 0; i < subject.length; i++) {
    const s = recode[subject[i]]
    if (Number.isNaN(used[s])) {
      used[s] = values[i]
      lines[s] = linesBefore + line[i]
    } else if (used[s] !== values[i]) others.push(i)
  }
  return others
}

function settle(
  reports: readonly Report[],
  words: JoinedDictionary | null,
  slot: Slot,
  subject: string,
  study: Pick<AnalyticStudy, 'calendar'>,
  dayZero: Source['dayZero'],
  file: string,
  findings: FindingsBuilder,
): number {
  const used = reports.reduce((first, report) => (report.value < first.value ? report : first))
  const print = ({ value }: Report) => printFact(words === null ? value : words.list[value], slot.field, study, dayZero)
  for (const report of reports) {
    if (report === used) continue
    const place = { file, line: report.line, column: slot.column, subject }
    findings.add({ rule: 'subject-conflict', ...place, value: print(report), detail: `${print(used)} was used` })
  }
  return used.value
}

/** Values of some subjects as a column, with the words that are used alone. */
function toColumn({ used, words }: JoinedFact, subjects: Int32Array, kind: 'i32' | 'f64'): Column {
  const rows = subjects.length
  const values = pick(used, subjects, new Float64Array(rows))
  const valid = withoutFullMask(maskOf(values), rows)
  for (let row = 0; row < rows; row++) if (Number.isNaN(values[row])) values[row] = 0
  if (words === null) {
    const out = kind === 'i32' ? allocate.i32(rows) : allocate.f64(rows)
    out.set(values)
    return { kind, values: out, valid } as Column
  }
  const { dictionary, codes } = wordsUsed(values, valid, words.list)
  const out = pick(codes, values, allocateCodes(dictionary.length, rows))
  return { kind: 'text', values: out, valid, dictionary }
}

function maskOf(values: Float64Array): Uint8Array {
  const mask = allocate.mask(values.length)
  for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row])) markPresent(mask, row)
  return mask
}

/** The words that some row has, and their codes by those of the list; 0 for the others. */
function wordsUsed(values: Float64Array, valid: Uint8Array | null, list: readonly string[]) {
  const isUsed = new Uint8Array(list.length)
  for (let row = 0; row < values.length; row++) if (isPresent(valid, row)) isUsed[values[row]] = 1
  const dictionary = list.filter((_, code) => isUsed[code] === 1)
  const codes = new Int32Array(Math.max(1, list.length))
  for (let code = 0, next = 0; code < list.length; code++) if (isUsed[code] === 1) codes[code] = next++
  return { dictionary, codes }
}

/** `out[i] = values[at[i]]`. */
function pick<T extends { [i: number]: number }>(
  values: Int32Array | Float64Array,
  at: Int32Array | Float64Array,
  out: T,
): T {
  for (let i = 0; i < at.length; i++) (out as { [i: number]: number })[i] = values[at[i]]
  return out
}

/**
 * Rows of a file that lists subjects: one per subject is used, further ones are left out, as `duplicate-copy` where they
 * say nothing else than what is used, else as `subject-conflict`.
 */
export function countListedRows(
  parts: ReadParts,
  subjects: JoinedSubjects,
  { facts }: Pick<JoinedFacts, 'facts'>,
): Pick<RowCounts, 'used' | 'excluded'> {
  const rows = new Int32Array(subjects.list.length)
  const differing = new Int32Array(subjects.list.length)
  parts.forEach(({ part }, p) => {
    const subject = pick(subjects.recodes[p], part.subject, new Int32Array(part.rows))
    const differs = new Uint8Array(part.rows)
    part.factRows.forEach((fact, f) => void markDiffering(fact, subject, facts[f], p, differs))
    for (let row = 0; row < part.rows; row++) {
      if (part.bad !== null && isPresent(part.bad, row)) continue
      rows[subject[row]]++
      differing[subject[row]] += differs[row]
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

/** Marks rows that say something else than what is used of their subject. */
function markDiffering(
  { column }: FactColumn,
  subject: Int32Array,
  { used, words }: JoinedFact,
  p: number,
  differs: Uint8Array,
): void {
  const values = recoded(new Float64Array(column.values), words, p)
  for (let row = 0; row < values.length; row++) {
    if (isPresent(column.valid, row) && values[row] !== used[subject[row]]) differs[row] = 1
  }
}
