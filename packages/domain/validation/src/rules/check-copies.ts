import type { Column } from '@afferent/records'
import {
  CAUSALITY,
  END_REASONS,
  EVENT_SEVERITIES,
  FEATURES,
  isPresent,
  MBS,
  MEDICATIONS,
  RECORD_TABLES,
} from '@afferent/records'
import { lineOf } from '../join/part.ts'
import type { Changes } from '../settle/changes.ts'
import { columnOf } from '../settle/file-slice.ts'
import type { JudgedRows } from '../settle/judged-rows.ts'
import { columnIn, fateCode, fileOf, printDay, reportRows, valueAt } from '../settle/judged-rows.ts'
import { BROUGHT_ALONG } from '../settle/physical-rows.ts'
import { preferPhysicalRows } from '../settle/row-counts.ts'
import { isHigherAnswerBetter } from './better-answer.ts'

/**
 * One record per key (R-DUP), decided item by item: of the copies that answer an item the latest submission counts, of
 * equal or absent submission instants the worse value (higher, longer, yes before no); a submission instant beats none.
 *
 * A copy no item of which is used is left out: `duplicate-copy` where it says nothing else than what is used, else
 * `duplicate-conflict`. Every differing answer that is not used is a finding; identical copies are one finding per
 * subject and file. Copies that answer different items are joined and all of them used.
 */
export function checkCopies(rows: JudgedRows, groups: readonly (readonly number[])[], changes: Changes): void {
  const items = itemsOf(rows)
  const copies = new Map<number, number[]>()
  const prefer = groups.length === 0 ? ANY : preferPhysicalRows(rows)
  for (const group of groups) {
    const ranked = [...group].sort((a, b) => compareRank(rows, items, a, b) || prefer(a, b))
    const [keeper, ...others] = ranked
    const used = new Set([keeper])
    const conflicts = new Set<number>()
    for (const item of items) {
      const settle = item.kind === 'bits' ? settleBits : settleItem
      settle(rows, item, ranked, used, conflicts, changes)
    }
    if (conflicts.size > 0) markConflict(rows, keeper)
    for (const row of others) {
      changes.drop(row)
      if (used.has(row)) continue
      rows.fate[row] = fateCode(conflicts.has(row) ? 'duplicate-conflict' : 'duplicate-copy')
      if (!conflicts.has(row) && valueAt(columnIn(rows, 'row'), row) !== BROUGHT_ALONG)
        push(copies, rows.table.subject[row], row)
    }
  }
  for (const list of copies.values()) reportRows(rows, 'duplicate-copy', list)
}

const ANY = (): number => 0

/** DUPFL rests on it: of diary entries alone. */
function markConflict(rows: JudgedRows, row: number): void {
  const { name, table, day, marks } = rows
  if (day === null || (name !== 'diary' && name !== 'episodes' && name !== 'intakes')) return
  marks.add(table.subject[row], day[row], name === 'diary' ? 'conflict.diary' : 'conflict.events')
}

function push(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}

/** One answer of a record: a column, or two that belong together. */
interface Item {
  readonly name: string
  /** Of a `pair` the first column decides; of a `whole` both are the answer. */
  readonly kind: 'single' | 'pair' | 'whole' | 'bits'
  readonly column: Column
  /** Of a pair or whole the second column; of bits those that were asked. */
  readonly beside: Column | undefined
}

/** Columns that say when or where a record was written, beside its key. */
const NOT_ITEMS: readonly string[] = ['submitted', 'row']
const BESIDE: Readonly<Record<string, { readonly name: string; readonly kind: 'pair' | 'whole' | 'bits' }>> = {
  end: { name: 'endOffset', kind: 'pair' },
  features: { name: 'featuresAsked', kind: 'bits' },
  medication: { name: 'medicationAsked', kind: 'bits' },
  value: { name: 'quantified', kind: 'whole' },
}
/** The days that a partial end can mean go together. */
const EVENT_END = { name: 'endTo', kind: 'pair' } as const
const besideOf = (table: JudgedRows['name'], name: string) =>
  table === 'adverseEvents' && name === 'end' ? EVENT_END : BESIDE[name]

function itemsOf(rows: JudgedRows): Item[] {
  const key: readonly string[] = RECORD_TABLES[rows.name].key
  const second = new Set([...Object.values(BESIDE), EVENT_END].map(({ name }) => name))
  const names = Object.keys(rows.table.columns).filter((name) => !NOT_ITEMS.includes(name) && !key.includes(name))
  return names
    .filter((name) => !second.has(name) && columnIn(rows, name) !== undefined)
    .map((name) => {
      const beside = besideOf(rows.name, name)
      const column = columnIn(rows, name) as Column
      if (beside === undefined) return { name, kind: 'single', column, beside: undefined }
      return { name, kind: beside.kind, column, beside: columnIn(rows, beside.name) }
    })
}

const NEVER = Number.NEGATIVE_INFINITY
const submittedAt = (rows: JudgedRows, row: number): number => valueAt(columnIn(rows, 'submitted'), row) ?? NEVER

