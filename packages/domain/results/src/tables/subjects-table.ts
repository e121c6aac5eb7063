import {
  type Column,
  type ColumnOf,
  type ColumnTable,
  isPresent,
  type Parameter,
  type ShardResult,
  type TextColumn,
} from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { adslColumns, primaryCuts, responderColumn, SUBJECT_RESPONSES } from '../columns/adsl.ts'
import type { ResultColumn } from '../columns/column.ts'
import type { ResultTable } from '../result-table.ts'
import { FilledColumn } from './filled-column.ts'
import { armName, type RunContext } from './run-context.ts'
import { numbersOf, textsOf } from './shard-columns.ts'
import { TextCells } from './text-cells.ts'

const NUMBER_FACTS = { AGE: 'age', BMI: 'bmi', PDURY: 'painDuration' } as const
const TEXT_FACTS = { SITEID: 'site', ARM: 'arm', SEX: 'sex', CONDITN: 'condition', CHTYPE: 'clusterType' } as const
const DATE_FACTS = { TRTSDT: 'dayZero', EOSDT: 'lastDay' } as const

/** Collects adsl, one row per subject, while the shards pass by. */
export class SubjectsTable {
  readonly columns: readonly ResultColumn[]
  private at = 0
  private readonly study: AnalyticStudy
  private readonly primary: Parameter | undefined
  private readonly context: RunContext
  private readonly ids: readonly string[]
  private readonly numbers: Record<string, FilledColumn<Float64Array>> = {}
  private readonly dates: Record<string, FilledColumn<Int32Array>> = {}
  private readonly texts: Record<string, TextCells> = {}

  /** `ids`: USUBJID of all subjects, in byte order. */
  constructor(study: AnalyticStudy, parameters: readonly Parameter[], context: RunContext, ids: readonly string[]) {
    this.study = study
    this.primary = parameters.find(({ code }) => code === study.primary?.parameter)
    this.context = context
    this.ids = ids
    const rows = ids.length
    this.columns = adslColumns(study, parameters)
    for (const { name, type } of this.columns) {
      if (type === 'text') this.texts[name] = new TextCells(rows)
      else if (type === 'date') this.dates[name] = new FilledColumn(new Int32Array(rows))
      else this.numbers[name] = new FilledColumn(new Float64Array(rows))
    }
  }

  add(shard: Pick<ShardResult, 'subjects' | 'facts' | 'effects' | 'safety'>): void {
    const { facts, subjects } = shard
    const n = subjects.length
    for (let i = 0; i < n; i++) this.put('STUDYID', i, this.context.studyId)
    for (const [name, fact] of Object.entries(TEXT_FACTS)) this.addTexts(name, facts[fact], n)
    const print = (code: string): string => armName(this.context, code)
    for (const name of ['TRTP', 'TRTA']) this.addTexts(name, facts.arm, n, print)
    this.addTexts('TRTA', facts.treated, n, print)
    for (const [name, fact] of Object.entries(NUMBER_FACTS)) this.numbers[name]?.append(this.at, facts[fact], n)
    for (const [name, fact] of Object.entries(DATE_FACTS)) {
      if (this.context.calendar === 'dates') this.dates[name]?.append(this.at, facts[fact], n)
    }
    for (const [name, column] of Object.entries(facts.covariates)) {
      if (column.kind === 'text') this.addTexts(name, column, n)
      else this.numbers[name]?.append(this.at, column, n)
    }
    if (shard.safety !== undefined) this.addExposure(shard.safety.exposure, n)
    this.addResponders(shard)
    this.addResponses(shard)
    this.at += n
  }

  private addExposure({ columns: { SAFFL, EXTO } }: ColumnTable, n: number): void {
    this.addTexts('SAFFL', SAFFL as TextColumn, n)
    if (this.context.calendar === 'dates') this.dates.TRTEDT?.append(this.at, EXTO as ColumnOf<'i32'>, n)
  }

  table(): ResultTable {
    const columns: Record<string, Column> = {}
    for (const { name } of this.columns) columns[name] = this.column(name)
    return { rows: this.ids.length, columns }
  }

  private column(name: string): Column {
    if (name === 'USUBJID') {
      return { kind: 'text', values: Int32Array.from(this.ids.keys()), valid: null, dictionary: this.ids }
    }
    const texts = this.texts[name]
    if (texts !== undefined) return texts.column()
    const days = this.dates[name]
    if (days !== undefined) return { kind: 'date', values: days.values, valid: days.valid }
    const { values, valid } = this.numbers[name] as FilledColumn<Float64Array>
    return { kind: 'f64', values, valid }
  }

  private put(name: string, subject: number, text: string | null): void {
    this.texts[name]?.set(this.at + subject, text)
  }

  private addTexts(name: string, column: TextColumn, rows: number, print = (text: string) => text): void {
    for (let row = 0; row < rows; row++) {
      if (isPresent(column.valid, row))
        this.put(name, row, print(column.dictionary[column.values[row] as number] as string))
    }
  }

  /** RSPnn of the primary parameter and visit; a subject with several such rows (phases) has no single answer. */
  private addResponders({ effects, subjects }: Pick<ShardResult, 'effects' | 'subjects'>): void {
    const { primary } = this.study
    if (primary === null) return
    const rows = rowsWhere(effects, primary.parameter, primary.visit)
    const subject = numbersOf(effects, 'SUBJECT').values
    const rowOf = new Int32Array(subjects.length).fill(-1)
    for (const row of rows) {
      const of = subject[row] as number
      rowOf[of] = rowOf[of] === -1 ? row : -2
    }
    const answers = textsOf(effects, 'AVALC')
    rowOf.forEach((row, of) => {
      if (row >= 0) this.put(primary.parameter, of, textAt(answers, row))
    })
    primaryCuts(this.study, this.primary).forEach((cut, i) => {
      const flags = textsOf(effects, `CRIT${i + 1}FL`)
      rowOf.forEach((row, of) => {
        if (row >= 0) this.put(responderColumn(cut), of, textAt(flags, row))
      })
    })
  }

  private addResponses({ effects }: Pick<ShardResult, 'effects'>): void {
    const answers = textsOf(effects, 'AVALC')
    const subject = numbersOf(effects, 'SUBJECT').values
    for (const code of SUBJECT_RESPONSES) {
      if (this.texts[code] === undefined) continue
      for (const row of rowsWhere(effects, code, null)) this.put(code, subject[row] as number, textAt(answers, row))
    }
  }
}

function* rowsWhere(effects: ShardResult['effects'], parameter: string, visit: number | null): Generator<number> {
  const codes = textsOf(effects, 'PARAMCD')
  const code = codes.dictionary.indexOf(parameter)
  const visits = numbersOf(effects, 'AVISITN').values
  for (let row = 0; row < effects.rows; row++) {
    if (codes.values[row] === code && (visit === null || visits[row] === visit)) yield row
  }
}

function textAt(column: TextColumn, row: number): string | null {
  return isPresent(column.valid, row) ? (column.dictionary[column.values[row] as number] as string) : null
}
