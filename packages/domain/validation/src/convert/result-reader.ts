import { ABOVE, allocate, BELOW, type ColumnOf, isPresent, MEASURED, markPresent, type RuleId } from '@afferent/records'
import { type Analyte, type ResultDeclaration, unitFactor } from '@afferent/study'
import { asText, type FieldValues } from '../read/field-view.ts'
import type { Slot } from '../read/read-plan.ts'
import type { RowJudge } from '../read/row-judge.ts'
import type { ConvertContext } from './converted.ts'
import { type ReadResult, readResult, type WrittenResult } from './result-text.ts'

/** R-NUM. */
const TOLERANCE = 1e-9

/** What is known about the result of one row beside its text. */
export interface Asked {
  readonly analyte: Analyte
  readonly unit: string | null
  /** Slot of the cell that holds the unit, for findings. */
  readonly unitSlot: Slot | null
  readonly lloq: number | null
  readonly uloq: number | null
}

export interface Results {
  readonly value: ColumnOf<'f64'>
  readonly quantified: ColumnOf<'u8'>
}

interface Rejected {
  readonly row: number
  readonly rule: RuleId
  readonly slot: Slot
  readonly detail: string
  readonly text: string | undefined
}

type Fault = Pick<Rejected, 'rule' | 'detail'> & { readonly slot?: Slot | null }

/**
 * Reads results from cells into the canonical unit of their analyte.
 *
 * Below      '< x' below x; a number below the declared LLOQ below that. Above alike. What stands for them is decided later:
 *            the record keeps the limit and the side.
 * Rejected   zero and negative results, words, an unknown unit, '<' without a limit: `result-rejected`, `unit-unknown`.
 *            In a row of several results (`readColumn`) the others stay; a row is quarantined if none is left.
 */
export class ResultReader {
  private readonly context: ConvertContext
  private readonly judge: RowJudge
  private readonly rejected: Rejected[] = []
  private readonly answered: Uint8Array

  constructor(context: ConvertContext, judge: RowJudge) {
    this.context = context
    this.judge = judge
    this.answered = allocate.mask(judge.rows)
  }

  /** One result per row: a rejected one quarantines its row, which holds nothing else. */
  readRows(values: FieldValues, words: ResultDeclaration['values'], askedAt: (row: number) => Asked | null): Results {
    return this.read(values, words, askedAt, ({ row, rule, slot, detail, text }) =>
      this.judge.reject(row, rule, slot, detail, text),
    )
  }

  /** The results of one analyte: what is wrong is reported by `settleRows`. */
  readColumn(values: FieldValues, words: ResultDeclaration['values'], asked: Asked): Results {
    return this.read(
      values,
      words,
      () => asked,
      (cell) => this.rejected.push(cell),
    )
  }

  /** Reports the rejected cells of a wide export; a row without any result left is quarantined. */
  settleRows(): void {
    for (const { row, rule, slot, detail, text } of this.rejected) {
      const report = isPresent(this.answered, row) ? this.judge.remark : this.judge.reject
      report(row, rule, slot, detail, text)
    }
  }

  private read(
    values: FieldValues,
    words: ResultDeclaration['values'],
    askedAt: (row: number) => Asked | null,
    reject: (cell: Rejected) => void,
  ): Results {
    const { judge, answered } = this
    const column = asText(values)
    const rows = column.values.length
    const out = allocate.f64(rows)
    const side = allocate.u8(rows)
    const valid = allocate.mask(rows)
    const read = column.dictionary.map((text) => readResult(text, words, this.context.source.csv.decimal))
    for (let row = 0; row < rows; row++) {
      if (!isPresent(column.valid, row) || judge.isOut(row)) continue
      const asked = askedAt(row)
      if (asked === null) continue
      const result = read[column.values[row]]
      const text = column.dictionary[column.values[row]]
      const found = settleResult(result, asked)
      if ('rule' in found) {
        const slot = found.slot === undefined ? values.slot : (found.slot ?? values.slot)
        reject({ row, rule: found.rule, slot, detail: found.detail, text: slot === values.slot ? text : undefined })
        continue
      }
      if (found.remark !== null) judge.remark(row, 'limit-differs', values.slot, found.remark, text)
      out[row] = found.number
      side[row] = found.where
      markPresent(valid, row)
      markPresent(answered, row)
    }
    return { value: { kind: 'f64', values: out, valid }, quantified: { kind: 'u8', values: side, valid } }
  }
}

type Settled = WrittenResult & { readonly remark: string | null }

function settleResult(result: ReadResult, asked: Asked): Settled | Fault {
  const { analyte, unit, unitSlot, lloq, uloq } = asked
  const factor = unit === null ? null : unitFactor(analyte, unit)
  const known = `known of ${analyte.code}: ${Object.keys(analyte.units).join(', ')}`
  if (factor === null)
    return { rule: 'unit-unknown', detail: unit === null ? `no unit; ${known}` : known, slot: unitSlot }
  if ('fault' in result) {
    if (result.fault === 'thousands') return { rule: 'number-thousands', detail: 'set decimal: point or comma' }
    return { rule: 'result-rejected', detail: `${analyte.code} is a number, or < or > with its limit` }
  }
  const limit = result.where === BELOW ? lloq : result.where === ABOVE ? uloq : null
  if (Number.isNaN(result.number)) {
    if (limit !== null) return { where: result.where, number: limit * factor, remark: null }
    return {
      rule: 'result-rejected',
      detail: `no ${result.where === BELOW ? 'lloq' : 'uloq'} is declared for ${analyte.code}`,
    }
  }
  if (result.number <= 0) return { rule: 'result-rejected', detail: `${analyte.code} is above zero` }
  if (result.where !== MEASURED) {
    const differs = limit !== null && Math.abs(limit - result.number) > TOLERANCE
    return { where: result.where, number: result.number * factor, remark: differs ? `${limit} is declared` : null }
  }
  if (lloq !== null && result.number < lloq - TOLERANCE) return { where: BELOW, number: lloq * factor, remark: null }
  if (uloq !== null && result.number > uloq + TOLERANCE) return { where: ABOVE, number: uloq * factor, remark: null }
  return { where: MEASURED, number: result.number * factor, remark: null }
}