/** Later submissions first, then by content, so that the order of files and rows decides nothing. */
function compareRank(rows: JudgedRows, items: readonly Item[], a: number, b: number): number {
  const [submittedA, submittedB] = [submittedAt(rows, a), submittedAt(rows, b)]
  if (submittedA !== submittedB) return submittedB - submittedA
  for (const { column, beside } of items) {
    const order = compareCells(column, a, b) || (beside === undefined ? 0 : compareCells(beside, a, b))
    if (order !== 0) return order
  }
  return 0
}

/** Higher values first, missing ones last. */
function compareCells(column: Column, a: number, b: number): number {
  const [hasA, hasB] = [isPresent(column.valid, a), isPresent(column.valid, b)]
  if (hasA !== hasB) return hasA ? -1 : 1
  return hasA ? column.values[b] - column.values[a] : 0
}

function settleItem(
  rows: JudgedRows,
  item: Item,
  ranked: readonly number[],
  used: Set<number>,
  conflicts: Set<number>,
  changes: Changes,
): void {
  const answered = ranked.filter((row) => isPresent(item.column.valid, row))
  if (answered.length === 0) return
  const latest = submittedAt(rows, answered[0])
  const candidates = answered.filter((row) => submittedAt(rows, row) === latest)
  const worse = isHigherBetter(rows, item, answered[0]) ? -1 : 1
  const chosen = candidates.reduce((best, row) => (worse * compareAnswers(item, row, best) > 0 ? row : best))
  used.add(answered.find((row) => compareAnswers(item, row, chosen) === 0) as number)
  changes.copy(item.name, chosen, ranked[0])
  if (item.beside !== undefined) changes.copy(besideOf(rows.name, item.name).name, chosen, ranked[0])
  for (const row of answered) {
    if (compareAnswers(item, row, chosen) === 0) continue
    conflicts.add(row)
    reportConflict(rows, item, row, print(rows, item, row), print(rows, item, chosen))
  }
}

/** Below zero where the answer of `a` is the lower one. */
function compareAnswers({ kind, column, beside }: Item, a: number, b: number): number {
  const order = column.values[a] - column.values[b]
  if (order !== 0 || kind !== 'whole' || beside === undefined) return order
  return beside.values[a] - beside.values[b]
}

/** Each symptom (or medication class) is an answer of its own: the latest submission that was asked it counts. */
function settleBits(
  rows: JudgedRows,
  { name, column, beside }: Item,
  ranked: readonly number[],
  used: Set<number>,
  conflicts: Set<number>,
  changes: Changes,
): void {
  let bits = 0
  let asked = 0
  for (let i = 0; i < ranked.length; ) {
    let groupBits = 0
    let groupAsked = 0
    const submitted = submittedAt(rows, ranked[i])
    for (; i < ranked.length && submittedAt(rows, ranked[i]) === submitted; i++) {
      const own = askedBits(column, beside, ranked[i]) & ~asked
      groupBits |= column.values[ranked[i]] & own
      groupAsked |= own
    }
    bits |= groupBits
    asked |= groupAsked
  }
  let credited = 0
  for (const row of ranked) {
    const own = askedBits(column, beside, row)
    const differing = (column.values[row] ^ bits) & own
    const agreeing = own & ~differing & ~credited
    if (agreeing !== 0) used.add(row)
    credited |= agreeing
    for (const [bit, word] of bitNames(name)) {
      if ((differing & bit) === 0) continue
      conflicts.add(row)
      const item = { name: word, kind: 'single', column, beside } as const
      reportConflict(rows, item, row, yesNo(column.values[row] & bit), yesNo(bits & bit))
    }
  }
  changes.setBits(name, BESIDE[name].name, ranked[0], bits, asked)
}

const askedBits = (column: Column, asked: Column | undefined, row: number): number => {
  if (!isPresent(column.valid, row)) return 0
  return asked === undefined ? column.values[row] : asked.values[row]
}

const FEATURE_BITS = Object.entries(FEATURES).map(([word, bit]) => [bit, word] as const)
const MEDICATION_BITS = MEDICATIONS.map((word, i) => [1 << i, word] as const)
const bitNames = (name: string) => (name === 'features' ? FEATURE_BITS : MEDICATION_BITS)
const yesNo = (bit: number): string => (bit === 0 ? 'no' : 'yes')

/** Columns of which the higher value is the better one. */
const BETTER: Readonly<Partial<Record<JudgedRows['name'], readonly string[]>>> = {
  stimulation: ['delivered', 'minutes', 'completed'],
  adverseEvents: ['expected'],
}

