import { type Column, isPresent, type NumberColumn, type Parameter, type TextColumn } from '@afferent/records'
import type { ResultTable } from '../result-table.ts'
import type { SlabArrays } from '../run/slabs.ts'
import { FilledColumn, NONE, textColumn } from './filled-column.ts'
import { armName, placesIn, type RunContext, type ShardRows, usubjid } from './run-context.ts'
import { numbersOf, textsOf } from './shard-columns.ts'
import type { VisitPlaces } from './visit-places.ts'

/** Columns that stand in adeff as they were computed. */
const NUMBERS = ['AVAL', 'BASE', 'CHG', 'PCHG', 'NEVT']
const INTEGERS = ['AVISITN', 'AWLO', 'AWHI', 'ADY', 'NOBS']
export const TEXTS = ['PARAMCD', 'AVALC', 'AVALCAT1', 'BASETYPE', 'ABLFL', 'DTYPE', 'ANL01FL', 'AREASON', 'PROVFL']
const CRITERIA = [1, 2, 3, 4, 5, 6]
export const FLAGS = CRITERIA.map((n) => `CRIT${n}FL`)

/** Flags of the families that the study switches on. */
export const flagNames = (parameters: readonly Parameter[]): string[] => [
  ...new Set(parameters.flatMap(({ flags }) => (flags ?? []).map(({ name }) => name))),
]

type Numbers = FilledColumn<Float64Array>
type Integers = FilledColumn<Int32Array>
type Codes = FilledColumn<Uint16Array>

/** Lays rows of neighbouring shards behind each other, column by column. */
export class EffectsFill {
  private at = 0
  private readonly subjects: string[] = []
  /** Position of each of them among the subjects of the run. */
  private readonly positions: number[] = []
  private readonly usubjid: Int32Array
  private readonly numbers: Record<string, Numbers> = {}
  private readonly integers: Record<string, Integers> = {}
  private readonly codes: Record<string, Codes> = {}
  /** TRTA; null: as TRTP. */
  private actual: Codes | null = null
  private readonly context: RunContext
  private readonly dictionaries: Readonly<Record<string, readonly string[]>>
  private readonly visits: VisitPlaces
  private readonly rows: number
  private readonly texts: readonly string[]
  private readonly arrays: SlabArrays

  constructor(
    context: RunContext,
    dictionaries: Readonly<Record<string, readonly string[]>>,
    visits: VisitPlaces,
    rows: number,
    arrays: SlabArrays,
  ) {
    this.context = context
    this.dictionaries = dictionaries
    this.visits = visits
    this.rows = rows
    this.arrays = arrays
    this.texts = [...TEXTS, ...FLAGS, ...flagNames(context.parameters)]
    this.usubjid = arrays.i32(rows)
    for (const name of NUMBERS) this.numbers[name] = new FilledColumn(arrays.f64(rows), arrays.mask(rows))
    for (const name of [...INTEGERS, 'ADT']) {
      this.integers[name] = new FilledColumn(arrays.i32(rows), arrays.mask(rows))
    }
    for (const name of [...this.texts, 'AVISIT', 'TRTP']) this.codes[name] = this.newCodes()
  }

  private newCodes(): Codes {
    return new FilledColumn(this.arrays.u16(this.rows), this.arrays.mask(this.rows))
  }

  add(shard: ShardRows): void {
    const { effects } = shard
    const { rows } = effects
    for (const name of NUMBERS) this.numbers[name]?.append(this.at, numbersOf(effects, name), rows)
    for (const name of INTEGERS) this.integers[name]?.append(this.at, numbersOf(effects, name), rows)
    for (const name of this.texts) this.addTexts(name, textsOf(effects, name), rows)
    this.addVisits(textsOf(effects, 'PARAMCD'), numbersOf(effects, 'AVISITN'), rows)
    this.addTreatments(shard)
    this.addSubjectsAndDates(shard)
    this.at += rows
  }

  private addTexts(name: string, column: TextColumn, rows: number): void {
    this.codes[name]?.look(this.at, column, this.places(name, column.dictionary), rows)
  }

  private places(name: string, texts: readonly (string | null)[]): Int32Array {
    const places = placesIn(this.dictionaries[name] ?? [], texts)
    const lost = texts.find((text, i) => text !== null && places[i] === NONE)
    if (lost !== undefined) throw new Error(`column ${name} of a shard holds a text that the study does not foresee`)
    return places
  }

