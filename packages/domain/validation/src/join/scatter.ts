import type { Column, ColumnKind, TextColumn, Validity } from '@afferent/records'
import { allocate, copyMask, isPresent, markPresent, withoutFullMask } from '@afferent/records'
import { isInByteOrder, joinDictionaries } from './dictionaries.ts'
import type { Part } from './part.ts'
import type { Placement } from './sort-order.ts'

type Values = Column['values']

/** One column of the joined table; undefined where no part has it. The array itself where nothing moves. */
export function scatterColumn(
  name: string,
  kind: ColumnKind,
  parts: readonly Part[],
  placement: Placement,
): Column | undefined {
  const columns = parts.map((part) => part.columns[name])
  if (columns.every((column) => column === undefined)) return undefined
  if (parts.length === 1 && placement.place === null) {
    const kept = cutColumn(columns[0] as Column, parts[0].from, parts[0].to)
    if (kept.kind !== 'text' || isInByteOrder(kept.dictionary)) return kept
  }
  const valid = scatterValidity(columns, parts, placement)
  if (kind === 'text') return scatterText(columns as (TextColumn | undefined)[], parts, placement, valid)
  const values = allocateValues(kind, placement.rows)
  forEachPart(parts, (part, p, at) => {
    const column = columns[p]
    if (column === undefined) return
    if (placement.place === null) values.set(column.values.subarray(part.from, part.to), at)
    else moveValues(column.values, part, values, placement.place, at)
  })
  return { kind, values, valid } as Column
}

/** One part's column with its values at their places; a dictionary stays as it is. */
export function moveColumn(column: Column, part: Part, placement: Placement & { readonly place: Int32Array }): Column {
  const { rows, place } = placement
  const kind = column.kind === 'text' ? KIND_BY_WIDTH[column.values.BYTES_PER_ELEMENT] : column.kind
  const values = allocateValues(kind, rows)
  moveValues(column.values, part, values, place, 0)
  if (column.valid === null) return { ...column, values } as Column
  const valid = allocate.mask(rows)
  moveMask(column.valid, part, valid, place, 0)
  return { ...column, values, valid: withoutFullMask(valid, rows) } as Column
}

/** Codes of a dictionary as numbers. */
const KIND_BY_WIDTH: Readonly<Record<number, 'u8' | 'u16' | 'i32'>> = { 1: 'u8', 2: 'u16', 4: 'i32' }

/** Rows `from` to `to` of a column as views on its arrays (the mask is copied unless it starts on a byte). */
export function cutColumn(column: Column, from: number, to: number): Column {
  const valid = withoutFullMask(cutValidity(column.valid, from, to), to - from)
  const values = from === 0 && to === column.values.length ? column.values : column.values.subarray(from, to)
  const { kind } = column
  // Written out, so that to the engine it is an object like those of joined columns and code for one serves the other.
  return (kind === 'text' ? { kind, values, valid, dictionary: column.dictionary } : { kind, values, valid }) as Column
}

function cutValidity(valid: Validity, from: number, to: number): Validity {
  if (valid === null) return null
  if ((from & 7) === 0 && ((to & 7) === 0 || valid.length === (to + 7) >> 3))
    return valid.subarray(from >> 3, (to + 7) >> 3)
  const out = allocate.mask(to - from)
  copyMask(out, 0, valid, from, to)
  return out
}

function scatterText(
  columns: readonly (TextColumn | undefined)[],
  parts: readonly Part[],
  placement: Placement,
  valid: Validity,
): TextColumn {
  const { list, recodes } = joinDictionaries(columns.map((column) => column?.dictionary ?? []))
  const values = allocateCodes(list.length, placement.rows)
  forEachPart(parts, (part, p, at) => {
    const column = columns[p]
    if (column === undefined) return
    const recode = recodes[p]
    for (let row = part.from; row < part.to; row++) {
      const to = placement.place === null ? at + row - part.from : placement.place[at + row - part.from]
      if (to >= 0 && isPresent(column.valid, row)) values[to] = recode[column.values[row]]
    }
  })
  return { kind: 'text', values, valid, dictionary: list }
}

function scatterValidity(
  columns: readonly (Column | undefined)[],
  parts: readonly Part[],
  { rows, place }: Placement,
): Validity {
  if (columns.every((column) => column !== undefined && column.valid === null)) return null
  const out = allocate.mask(rows)
  forEachPart(parts, (part, p, at) => {
    const column = columns[p]
    if (column === undefined) return
    if (place === null) copyMask(out, at, column.valid, part.from, part.to)
    else moveMask(column.valid, part, out, place, at)
  })
  return withoutFullMask(out, rows)
}

function moveMask(valid: Validity, part: Part, into: Uint8Array, place: Int32Array, at: number): void {
  for (let row = part.from; row < part.to; row++) {
    const to = place[at + row - part.from]
    if (to >= 0 && isPresent(valid, row)) markPresent(into, to)
  }
}

