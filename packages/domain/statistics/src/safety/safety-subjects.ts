import { type Column, type ColumnTable, isPresent, type ShardResult } from '@afferent/records'
import { type Arms, NO_ARM } from '../arms.ts'

/** One treatment-emergent adverse event. */
export interface AdverseEvent {
  readonly term: string
  /** null: not coded. */
  readonly bodySystem: string | null
  /** 1 mild, 2 moderate, 3 severe; 0: not told. */
  readonly severity: number
  /** Flags of adae that are Y, and those that are N. */
  readonly yes: ReadonlySet<string>
  readonly no: ReadonlySet<string>
  readonly phase: string
  /** Days of exposure up to and including the day of onset; null: it cannot be told. */
  readonly exposed: number | null
}

/** One subject of the safety set. */
export interface SafetySubject {
  /** Position of the arm as treated. */
  readonly arm: number
  /** Days from the first stimulation to the last, both included; null: the last is not known. */
  readonly days: number | null
  readonly events: readonly AdverseEvent[]
}

export const EVENT_FLAGS = ['AESER', 'AEEXPFL', 'ARELDVFL', 'ARELPRFL', 'ARELSTFL', 'ARELDRFL', 'ARELFL'] as const

/** Treated subjects, in subject order, with their treatment-emergent events. */
export function safetySubjects(shards: readonly ShardResult[], arms: Arms): SafetySubject[] {
  return shards.flatMap((shard) => {
    const { safety } = shard
    if (safety === undefined) return []
    const treated = arms.asTreated(shard)
    const events = eventsBySubject(safety.events, shard)
    return shard.subjects.flatMap((_, s): SafetySubject[] => {
      if (cell(safety.exposure, 'SAFFL', s) !== 'Y') return []
      const days = exposureOf(shard, s)
      return [{ arm: treated[s] ?? NO_ARM, days, events: events.get(s) ?? [] }]
    })
  })
}

function exposureOf({ safety }: ShardResult, s: number): number | null {
  const from = safety === undefined ? null : cell(safety.exposure, 'EXFROM', s)
  const to = safety === undefined ? null : cell(safety.exposure, 'EXTO', s)
  return typeof from === 'number' && typeof to === 'number' ? to - from + 1 : null
}

function eventsBySubject(table: ColumnTable, shard: ShardResult): Map<number, AdverseEvent[]> {
  const found = new Map<number, AdverseEvent[]>()
  for (let row = 0; row < table.rows; row++) {
    if (cell(table, 'TRTEMFL', row) !== 'Y') continue
    const s = cell(table, 'SUBJECT', row) as number
    const known = found.get(s)
    if (known === undefined) found.set(s, [eventAt(table, row, shard, s)])
    else known.push(eventAt(table, row, shard, s))
  }
  return found
}

function eventAt(table: ColumnTable, row: number, shard: ShardResult, s: number): AdverseEvent {
  const flagged = (word: string): Set<string> => new Set(EVENT_FLAGS.filter((name) => cell(table, name, row) === word))
  return {
    term: String(cell(table, 'AETERM', row) ?? ''),
    bodySystem: cell(table, 'AEBODSYS', row) as string | null,
    severity: (cell(table, 'AESEVN', row) as number | null) ?? 0,
    yes: flagged('Y'),
    no: flagged('N'),
    phase: String(cell(table, 'APHASE', row) ?? ''),
    exposed: exposedUntil(table, row, shard, s),
  }
}

/** An event from before the first stimulation that grew worse under it counts from the first day [P]. */
function exposedUntil(table: ColumnTable, row: number, { facts, safety }: ShardResult, s: number): number | null {
  const day = cell(table, 'ASTDY', row)
  const from = safety === undefined ? null : cell(safety.exposure, 'EXFROM', s)
  if (typeof day !== 'number' || typeof from !== 'number' || !isPresent(facts.dayZero.valid, s)) return null
  const onset = (facts.dayZero.values[s] as number) + (day > 0 ? day - 1 : day)
  return Math.max(1, onset - from + 1)
}

function cell({ columns }: ColumnTable, name: string, row: number): string | number | null {
  const column: Column | undefined = columns[name]
  if (column === undefined || !isPresent(column.valid, row)) return null
  const value = column.values[row] as number
  return column.kind === 'text' ? (column.dictionary[value] as string) : value
}
