import { type Column, isPresent, type NumberColumn, type Parameter, type TextColumn } from '@afferent/records'
import { ADEFF } from '../columns/adeff.ts'
import type { ResultField, ResultTable } from '../result-table.ts'
import { FilledColumn, NONE, textColumn } from './filled-column.ts'
import {
  armName,
  placesIn,
  type RunContext,
  type ShardRows,
  sortedTexts,
  treatmentTexts,
  usubjid,
} from './run-context.ts'
import { numbersOf, textsOf } from './shard-columns.ts'

/** Columns that stand in adeff as they were computed. */
const NUMBERS = ['AVAL', 'BASE', 'CHG', 'PCHG', 'NEVT']
const INTEGERS = ['AVISITN', 'AWLO', 'AWHI', 'ADY', 'NOBS']
const TEXTS = ['PARAMCD', 'AVALC', 'AVALCAT1', 'BASETYPE', 'ABLFL', 'DTYPE', 'ANL01FL', 'AREASON', 'PROVFL']
const CRITERIA = [1, 2, 3, 4, 5, 6]
const FLAGS = CRITERIA.map((n) => `CRIT${n}FL`)

/** Columns that follow from the parameter. */
const OF_PARAMETER: Readonly<Record<string, (parameter: Parameter) => string | null>> = {
  PARAM: (parameter) => parameter.label,
  PARCAT1: (parameter) => parameter.category,
  AVALU: (parameter) => (parameter.unit === '' ? null : parameter.unit),
  METHOD: (parameter) => (parameter.method === '' ? null : parameter.method),
  ...Object.fromEntries(CRITERIA.map((n) => [`CRIT${n}`, (parameter: Parameter) => parameter.criteria[n - 1] ?? null])),
}

/**
 * Spells out adeff rows: what was computed, and what follows from the study file (labels, criteria, treatment, dates).
 * `fields` name the texts every column can hold; they depend on the study alone, so rows of different shards fit.
 */
export class EffectsTable {
  readonly fields: readonly ResultField[]
  private readonly context: RunContext
  private readonly dictionaries: Readonly<Record<string, readonly string[]>>
  private readonly visits: VisitPlaces

  constructor(context: RunContext) {
    this.context = context
    this.visits = new VisitPlaces(context)
    this.dictionaries = effectDictionaries(context)
    this.fields = ADEFF.map((column) => ({ ...column, dictionary: this.dictionaries[column.name] ?? [] }))
  }

  /** Rows of neighbouring shards, in order, as one table. USUBJID codes into the subjects of these shards. */
  rowsOf(shards: readonly ShardRows[]): ResultTable {
    const rows = shards.reduce((sum, { effects }) => sum + effects.rows, 0)
    const fill = new EffectsFill(this.context, this.dictionaries, this.visits, rows)
    for (const shard of shards) fill.add(shard)
    return fill.table()
  }
}

function effectDictionaries(context: RunContext): Record<string, readonly string[]> {
  const { parameters, effectTexts } = context
  const dictionaries: Record<string, readonly string[]> = { STUDYID: [context.studyId] }
  dictionaries.TRTP = treatmentTexts(context)
  dictionaries.TRTA = dictionaries.TRTP
  dictionaries.AVISIT = sortedTexts(context.visits.map(({ label }) => label))
  for (const name of [...TEXTS, ...FLAGS]) dictionaries[name] = sortedTexts(effectTexts[name] ?? [])
  for (const [name, textOf] of Object.entries(OF_PARAMETER)) {
    dictionaries[name] = sortedTexts(parameters.map(textOf).filter((text) => text !== null))
  }
  return dictionaries
}

/** Label of a parameter's visit as a place in the dictionary of AVISIT. */
class VisitPlaces {
  private readonly first: number
  private readonly width: number
  private readonly places: Int32Array
  private readonly parameters: ReadonlyMap<string, number>

  constructor({ visits, parameters }: RunContext) {
    const numbers = visits.map(({ visit }) => visit)
    this.first = Math.min(0, ...numbers)
    this.width = Math.max(0, ...numbers) - this.first + 1
    this.parameters = new Map(parameters.map(({ code }, i) => [code, i]))
    this.places = new Int32Array(parameters.length * this.width).fill(NONE)
    const labels = sortedTexts(visits.map(({ label }) => label))
    const places = placesIn(
      labels,
      visits.map(({ label }) => label),
    )
    visits.forEach(({ parameter, visit }, i) => {
      const row = this.parameters.get(parameter)
      if (row !== undefined) this.places[row * this.width + visit - this.first] = places[i] as number
    })
  }

  rowOf(parameter: string): number {
    const row = this.parameters.get(parameter)
    if (row === undefined) throw new Error(`parameter ${parameter} is not in the catalogue of this run`)
    return row
  }