/** Physical lines of the joined rows; null with the first line where they follow one another. */
export function scatterLines(
  parts: readonly Part[],
  { rows, place }: Placement,
): { lines: Int32Array | null; firstLine: number } {
  const [only] = parts
  if (parts.length === 1 && place === null) {
    if (only.lines === null) return { lines: null, firstLine: only.firstLine + only.from }
    return withoutSequence(only.lines.subarray(only.from, only.to))
  }
  if (place === null && followOn(parts)) return { lines: null, firstLine: only.firstLine + only.from }
  const lines = allocate.i32(rows)
  forEachPart(parts, (part, _, at) => {
    for (let row = part.from; row < part.to; row++) {
      const to = place === null ? at + row - part.from : place[at + row - part.from]
      if (to >= 0) lines[to] = part.lines === null ? part.firstLine + row : part.lines[row]
    }
  })
  return withoutSequence(lines)
}

/** Whether the rows of each part stand on the lines behind those of the part before it. */
function followOn(parts: readonly Part[]): boolean {
  let next = parts[0].firstLine + parts[0].from
  for (const { lines, firstLine, from, to } of parts) {
    if (lines !== null || firstLine + from !== next) return false
    next += to - from
  }
  return true
}

function withoutSequence(lines: Int32Array): { lines: Int32Array | null; firstLine: number } {
  const follow = lines.every((line, row) => line === lines[0] + row)
  return follow ? { lines: null, firstLine: lines[0] ?? 0 } : { lines, firstLine: 0 }
}

/** Subjects of the joined rows, as codes into the joined list. */
export function scatterSubjects(parts: readonly Part[], { rows, place }: Placement): Int32Array {
  const [only] = parts
  if (parts.length === 1 && place === null && isIdentity(only.recode)) return only.subject.subarray(only.from, only.to)
  const out = allocate.i32(rows)
  forEachPart(parts, (part, _, at) => {
    const { subject, recode } = part
    for (let row = part.from; row < part.to; row++) {
      const to = place === null ? at + row - part.from : place[at + row - part.from]
      if (to >= 0) out[to] = recode === null ? subject[row] : recode[subject[row]]
    }
  })
  return out
}

const isIdentity = (recode: Int32Array | null): boolean => recode === null || recode.every((to, from) => to === from)

/**
 * Values to their places. One loop per width of array, each written out: a loop that sees arrays of several kinds is several
 * times slower, also as several closures over one text.
 */
function moveValues(from: Values, part: Part, into: Values, place: Int32Array, at: number): void {
  const width = from.BYTES_PER_ELEMENT
  if (width === 1) moveBytes(from as Uint8Array, part, into as Uint8Array, place, at)
  else if (width === 2) moveShorts(asUnsigned(from), part, asUnsigned(into), place, at)
  else if (width === 4) moveInts(from as Int32Array, part, into as Int32Array, place, at)
  else moveDoubles(from as Float64Array, part, into as Float64Array, place, at)
}

const asUnsigned = ({ buffer, byteOffset, length }: Values): Uint16Array => new Uint16Array(buffer, byteOffset, length)

function moveBytes(from: Uint8Array, part: Part, into: Uint8Array, place: Int32Array, at: number): void {
  const shift = at - part.from
  for (let row = part.from; row < part.to; row++) if (place[shift + row] >= 0) into[place[shift + row]] = from[row]
}

function moveShorts(from: Uint16Array, part: Part, into: Uint16Array, place: Int32Array, at: number): void {
  const shift = at - part.from
  for (let row = part.from; row < part.to; row++) if (place[shift + row] >= 0) into[place[shift + row]] = from[row]
}

function moveInts(from: Int32Array, part: Part, into: Int32Array, place: Int32Array, at: number): void {
  const shift = at - part.from
  for (let row = part.from; row < part.to; row++) if (place[shift + row] >= 0) into[place[shift + row]] = from[row]
}

function moveDoubles(from: Float64Array, part: Part, into: Float64Array, place: Int32Array, at: number): void {
  const shift = at - part.from
  for (let row = part.from; row < part.to; row++) if (place[shift + row] >= 0) into[place[shift + row]] = from[row]
}

function forEachPart(parts: readonly Part[], visit: (part: Part, p: number, at: number) => void): void {
  let at = 0
  for (let p = 0; p < parts.length; p++) {
    visit(parts[p], p, at)
    at += parts[p].to - parts[p].from
  }
}

/** The narrowest codes that a dictionary of that size needs. */
export function allocateCodes(size: number, rows: number): TextColumn['values'] {
  if (size <= 0x100) return allocate.u8(rows)
  return size <= 0x10000 ? allocate.u16(rows) : allocate.i32(rows)
}

export function allocateValues(kind: Exclude<ColumnKind, 'text'>, rows: number): Exclude<Column, TextColumn>['values'] {
  switch (kind) {
    case 'u8':
      return allocate.u8(rows)
    case 'u16':
      return allocate.u16(rows)
    case 'i16':
      return allocate.i16(rows)
    case 'i32':
    case 'date':
      return allocate.i32(rows)
    case 'f64':
    case 'instant':
      return allocate.f64(rows)
  }
}