/** For values the worse one depends on the parameter; texts have none, the first in byte order counts. */
function isHigherBetter(rows: JudgedRows, item: Item, row: number): boolean {
  if (item.column.kind === 'text' || BETTER[rows.name]?.includes(item.name) === true) return true
  if (rows.name === 'assessments' && item.name === 'value') {
    return isHigherAnswerBetter(
      rows.study,
      textAt(columnIn(rows, 'instrument'), row),
      textAt(columnIn(rows, 'item'), row),
    )
  }
  if (rows.name === 'measurements' && item.name === 'value') {
    const analyte = textAt(columnIn(rows, 'analyte'), row)
    return rows.study.laboratory?.analytes.find(({ code }) => code === analyte)?.direction === 'higher-is-better'
  }
  if (rows.name !== 'values' || item.name !== 'value') return false
  const code = textAt(columnIn(rows, 'parameter'), row)
  return rows.study.values?.parameters.find((p) => p.code === code)?.direction === 'higher-is-better'
}

const YES_NO = new Set([
  'headache',
  'migraine',
  'medicationEffective',
  'forHeadache',
  'effective',
  'completed',
  'logGap',
  'serious',
  'expected',
  'worsened',
])
/** What stands before a result of QUANTIFIED. */
const SIDES = ['< ', '', '> '] as const

function print(rows: JudgedRows, { name, column }: Item, row: number): string {
  if (column.kind === 'text') return textAt(column, row)
  const value = column.values[row]
  if (rows.name === 'measurements' && name === 'value')
    return `${SIDES[valueAt(columnIn(rows, 'quantified'), row) ?? 1]}${value}`
  if (YES_NO.has(name)) return yesNo(value)
  if (name === 'endReason') return END_REASONS[value] ?? ''
  if (name === 'mbs') return MBS[value] ?? ''
  if (name === 'medicationClass') return MEDICATIONS[value] ?? ''
  if (rows.name === 'adverseEvents') return printOfEvent(rows, name, value)
  if (column.kind === 'instant') return toWallText(value, valueAt(columnIn(rows, `${name}Offset`), row) ?? 0)
  return String(value)
}

function printOfEvent({ study }: JudgedRows, name: string, value: number): string {
  if (name === 'severity') return EVENT_SEVERITIES[value - 1] ?? ''
  return name.startsWith('rel') ? (CAUSALITY[value] ?? '') : printDay(study, value)
}

const textAt = (column: Column | undefined, row: number): string =>
  column?.kind === 'text' && isPresent(column.valid, row) ? column.dictionary[column.values[row]] : ''

/** An instant as the wall clock showed it: '2026-03-01 22:30'. */
function toWallText(utcMs: number, offsetMinutes: number): string {
  return new Date(utcMs + offsetMinutes * 60_000).toISOString().slice(0, 16).replace('T', ' ')
}

/** Header names by column of a record table, where the two differ. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  severity: ['severity', 'severityNrs', 'eventSeverity'],
  end: ['end', 'duration', 'resolved'],
  medicationEffective: ['effective'],
  unspecified: ['unspecified', 'acute'],
  number: ['attack'],
  class: ['organClass'],
  startTo: ['onset'],
}

function reportConflict(rows: JudgedRows, item: Item, row: number, value: string, chosen: string): void {
  const { file, source } = fileOf(rows, row)
  rows.findings.add({
    rule: 'duplicate-conflict',
    file,
    line: lineOf(rows.table, row),
    column:
      wideColumn(rows, row) ??
      readingColumn(rows, item, row) ??
      (columnOf(source, ...(FIELDS[item.name] ?? [item.name])) || item.name),
    value,
    subject: rows.subjects[rows.table.subject[row]],
    detail: `${chosen} was used`,
  })
}

/** Header name of the column that a reading of an attack stood in, where its time is the one the column stands for. */
function readingColumn(rows: JudgedRows, { name }: Item, row: number): string | undefined {
  if (rows.name !== 'followUps') return undefined
  const seconds = valueAt(columnIn(rows, 'seconds'), row)
  return fileOf(rows, row).source?.cells.find((cell) => cell.field === name && cell.at * 60 === seconds)?.column
}

/** Header name of the column that a value of a wide export stood in. */
function wideColumn(rows: JudgedRows, row: number): string | undefined {
  if (rows.name === 'assessments') return cellColumn(rows, row)
  if (rows.name === 'measurements') return analyteColumn(rows, row)
  if (rows.name !== 'values') return undefined
  const parameter = textAt(columnIn(rows, 'parameter'), row)
  const visit = valueAt(columnIn(rows, 'visit'), row)
  return fileOf(rows, row).source?.wide.find((wide) => wide.parameter === parameter && wide.visit === visit)?.column
}

/** The same of an analyte that has a column of its own. */
function analyteColumn(rows: JudgedRows, row: number): string | undefined {
  const analyte = textAt(columnIn(rows, 'analyte'), row)
  return fileOf(rows, row).source?.cells.find(({ name }) => name === analyte)?.column
}

/** The same of an item that has a column of its own. */
function cellColumn(rows: JudgedRows, row: number): string | undefined {
  const instrument = textAt(columnIn(rows, 'instrument'), row)
  const item = textAt(columnIn(rows, 'item'), row)
  return fileOf(rows, row).source?.cells.find((cell) => cell.name === instrument && cell.item === item)?.column
}
