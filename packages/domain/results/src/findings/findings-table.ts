import { type Findings, findingAt, markPresent, maskBytes, RULES, type TextColumn } from '@afferent/records'
import type { ResultTable } from '../result-table.ts'
import { plainText } from '../tables/plain-text.ts'
import { findingMessage } from './finding-message.ts'

const SEVERITIES = ['error', 'info', 'warning']

/** Rows `from` to `to` of sorted findings as the table `findings`; the sentences are made here. */
export function findingsTable(findings: Findings, from: number, to: number): ResultTable {
  const rows = to - from
  const values: (string | null)[] = []
  const messages: string[] = []
  for (let i = from; i < to; i++) {
    const finding = findingAt(findings, i)
    values.push(finding.value || null)
    messages.push(findingMessage(finding))
  }
  return {
    rows,
    columns: {
      RULE: texts(findings.rule.subarray(from, to), findings.rules),
      SEVERITY: severities(findings, from, to),
      FILE: texts(findings.file.subarray(from, to), findings.files),
      SHEET: texts(findings.sheet.subarray(from, to), findings.sheets),
      LINE: { kind: 'i32', values: findings.line.slice(from, to), valid: lines(findings.line.subarray(from, to)) },
      COLUMN: texts(findings.column.subarray(from, to), findings.columns),
      VALUE: plainText(values),
      SUBJECT: texts(findings.subject.subarray(from, to), findings.subjects),
      MESSAGE: plainText(messages),
    },
  }
}

/** Texts every coded column of these findings can hold, for the file's fields. */
export function findingsDictionaries(findings: Findings): Record<string, readonly string[]> {
  return {
    RULE: findings.rules,
    SEVERITY: SEVERITIES,
    FILE: findings.files,
    SHEET: findings.sheets,
    COLUMN: findings.columns,
    SUBJECT: findings.subjects,
  }
}

/** An empty text means that there is none. */
function texts(codes: Uint16Array | Int32Array, dictionary: readonly string[]): TextColumn {
  const valid = new Uint8Array(maskBytes(codes.length))
  const values = new Int32Array(codes)
  for (let row = 0; row < codes.length; row++) {
    if (dictionary[values[row] as number] === '') values[row] = 0
    else markPresent(valid, row)
  }
  return { kind: 'text', values, valid, dictionary }
}

function lines(line: Int32Array): Uint8Array {
  const valid = new Uint8Array(maskBytes(line.length))
  for (let row = 0; row < line.length; row++) if ((line[row] as number) > 0) markPresent(valid, row)
  return valid
}

function severities(findings: Findings, from: number, to: number): TextColumn {
  const ofRule = Uint8Array.from(findings.rules, (rule) => SEVERITIES.indexOf(RULES[rule].severity))
  const values = new Uint8Array(to - from)
  for (let i = from; i < to; i++) values[i - from] = ofRule[findings.rule[i] as number] as number
  return { kind: 'text', values, valid: null, dictionary: SEVERITIES }
}
