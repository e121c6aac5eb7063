import { COMMA, DIGIT, POINT, QUOTE } from './bytes.ts'
import { VALUE } from './cell-decoder.ts'
import { BIT, type ColumnSlot, F64, I16, I32, U8 } from './column-slot.ts'
import type { BitPlace } from './request.ts'

/** What the row loop does with a cell of the export. */
export const SKIP = 0
export const TEXT = 1
export const BYTE = 2
export const WHOLE_U8 = 3
export const WHOLE_I16 = 4
export const NUMBER = 5
export const DATE = 6
/** Any other request, or more than one for the column. */
export const CELL = 7
export const INSTANT = 8
/** As BYTE, for one bit of a set. */
export const FLAG = 9

/** The row loop's view of a header and its requests: one action per column, flat arrays per slot. */
export interface RowPlan {
  readonly delimiter: number
  /** Per column of the export. */
  readonly action: Uint8Array
  /** Slot of the column; of several, the first. */
  readonly slot: Int32Array
  /** Columns requested more than once: all their slots. */
  readonly shared: ReadonlyMap<number, readonly number[]>
  /** Per slot. */
  readonly low: Float64Array
  readonly high: Float64Array
  readonly divisor: Float64Array
  /** Byte of the decimal mark the loop reads itself, 0: none. */
  readonly mark: Uint8Array
  /** Whether an empty cell is an error. */
  readonly required: Uint8Array
  /** Whether decimal marks are votes. */
  readonly votes: Uint8Array
  /** Per slot and byte: value of a cell of that one byte, -1: not decided here. */
  readonly single: readonly Int16Array[]
  /** Slots by column, then request: the order in which findings of a row are reported. */
  readonly order: readonly number[]
  /** Place of the bit that a slot is. */
  readonly bits: readonly (BitPlace | undefined)[]
  /** How many sets of bits there are. */
  readonly sets: number
}

export function planRow(width: number, slots: readonly ColumnSlot[], delimiter: number): RowPlan {
  const n = slots.length
  const plan = {
    delimiter,
    action: new Uint8Array(width),
    slot: new Int32Array(width).fill(-1),
    shared: new Map<number, number[]>(),
    low: new Float64Array(n).fill(Number.NEGATIVE_INFINITY),
    high: new Float64Array(n).fill(Number.POSITIVE_INFINITY),
    divisor: new Float64Array(n).fill(1),
    mark: new Uint8Array(n),
    required: Uint8Array.from(slots, ({ request }) => (request.required ? 1 : 0)),
    votes: new Uint8Array(n),
    single: slots.map(() => NOTHING),
    bits: slots.map(({ request }) => request.bit),
    sets: Math.max(0, ...slots.map(({ request }) => (request.bit === undefined ? 0 : request.bit.set + 1))),
    order: slots.map((_, k) => k).sort((a, b) => slots[a].request.column - slots[b].request.column || a - b),
  }
  for (const [k, slot] of slots.entries()) {
    const column = slot.request.column
    const first = plan.slot[column]
    if (first >= 0) {
      plan.shared.set(column, [...(plan.shared.get(column) ?? [first]), k])
      plan.action[column] = CELL
      continue
    }
    plan.slot[column] = k
    plan.action[column] = actionOf(slot)
    describeNumber(plan, k, slot)
    if (plan.action[column] === BYTE || plan.action[column] === FLAG) plan.single[k] = valuesOfBytes(slot, delimiter)
  }
  return plan
}

/** A missing value that looks like a number or a date ('999') must be looked up, so such columns take the general way. */
function actionOf(slot: ColumnSlot): number {
  const { type, missing } = slot.request
  if (type.kind === 'text') return TEXT
  if (slot.target === BIT) return FLAG
  if (slot.target === U8 && type.kind !== 'number') return type.kind === 'presence' ? CELL : BYTE
  if (missing.some((text) => DIGIT[text.charCodeAt(0) & 255] < 10 || text.charCodeAt(0) === POINT)) return CELL
  if (type.kind === 'date') return DATE
  if (type.kind === 'instant') return INSTANT
  if (type.kind === 'duration') return NUMBER
  if (type.kind !== 'number') return CELL
  if (slot.target === U8) return WHOLE_U8
  if (slot.target === I16) return WHOLE_I16
  if (slot.target === I32 || type.decimal === 'thousands' || type.decimal === 'mixed') return CELL
  return slot.target === F64 && !type.integer ? NUMBER : CELL
}

function describeNumber(
  plan: { low: Float64Array; high: Float64Array; divisor: Float64Array; mark: Uint8Array; votes: Uint8Array },
  k: number,
  slot: ColumnSlot,
): void {
  const { type } = slot.request
  if (type.kind === 'duration') plan.mark[k] = POINT
  if (type.kind !== 'number') return
  if (type.min !== null) plan.low[k] = type.min
  if (type.max !== null) plan.high[k] = type.max
  plan.divisor[k] = type.divisor
  plan.mark[k] = type.decimal === ',' ? COMMA : POINT
  plan.votes[k] = type.decimal === null ? 1 : 0
}

const NOTHING = new Int16Array(0)

function valuesOfBytes({ decoder }: ColumnSlot, delimiter: number): Int16Array<ArrayBuffer> {
  const values = new Int16Array(256).fill(-1)
  const cell = new Uint8Array(1)
  for (let byte = 33; byte < 127; byte++) {
    cell[0] = byte
    if (byte === delimiter || byte === QUOTE) continue
    if (decoder.decode(cell, 0, 1) === VALUE) values[byte] = decoder.value
  }
  return values
}
