import { checkAnswer, checkTotal, type Instrument, type Score } from '@afferent/instruments'
import type { ColumnOf, TextColumn } from '@afferent/records'
import { allocate, isPresent, markPresent } from '@afferent/records'
import { itemPlaces, knownInstrument, questionnaireOf, safetyEventOf, settingsFor } from '@afferent/study'
import { asText, type FieldValues } from '../read/field-view.ts'
import type { Slot, WideSlot } from '../read/read-plan.ts'
import type { RowJudge } from '../read/row-judge.ts'
import { toAnswer } from './answer-text.ts'
import type { ConvertContext } from './converted.ts'

/** What an item or a score of a questionnaire may hold. */
interface Question {
  readonly instrument: Instrument
  /** Place of the item, -1 for a total. */
  readonly place: number
  readonly total: Score | null
  /** Version of forms that name none. */
  readonly standard: string
}

interface Rejected {
  readonly row: number
  readonly slot: Slot
  readonly detail: string
  readonly text: string
}

/** Reads answers and totals from cells, and says which of them their items cannot have (R-RANGE). */
export class AnswerReader {
  private readonly context: ConvertContext
  private readonly judge: RowJudge
  private readonly questions = new Map<string, Question>()
  /** Of wide exports: cells that were rejected, and which rows have an answer left. */
  private readonly rejected: Rejected[] = []
  private readonly answered: Uint8Array

  constructor(context: ConvertContext, judge: RowJudge) {
    this.context = context
    this.judge = judge
    this.answered = allocate.mask(judge.rows)
  }

  /** One answer per row: a rejected answer quarantines its row, which holds nothing else. */
  readRows(
    values: FieldValues,
    instrument: TextColumn,
    item: TextColumn,
    version: TextColumn | undefined,
  ): ColumnOf<'f64'> {
    return this.read(
      values,
      version,
      (row) => {
        if (!isPresent(instrument.valid, row) || !isPresent(item.valid, row)) return null
        return this.question(instrument.dictionary[instrument.values[row]], item.dictionary[item.values[row]])
      },
      (cell) => this.judge.reject(cell.row, 'answer-rejected', cell.slot, cell.detail, cell.text),
    )
  }

  /** The answers to one item: what is wrong is reported by `settleRows`. */
  readColumn(slot: WideSlot, values: FieldValues, version: TextColumn | undefined): ColumnOf<'f64'> {
    const question = this.question(slot.name as string, slot.item as string)
    return this.read(
      values,
      version,
      () => question,
      (cell) => this.rejected.push(cell),
    )
  }

  /** Reports the rejected cells of a wide export; a row without any answer left is quarantined. */
  settleRows(): void {
    for (const { row, slot, detail, text } of this.rejected) {
      const report = isPresent(this.answered, row) ? this.judge.remark : this.judge.reject
      report(row, 'answer-rejected', slot, detail, text)
    }
  }

  private read(
    values: FieldValues,
    version: TextColumn | undefined,
    questionAt: (row: number) => Question | null,
    reject: (cell: Rejected) => void,
  ): ColumnOf<'f64'> {
    const column = asText(values)
    const { judge, answered } = this
    const out = allocate.f64(column.values.length)
    const valid = allocate.mask(column.values.length)
    const decimal = this.context.source.csv.decimal
    const numbers = column.dictionary.map((text) => toAnswer(text, values.slot.values, decimal))
    for (let row = 0; row < out.length; row++) {
      if (!isPresent(column.valid, row) || judge.isBad(row)) continue
      const question = questionAt(row)
      if (question === null) continue
      const own =
        version !== undefined && isPresent(version.valid, row) ? version.dictionary[version.values[row]] : null
      const text = column.dictionary[column.values[row]]
      const value = numbers[column.values[row]]
      const says =
        value === null ? `${nameOf(question)} is a number, or a word under values` : faultOf(question, value, own)
      if (says !== null) {
        reject({ row, slot: values.slot, detail: says, text })
        continue
      }
      out[row] = value as number
      markPresent(valid, row)
      markPresent(answered, row)
      this.reportSafety(question, row, values.slot, value as number, text)
    }
    return { kind: 'f64', values: out, valid }
  }

  private question(code: string, item: string): Question {
    const key = `${code} ${item}`
    const known = this.questions.get(key)
    if (known !== undefined) return known
    const instrument = knownInstrument(code)
    const given = questionnaireOf(this.context.study, code)
    const question: Question = {
      instrument,
      place: itemPlaces(code).get(item) ?? -1,
      total: instrument.scores.find((score) => score.code === item) ?? null,
      standard: given === undefined ? instrument.versions[0] : settingsFor(given, null).version,
    }
    this.questions.set(key, question)
    return question
  }

  private reportSafety({ instrument, place }: Question, row: number, slot: Slot, value: number, text: string): void {
    if (place < 0) return
    const event = safetyEventOf(instrument, place, value)
    if (event !== null) this.judge.remark(row, 'safety-answer', slot, `${event.code}: ${event.says}`, text)
  }
}

const nameOf = ({ instrument, place, total }: Question): string =>
  place < 0 ? (total?.code ?? '') : `item ${instrument.items[place].id} of ${instrument.code}`

function faultOf(
  { instrument, place, total, standard }: Question,
  value: number,
  version: string | null,
): string | null {
  if (place >= 0) return checkAnswer(instrument, place, value, version ?? standard)?.says ?? null
  return total === null ? null : (checkTotal(total, value)?.says ?? null)
}
