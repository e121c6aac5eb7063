import { integer, PROJECT, type ResultColumn, text } from './column.ts'

const many = { ...PROJECT, texts: 'many' } as const
const free = { ...PROJECT, texts: 'free' } as const

/** findings: one row per thing that is wrong with an export, or that was done to it. */
export const FINDINGS: readonly ResultColumn[] = [
  text('RULE', 'Rule', 'id of the rule in the catalogue', PROJECT),
  text('SEVERITY', 'Severity', 'error: the row waits; warning: look at it; info: what was done', PROJECT),
  text('FILE', 'File', 'name of the upload; missing: the study as a whole', many),
  text('SHEET', 'Sheet', 'sheet of a workbook', many),
  integer('LINE', 'Line', 'physical line, the first is 1', PROJECT),
  text('COLUMN', 'Column', 'header of the column', many),
  text('VALUE', 'Value', 'the cell as found, at most 200 characters', free),
  text('SUBJECT', 'Subject', 'id of the subject as exported', many),
  text('MESSAGE', 'Message', 'place, value, rule and what would be right', free),
]
