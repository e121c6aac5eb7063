import { scoreForm } from '@afferent/instruments'
import type { RecordTable } from '@afferent/records'
import { type Form, knownInstrument, readForm, settingsFor } from '@afferent/study'
import { lineOf } from '../join/part.ts'
import type { Changes } from '../settle/changes.ts'
import { columnOf } from '../settle/file-slice.ts'
import { fateCode, fileOf, type JudgedRows } from '../settle/judged-rows.ts'

const TOLERANCE = 1e-9

type Assessments = RecordTable<'assessments'>

/**
 * Whole forms: answers that exclude each other reject theirs (`form-rejected`: its rows are left out); a total summed elsewhere
 * that is not the score of the items beside it is told (`total-differs`: the score of the items counts). A total agrees if
 * it is the score rounded to the digits it is written with.
 */
export function checkForms(rows: JudgedRows, changes: Changes): void {
  if (rows.name !== 'assessments') return
  const table = { ...rows.table, columns: changes.columns() } as unknown as Assessments
  const isLeft = (row: number): boolean => rows.fate[row] !== 0 || changes.isDropped(row)
  for (let from = 0; from < table.rows; ) {
    const { form, to } = readForm(rows.study, table, from, table.rows, isLeft)
    if (form !== null) checkForm(rows, table, form, isLeft)
    from = to
  }
}

function checkForm(rows: JudgedRows, table: Assessments, form: Form, isLeft: (row: number) => boolean): void {
  const instrument = knownInstrument(form.given.code)
  const scores = new Float64Array(instrument.scores.length)
  const fault = scoreForm(instrument, form.answers, scores, settingsFor(form.given, form.version))
  if (fault !== null) rejectForm(rows, form, fault.says, isLeft)
  else {
    instrument.scores.forEach(({ code }, i) => {
      if (!agrees(form.totals[i], scores[i])) reportTotal(rows, table, form, code, form.totals[i], scores[i], isLeft)
    })
  }
}

function rejectForm(rows: JudgedRows, form: Form, says: string, isLeft: (row: number) => boolean): void {
  const own = rowsBetween(form.from, form.to).filter((row) => !isLeft(row))
  report(rows, 'form-rejected', own[0], '', '', says)
  for (const row of own) rows.fate[row] = fateCode('form-rejected')
}

/** Where one of the two is missing (NaN) they agree. */
function agrees(total: number, score: number): boolean {
  const decimals = String(total).split('.')[1]?.length ?? 0
  return !(Math.abs(total - score) > 0.5 * 10 ** -decimals + TOLERANCE)
}

function reportTotal(
  rows: JudgedRows,
  { columns }: Assessments,
  { from, to, given }: Form,
  code: string,
  total: number,
  score: number,
  isLeft: (row: number) => boolean,
): void {
  const { item } = columns
  const row = rowsBetween(from, to).find((one) => !isLeft(one) && item?.dictionary[item.values[one]] === code) ?? from
  const { source } = fileOf(rows, row)
  const cell = source?.cells.find((one) => one.name === given.code && one.item === code)?.column
  report(
    rows,
    'total-differs',
    row,
    cell ?? columnOf(source, 'value'),
    String(total),
    `${code} of the items is ${score}`,
  )
}

function report(
  rows: JudgedRows,
  rule: 'form-rejected' | 'total-differs',
  row: number,
  column: string,
  value: string,
  detail: string,
): void {
  const subject = rows.subjects[rows.table.subject[row]]
  rows.findings.add({
    rule,
    file: fileOf(rows, row).file,
    line: lineOf(rows.table, row),
    column,
    value,
    subject,
    detail,
  })
}

const rowsBetween = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)
