import type { RawColumn, RawTable } from '@afferent/formats'
import type { Column, TextColumn, Validity } from '@afferent/records'
import { allocate, isPresent, markPresent } from '@afferent/records'
import type { FieldName } from '@afferent/study'
import type { Slot } from './read-plan.ts'

/** A field's values as the reader gave them, with the slot they came from. */
export interface FieldValues<C extends Column = Column> {
  readonly slot: Slot
  readonly column: C
  /** Of an answer that was read as one bit among others: `column` and this hold all of them. */
  readonly asked: RawColumn['asked']
  readonly offset: RawColumn['offset']
  readonly timed: Validity
}

/** Values of the fields of one record table, by field. */
export interface FieldView {
  readonly rows: number
  get(field: FieldName): FieldValues | undefined
  /** Fields that may come from several columns. */
  all(field: FieldName): readonly FieldValues[]
  of(slot: Slot): FieldValues
}

export function viewFields(raw: RawTable, slots: readonly Slot[]): FieldView {
  const made = new Map<Slot, FieldValues>()
  const valuesOf = (slot: Slot): FieldValues => {
    const known = made.get(slot) ?? readSlot(raw, slot)
    made.set(slot, known)
    return known
  }
  return {
    rows: raw.rows,
    get(field) {
      const slot = slots.find((candidate) => candidate.field === field)
      return slot === undefined ? undefined : valuesOf(slot)
    },
    of: valuesOf,
    all: (field) => slots.filter((candidate) => candidate.field === field).map(valuesOf),
  }
}

export function readSlot(raw: RawTable, slot: Slot): FieldValues {
  if (slot.request < 0)
    return { slot, column: repeat(slot.constant ?? '', raw.rows), asked: null, offset: null, timed: null }
  const { column, asked, offset, timed } = raw.columns[slot.request]
  const presence = slot.presence < 0 ? null : raw.columns[slot.presence].column
  return { slot, column: presence === null ? column : keepPresent(column, presence), asked, offset, timed }
}

function repeat(constant: number | string, rows: number): Column {
  if (typeof constant === 'string') {
    return { kind: 'text', values: allocate.i32(rows), valid: null, dictionary: [constant] }
  }
  return { kind: 'f64', values: allocate.f64(rows).fill(constant), valid: null }
}

/** The column without the values of rows where `presence` is 0. */
function keepPresent(column: Column, presence: Column): Column {
  const rows = column.values.length
  const values = column.values.slice()
  const valid = allocate.mask(rows)
  for (let row = 0; row < rows; row++) {
    if (presence.values[row] !== 0 && isPresent(column.valid, row)) markPresent(valid, row)
    else values[row] = 0
  }
  return { ...column, values, valid } as Column
}

export const asText = (values: FieldValues): TextColumn => {
  if (values.column.kind !== 'text') throw new Error(`field ${values.slot.field} was not read as text`)
  return values.column
}
