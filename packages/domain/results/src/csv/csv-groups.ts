import type { ResultField } from '../result-table.ts'
import { CodedPiece } from './pieces.ts'

/** Neighbouring text columns are written as one piece while the combinations of their keys stay below this. */
const MOST_COMBINATIONS = 1 << 16
const COMMA = 44
const NEWLINE = 10

/** Neighbouring text columns of bounded dictionaries, or one other column. */
export interface Group {
  readonly fields: readonly ResultField[]
  /** Columns of a table whose codes decide all cells of the group. */
  readonly keys: readonly ResultField[]
  /** Null: the cells are made row by row, or from texts that a table brings along. */
  readonly coded: CodedPiece | null
  /** Byte behind the last cell. */
  readonly separator: number
}

/** Columns of a file as they are written: in order, each in one group. */
export function groupFields(fields: readonly ResultField[]): Group[] {
  const groups: ResultField[][] = []
  for (const field of fields) {
    const last = groups.at(-1)
    if (last !== undefined && combinations(keysOf([...last, field], fields)) <= MOST_COMBINATIONS) last.push(field)
    else groups.push([field])
  }
  return groups.map((group, i) => {
    const keys = keysOf(group, fields)
    const separator = i === groups.length - 1 ? NEWLINE : COMMA
    return { fields: group, keys, separator, coded: group.every(isBounded) ? pieceOf(group, keys, separator) : null }
  })
}

const isBounded = (field: ResultField): boolean => field.type === 'text' && field.texts === 'few'

function keysOf(group: readonly ResultField[], all: readonly ResultField[]): ResultField[] {
  const keys = group.map((field) => keyOf(field, all))
  return keys.filter((key, i) => keys.indexOf(key) === i)
}

function keyOf(field: ResultField, all: readonly ResultField[]): ResultField {
  if (field.follows === undefined) return field
  const key = all.find(({ name }) => name === field.follows?.column)
  if (key === undefined) throw new Error(`no column ${field.follows.column} for ${field.name} to follow`)
  return key
}

const combinations = (keys: readonly ResultField[]): number =>
  keys.reduce((product, key) => product * (isBounded(key) ? key.dictionary.length + 1 : Number.POSITIVE_INFINITY), 1)

function pieceOf(group: readonly ResultField[], keys: readonly ResultField[], separator: number): CodedPiece {
  const names = keys.map(({ name }) => name)
  return new CodedPiece(
    group.map(({ name, dictionary, follows }) => ({
      dictionary,
      key: names.indexOf(follows?.column ?? name),
      places: follows?.places ?? null,
    })),
    keys.map(({ dictionary }) => dictionary.length),
    separator,
  )
}
