import type { Column, ColumnOf, Feature, MedicationClass } from '@afferent/records'
import { allocate, FEATURES, isPresent, MEDICATIONS, medicationBit } from '@afferent/records'
import type { FieldName } from '@afferent/study'
import { asText, type FieldValues, type FieldView } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'

/** Which of several things were reported, and which were asked about; undefined where the export asks about none. */
export interface Bits {
  readonly bits: ColumnOf<'u16'>
  readonly asked: ColumnOf<'u16'>
}

const ALL_MEDICATIONS = (1 << MEDICATIONS.length) - 1
/** Lists in one cell: 'Nausea, Vomiting', 'nausea | vomiting'. */
const LIST = /[,;|+]/
/** Ways to write that nothing was taken (Migraine Buddy: 'No medication'), in English, German and French. */
const NOTHING: ReadonlySet<string> = new Set(
  'no medication,none,nothing,no,-,keine,kein,keines,nichts,nein,aucun,aucune,rien,non'.split(','),
)

export const isNoMedication = (product: string): boolean => NOTHING.has(product.trim().toLowerCase())

/** Symptoms from a column each and from lists of names. A listed name that is no known symptom is another symptom. */
export function toFeatures(view: FieldView): Bits | undefined {
  const bits = start(view, Object.keys(FEATURES) as Feature[])
  for (const [feature, bit] of Object.entries(FEATURES) as [Feature, number][]) {
    const values = view.get(feature)
    if (values !== undefined && values.asked === null) addFlag(bits, values.column, bit, bit, bit)
  }
  for (const values of view.all('symptoms')) {
    const map = values.slot.values ?? {}
    const listed = Object.values(map).length === 0 ? Object.keys(FEATURES) : Object.values(map)
    const asked = listed.reduce((sum, name) => sum | (FEATURES[name as Feature] ?? 0), 0)
    addList(bits, values, asked, (name) => featureBit(name, map))
  }
  return finish(bits)
}

function featureBit(name: string, map: Readonly<Record<string, string>>): number {
  const meaning = Object.hasOwn(map, name) ? map[name] : name.toLowerCase()
  return FEATURES[meaning as Feature] ?? FEATURES.otherSymptom
}

/** Acute medication from a column per class, from yes/no on any, and from lists of products. */
export function toMedication(
  view: FieldView,
  products: Readonly<Record<string, MedicationClass>>,
  judge: RowJudge,
): Bits | undefined {
  const bits = start(view, MEDICATIONS)
  for (const name of MEDICATIONS) {
    const values = view.get(name)
    const bit = medicationBit(name)
    if (values !== undefined && values.asked === null) addFlag(bits, values.column, bit, bit, bit)
  }
  const any = view.get('acute' satisfies FieldName)
  // 'No acute medication' answers for every class; 'some' for none but the unspecified one.
  if (any !== undefined)
    addFlag(bits, any.column, medicationBit('unspecified'), medicationBit('unspecified'), ALL_MEDICATIONS)
  for (const values of view.all('product')) {
    addList(bits, values, ALL_MEDICATIONS, (name) => {
      if (isNoMedication(name)) return 0
      return medicationBit(classOf(name, products) ?? 'unspecified')
    })
    remarkUnknown(values, products, judge)
  }
  return finish(bits)
}

export function classOf(
  product: string,
  products: Readonly<Record<string, MedicationClass>>,
): MedicationClass | undefined {
  const name = product.trim().toLowerCase()
  return Object.hasOwn(products, name) ? products[name] : undefined
}

/** One finding per product without a class, at its first row (`product-unknown`). */
export function remarkUnknown(
  values: FieldValues,
  products: Readonly<Record<string, MedicationClass>>,
  judge: RowJudge,
): void {
  const column = asText(values)
  const unknown = column.dictionary.map((cell) => namesIn(cell).find((name) => isUnknown(name, products)))
  if (unknown.every((name) => name === undefined)) return
  const said = new Set<string>()
  for (let row = 0; row < column.values.length; row++) {
    const name = isPresent(column.valid, row) ? unknown[column.values[row]] : undefined
    if (name === undefined || said.has(name) || judge.isOut(row)) continue
    said.add(name)
    judge.remark(row, 'product-unknown', values.slot, '', name)
  }
}

const isUnknown = (name: string, products: Readonly<Record<string, MedicationClass>>): boolean =>
  !isNoMedication(name) && classOf(name, products) === undefined

const namesIn = (cell: string): string[] =>
  cell
    .split(LIST)
    .map((name) => name.trim())
    .filter((name) => name !== '')

interface Growing {
  readonly bits: Uint16Array
  readonly asked: Uint16Array
  used: boolean
}

/** The bits that the reader has put together (bit-places.ts), as far as it has, else none. */
function start(view: FieldView, fields: readonly FieldName[]): Growing {
  for (const field of fields) {
    const { column, asked } = view.get(field) ?? {}
    if (asked == null || column?.kind !== 'u16') continue
    return { bits: column.values, asked: asked.values, used: true }
  }
  return { bits: allocate.u16(view.rows), asked: allocate.u16(view.rows), used: false }
}

function finish({ bits, asked, used }: Growing): Bits | undefined {
  if (!used) return undefined
  return { bits: { kind: 'u16', values: bits, valid: null }, asked: { kind: 'u16', values: asked, valid: null } }
}

/** A yes sets `bit` and answers `askedByYes`; a no answers `askedByNo`. */
function addFlag(into: Growing, column: Column, bit: number, askedByYes: number, askedByNo: number): void {
  into.used = true
  const { values, valid } = column
  const { bits, asked } = into
  for (let row = 0; row < values.length; row++) {
    if (valid !== null && !isPresent(valid, row)) continue
    if (values[row] === 0) asked[row] |= askedByNo
    else {
      asked[row] |= askedByYes
      bits[row] |= bit
    }
  }
}

function addList(into: Growing, values: FieldValues, asked: number, bitOf: (name: string) => number): void {
  into.used = true
  const column = asText(values)
  const masks = column.dictionary.map((cell) => namesIn(cell).reduce((sum, name) => sum | bitOf(name), 0))
  for (let row = 0; row < column.values.length; row++) {
    if (!isPresent(column.valid, row)) continue
    const mask = masks[column.values[row]]
    into.bits[row] |= mask
    into.asked[row] |= asked | mask
  }
}
