import { type Column, isPresent, type Parameter, type TextColumn } from '@afferent/records'
import { ADTTE } from '../columns/adtte.ts'
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

const TEXTS = ['PARAMCD', 'EVNTDESC', 'AREASON']
const OF_PARAMETER: Readonly<Record<string, (parameter: Parameter) => string | null>> = {
  PARAM: (parameter) => parameter.label,
  PARCAT1: (parameter) => parameter.category,
  AVALU: (parameter) => (parameter.unit === '' ? null : parameter.unit),
  METHOD: (parameter) => (parameter.method === '' ? null : parameter.method),
}

/** Spells out adtte rows; like `EffectsTable`, for time-to-event parameters. */
export class EventsTable {
  readonly fields: readonly ResultField[]
  private readonly context: RunContext
  private readonly dictionaries: Readonly<Record<string, readonly string[]>>

  constructor(context: RunContext) {
    this.context = context
    const dictionaries: Record<string, readonly string[]> = { STUDYID: [context.studyId] }
    dictionaries.TRTP = treatmentTexts(context)
    dictionaries.TRTA = dictionaries.TRTP
    for (const name of TEXTS) dictionaries[name] = sortedTexts(context.eventTexts[name] ?? [])
    for (const [name, textOf] of Object.entries(OF_PARAMETER)) {
      dictionaries[name] = sortedTexts(context.parameters.map(textOf).filter((text) => text !== null))
    }
    this.dictionaries = dictionaries
    this.fields = ADTTE.map((column) => ({ ...column, dictionary: dictionaries[column.name] ?? [] }))
  }

  rowsOf(shards: readonly ShardRows[]): ResultTable {
    const rows = shards.reduce((sum, { events }) => sum + events.rows, 0)
    const subjects: string[] = []
    const positions: number[] = []
    const ids = new Int32Array(rows)
    const values = new FilledColumn(new Float64Array(rows))
    const censored = new FilledColumn(new Int32Array(rows))
    const codes: Record<string, FilledColumn<Uint16Array>> = {}
    for (const name of Object.keys(this.dictionaries)) codes[name] = new FilledColumn(new Uint16Array(rows))
    let at = 0
    for (const shard of shards) {
      const { events } = shard
      values.append(at, numbersOf(events, 'AVAL'), events.rows)
      censored.append(at, numbersOf(events, 'CNSR'), events.rows)
      this.addTexts(codes, shard, at)
      this.addTreatments(codes, shard, at)
      const subject = numbersOf(events, 'SUBJECT').values
      for (let row = 0; row < events.rows; row++) ids[at + row] = subjects.length + (subject[row] as number)
      shard.subjects.forEach((id, of) => {
        subjects.push(usubjid(this.context, id))
        positions.push(shard.firstSubject + of)
      })
      at += events.rows
    }
    const columns: Record<string, Column> = {
      AVAL: { kind: 'f64', values: values.values, valid: values.valid },
      CNSR: { kind: 'i32', values: censored.values, valid: censored.valid },
    }
    for (const [name, column] of Object.entries(codes)) {
      columns[name] = textColumn(column, this.dictionaries[name] as readonly string[])
    }
    columns.STUDYID = { kind: 'text', values: new Uint16Array(rows), valid: null, dictionary: [this.context.studyId] }
    columns.USUBJID = { kind: 'text', values: ids, valid: null, dictionary: subjects }
    return { rows, columns, places: { USUBJID: Int32Array.from(positions) } }
  }

  private addTexts(codes: Record<string, FilledColumn<Uint16Array>>, { events }: ShardRows, at: number): void {
    for (const name of TEXTS) {
      const column = textsOf(events, name)
      codes[name]?.look(at, column, this.places(name, column.dictionary), events.rows)
    }
    const parameter = textsOf(events, 'PARAMCD')
    const known = new Map(this.context.parameters.map((p) => [p.code, p]))
    for (const [name, textOf] of Object.entries(OF_PARAMETER)) {
      const texts = parameter.dictionary.map((code) => {
        const found = known.get(code)
        if (found === undefined) throw new Error(`parameter ${code} is not in the catalogue of this run`)
        return textOf(found)
      })
      codes[name]?.look(at, parameter, this.places(name, texts), events.rows)
    }
  }

  private addTreatments(codes: Record<string, FilledColumn<Uint16Array>>, shard: ShardRows, at: number): void {
    const { arm, treated } = shard.facts
    const placesIn = ({ dictionary }: TextColumn): Int32Array =>
      this.places(
        'TRTP',
        dictionary.map((code) => armName(this.context, code)),
      )
    const planned = placesIn(arm)
    const actual = placesIn(treated)
    const subject = numbersOf(shard.events, 'SUBJECT').values
    for (let row = 0; row < shard.events.rows; row++) {
      const of = subject[row] as number
      const place = isPresent(arm.valid, of) ? (planned[arm.values[of] as number] as number) : NONE
      const given = isPresent(treated.valid, of) ? (actual[treated.values[of] as number] as number) : place
      if (place !== NONE) codes.TRTP?.put(at + row, place)
      if (given !== NONE) codes.TRTA?.put(at + row, given)
    }
  }

  private places(name: string, texts: readonly (string | null)[]): Int32Array {
    const places = placesIn(this.dictionaries[name] ?? [], texts)
    if (texts.some((text, i) => text !== null && places[i] === NONE)) {
      throw new Error(`column ${name} of a shard holds a text that the study does not foresee`)
    }
    return places
  }
}