  place(row: number, visit: number): number {
    const column = visit - this.first
    return column < 0 || column >= this.width ? NONE : (this.places[row * this.width + column] as number)
  }
}

type Numbers = FilledColumn<Float64Array>
type Integers = FilledColumn<Int32Array>
type Codes = FilledColumn<Uint16Array>

class EffectsFill {
  private at = 0
  private readonly subjects: string[] = []
  private readonly usubjid: Int32Array
  private readonly numbers: Record<string, Numbers> = {}
  private readonly integers: Record<string, Integers> = {}
  private readonly codes: Record<string, Codes> = {}
  private readonly context: RunContext
  private readonly dictionaries: Readonly<Record<string, readonly string[]>>
  private readonly visits: VisitPlaces
  private readonly rows: number

  constructor(
    context: RunContext,
    dictionaries: Readonly<Record<string, readonly string[]>>,
    visits: VisitPlaces,
    rows: number,
  ) {
    this.context = context
    this.dictionaries = dictionaries
    this.visits = visits
    this.rows = rows
    this.usubjid = new Int32Array(rows)
    for (const name of NUMBERS) this.numbers[name] = new FilledColumn(new Float64Array(rows))
    for (const name of [...INTEGERS, 'ADT']) this.integers[name] = new FilledColumn(new Int32Array(rows))
    for (const name of Object.keys(dictionaries)) this.codes[name] = new FilledColumn(new Uint16Array(rows))
  }

  add(shard: ShardRows): void {
    const { effects } = shard
    const { rows } = effects
    for (const name of NUMBERS) this.numbers[name]?.append(this.at, numbersOf(effects, name), rows)
    for (const name of INTEGERS) this.integers[name]?.append(this.at, numbersOf(effects, name), rows)
    for (const name of [...TEXTS, ...FLAGS]) this.addTexts(name, textsOf(effects, name), rows)
    this.addParameterTexts(textsOf(effects, 'PARAMCD'), rows)
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

  private addParameterTexts(codes: TextColumn, rows: number): void {
    const parameters = codes.dictionary.map((code) => this.context.parameters[this.visits.rowOf(code)] as Parameter)
    for (const [name, textOf] of Object.entries(OF_PARAMETER)) {
      this.codes[name]?.look(this.at, codes, this.places(name, parameters.map(textOf)), rows)
    }
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
    const { arm } = facts
    const arms = this.places(
      'TRTP',
      arm.dictionary.map((code) => armName(this.context, code)),
    )
    const subject = numbersOf(effects, 'SUBJECT').values
    const phase = textsOf(effects, 'TRT')
    const treatments = this.places(
      'TRTP',
      phase.dictionary.map((code) => armName(this.context, code)),
    )
    const planned = this.codes.TRTP as Codes
    const actual = this.codes.TRTA as Codes
    for (let row = 0; row < effects.rows; row++) {
      const of = subject[row] as number
      let place = NONE
      if (isPresent(phase.valid, row)) place = treatments[phase.values[row] as number] as number
      else if (isPresent(arm.valid, of)) place = arms[arm.values[of] as number] as number
      if (place === NONE) continue
      planned.put(this.at + row, place)
      actual.put(this.at + row, place)
    }
  }

  /** ADT = TRTSDT + ADY - 1 from day 1 on, TRTSDT + ADY before (R-ADY). */
  private addSubjectsAndDates({ subjects, effects, facts }: ShardRows): void {
    const subject = numbersOf(effects, 'SUBJECT').values
    const { first, last } = subjectRange(subject, effects.rows)
    const shift = this.subjects.length - first
    for (const id of subjects.slice(first, last + 1)) this.subjects.push(usubjid(this.context, id))
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
      STUDYID: { kind: 'text', values: new Uint16Array(this.rows), valid: null, dictionary: [this.context.studyId] },
      USUBJID: { kind: 'text', values: this.usubjid, valid: null, dictionary: this.subjects },
    }
    for (const [name, { values, valid }] of Object.entries(this.numbers)) columns[name] = { kind: 'f64', values, valid }
    for (const [name, { values, valid }] of Object.entries(this.integers)) {
      columns[name] = { kind: name === 'ADT' ? 'date' : 'i32', values, valid }
    }
    for (const [name, column] of Object.entries(this.codes)) {
      if (name !== 'STUDYID') columns[name] = textColumn(column, this.dictionaries[name] as readonly string[])
    }
    return { rows: this.rows, columns }
  }
}

/** Rows are sorted by subject, so the first and the last row tell who is among them. */
function subjectRange(subject: ArrayLike<number>, rows: number): { first: number; last: number } {
  return rows === 0 ? { first: 0, last: -1 } : { first: subject[0] as number, last: subject[rows - 1] as number }
}