  private addVisits(codes: TextColumn, visits: NumberColumn, rows: number): void {
    const rowOf = codes.dictionary.map((code) => this.visits.rowOf(code))
    const labels = this.codes.AVISIT as Codes
    for (let row = 0; row < rows; row++) {
      const code = codes.values[row] as number
      const place = this.visits.place(rowOf[code] as number, visits.values[row] as number)
      if (place === NONE) throw new Error(`no label for visit ${visits.values[row]} of ${codes.dictionary[code]}`)
      labels.put(this.at + row, place)
    }
  }

  private addTreatments({ effects, facts }: ShardRows): void {
    const { arm, treated } = facts
    const placesIn = ({ dictionary }: TextColumn): Int32Array =>
      this.places(
        'TRTP',
        dictionary.map((code) => armName(this.context, code)),
      )
    const arms = placesIn(arm)
    const received = placesIn(treated)
    const subject = numbersOf(effects, 'SUBJECT').values
    const phase = textsOf(effects, 'TRT')
    const treatments = placesIn(phase)
    const planned = this.codes.TRTP as Codes
    const actual = this.actualTreatments(treated)
    for (let row = 0; row < effects.rows; row++) {
      const of = subject[row] as number
      let place = NONE
      if (isPresent(phase.valid, row)) place = treatments[phase.values[row] as number] as number
      else if (isPresent(arm.valid, of)) place = arms[arm.values[of] as number] as number
      if (place !== NONE) planned.put(this.at + row, place)
      const given =
        isPresent(phase.valid, row) || !isPresent(treated.valid, of)
          ? place
          : (received[treated.values[of] as number] as number)
      if (given !== NONE) actual?.put(this.at + row, given)
    }
  }

  /** TRTA as a column of its own from the first subject on who was treated otherwise; it begins as TRTP. */
  private actualTreatments(treated: TextColumn): Codes | null {
    const told = treated.valid === null ? treated.values.length > 0 : treated.valid.some((byte) => byte !== 0)
    if (this.actual !== null || !told) return this.actual
    const { values, valid } = this.codes.TRTP as Codes
    this.actual = this.newCodes()
    this.actual.append(0, { values, valid }, this.at)
    return this.actual
  }

  /** ADT = TRTSDT + ADY - 1 from day 1 on, TRTSDT + ADY before (R-ADY). */
  private addSubjectsAndDates({ subjects, effects, facts, firstSubject }: ShardRows): void {
    const subject = numbersOf(effects, 'SUBJECT').values
    const { first, last } = subjectRange(subject, effects.rows)
    const shift = this.subjects.length - first
    for (let of = first; of <= last; of++) {
      this.subjects.push(usubjid(this.context, subjects[of] as string))
      this.positions.push(firstSubject + of)
    }
    const studyDays = numbersOf(effects, 'ADY')
    const dates = this.integers.ADT as Integers
    const dated = this.context.calendar === 'dates'
    for (let row = 0; row < effects.rows; row++) {
      const of = subject[row] as number
      this.usubjid[this.at + row] = shift + of
      if (!dated || !isPresent(studyDays.valid, row) || !isPresent(facts.dayZero.valid, of)) continue
      const day = studyDays.values[row] as number
      dates.put(this.at + row, (facts.dayZero.values[of] as number) + (day > 0 ? day - 1 : day))
    }
  }

  table(): ResultTable {
    const columns: Record<string, Column> = {
      STUDYID: { kind: 'text', values: this.arrays.u16(this.rows), valid: null, dictionary: [this.context.studyId] },
      USUBJID: { kind: 'text', values: this.usubjid, valid: null, dictionary: this.subjects },
    }
    for (const [name, { values, valid }] of Object.entries(this.numbers)) columns[name] = { kind: 'f64', values, valid }
    for (const [name, { values, valid }] of Object.entries(this.integers)) {
      columns[name] = { kind: name === 'ADT' ? 'date' : 'i32', values, valid }
    }
    for (const [name, column] of Object.entries(this.codes)) {
      columns[name] = textColumn(column, this.dictionaries[name] as readonly string[])
    }
    columns.TRTA =
      this.actual === null
        ? (columns.TRTP as Column)
        : textColumn(this.actual, this.dictionaries.TRTA as readonly string[])
    return { rows: this.rows, columns, places: { USUBJID: Int32Array.from(this.positions) } }
  }
}

/** Rows are sorted by subject, so the first and the last row tell who is among them. */
function subjectRange(subject: ArrayLike<number>, rows: number): { first: number; last: number } {
  return rows === 0 ? { first: 0, last: -1 } : { first: subject[0] as number, last: subject[rows - 1] as number }
}
