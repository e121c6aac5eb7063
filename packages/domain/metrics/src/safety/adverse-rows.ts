import {
  ADVERSE_COLUMNS,
  CAUSALITY,
  type Column,
  type ColumnTable,
  EVENT_SEVERITIES,
  isPresent,
  type RecordTable,
  type SafetyResult,
  type Settled,
  type StudyFacts,
  YES,
} from '@afferent/records'
import { type AnalyticStudy, toStudyDay } from '@afferent/study'
import { Cells } from './cells.ts'
import { type EventDates, emergenceOf, PHASES } from './emergence.ts'
import { type Treatment, Treatments } from './treatment.ts'

const FLAG = ['N', 'Y']
const SEVERITIES = EVENT_SEVERITIES.map((word) => word.toUpperCase())
const RELATIONS = CAUSALITY.map((word) => word.toUpperCase())
const UNRELATED = CAUSALITY.indexOf('unrelated')
/** What of a date was imputed, from a span of days: the day, the month and day, or all of it. */
const IMPUTED = ['D', 'M', 'Y']
const MONTH_DAYS = 31

/** Relation asked for: column of the record, of adae, and its flag. */
const RELATED = [
  ['relDevice', 'AERLDEV', 'ARELDVFL'],
  ['relProcedure', 'AERLPRC', 'ARELPRFL'],
  ['relStimulation', 'AERLSTM', 'ARELSTFL'],
  ['relDrug', 'AERLDRG', 'ARELDRFL'],
] as const

/**
 * Adverse events and exposure of some subjects, for adae and the figures of the cohort.
 *
 * Events    every event of every subject, emergent or not, in the order of the settled table. A partial end is the last day it
 *           can mean, with its flag.
 * Related   possible, probable, causal, and unknown (ISO 14155); ARELFL: to any of those the export asks about.
 * Exposure  from the first stimulation to the last, both included; SAFFL N: never treated.
 */
export function safetyOf(settled: Settled, study: AnalyticStudy, facts: StudyFacts): SafetyResult | undefined {
  if (study.safety === null) return undefined
  const treatments = new Treatments(settled, study, facts)
  const times = settled.subjects.map((_, s) => treatments.of(s))
  const table = settled.adverseEvents
  const rows = new AdverseRows(table?.rows ?? 0)
  if (table !== null) addEvents(rows, table, settled, times, study.safety.followUpDays)
  return { events: rows.table(), exposure: exposureOf(times) }
}

function addEvents(
  rows: AdverseRows,
  table: RecordTable<'adverseEvents'>,
  { facts }: Settled,
  times: readonly Treatment[],
  followUpDays: number,
): void {
  const { columns, subject } = table
  let sequence = 0
  for (let row = 0; row < table.rows; row++) {
    const s = subject[row] as number
    sequence = row > 0 && subject[row - 1] === s ? sequence + 1 : 1
    const treatment = times[s] as Treatment
    const dates = datesOf(table, row)
    const { onset, phase, emergent } = emergenceOf(dates, treatment, followUpDays)
    const zero = isPresent(facts.dayZero.valid, s) ? (facts.dayZero.values[s] as number) : null
    rows.number('SUBJECT', row, s)
    rows.number('AESEQ', row, sequence)
    if (zero !== null && onset !== null) rows.number('ASTDY', row, toStudyDay(onset - zero))
    if (zero !== null && dates.end !== null) rows.number('AENDY', row, toStudyDay(dates.end.to - zero))
    if (onset !== null) rows.word('ASTDTF', row, IMPUTED, imputedOf(dates.start))
    if (dates.end !== null) rows.word('AENDTF', row, IMPUTED, imputedOf(dates.end))
    const severity = valueAt(columns.severity, row)
    if (severity !== null) {
      rows.number('AESEVN', row, severity)
      rows.word('AESEV', row, SEVERITIES, severity - 1)
    }
    addRelations(rows, table, row)
    rows.word('AESER', row, FLAG, valueAt(columns.serious, row))
    rows.word('AEEXPFL', row, FLAG, valueAt(columns.expected, row))
    rows.word('AEWORSFL', row, FLAG, valueAt(columns.worsened, row))
    rows.word('TRTEMFL', row, FLAG, emergent ? 1 : 0)
    rows.word('APHASE', row, PHASES, phase === null ? null : PHASES.indexOf(phase))
  }
  rows.take('AESPID', columns.number)
  rows.take('AETERM', columns.term)
  rows.take('AEBODSYS', columns.class)
  rows.take('AEOUT', columns.outcome)
}

function addRelations(rows: AdverseRows, { columns }: RecordTable<'adverseEvents'>, row: number): void {
  let asked = false
  let any = false
  for (const [name, word, flag] of RELATED) {
    const relation = valueAt(columns[name], row)
    if (relation === null) continue
    const related = relation !== UNRELATED
    asked = true
    any ||= related
    rows.word(word, row, RELATIONS, relation)
    rows.word(flag, row, FLAG, related ? 1 : 0)
  }
  if (asked) rows.word('ARELFL', row, FLAG, any ? 1 : 0)
}

function datesOf({ columns }: RecordTable<'adverseEvents'>, row: number): EventDates {
  const span = (from: Column | undefined, to: Column | undefined): EventDates['start'] => {
    const first = valueAt(from, row)
    return first === null ? null : { from: first, to: valueAt(to, row) ?? first }
  }
  const procedure = valueAt(columns.relProcedure, row)
  return {
    start: span(columns.start, columns.startTo),
    end: span(columns.end, columns.endTo),
    worsened: valueAt(columns.worsened, row) === YES,
    procedural: procedure !== null && procedure !== UNRELATED,
  }
}

/** Position in IMPUTED; null: the date is whole. */
function imputedOf(span: EventDates['start']): number | null {
  if (span === null) return 2
  if (span.from === span.to) return null
  return span.to - span.from < MONTH_DAYS ? 0 : 1
}

const valueAt = (column: Column | undefined, row: number): number | null =>
  column !== undefined && isPresent(column.valid, row) ? (column.values[row] as number) : null

function exposureOf(times: readonly Treatment[]): ColumnTable {
  const rows = new Cells(times.length)
  times.forEach(({ first, last }, s) => {
    rows.word('SAFFL', s, FLAG, first === null ? 0 : 1)
    if (first === null) return
    rows.number('EXFROM', s, first)
    if (last !== null) rows.number('EXTO', s, last)
  })
  const { SAFFL, EXFROM, EXTO } = rows.columns(['SAFFL'], ['EXFROM', 'EXTO'])
  return { rows: times.length, columns: { SAFFL, EXFROM, EXTO } as Record<string, Column> }
}

const NUMBERS = ['SUBJECT', 'AESEQ', 'ASTDY', 'AENDY', 'AESEVN']

class AdverseRows extends Cells {
  table(): ColumnTable {
    const texts = ADVERSE_COLUMNS.filter((name) => !NUMBERS.includes(name))
    const found = this.columns(texts, NUMBERS)
    const inOrder = ADVERSE_COLUMNS.map((name) => [name, found[name] as Column] as const)
    return { rows: this.rows, columns: Object.fromEntries(inOrder) }
  }
}
