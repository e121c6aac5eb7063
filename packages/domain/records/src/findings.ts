import type { RuleId } from './rules.ts'

/**
 * Findings as columns: growable arrays, no object per finding (a million of them cost tens of megabytes).
 * The sentence is made when a finding is written, from the rule's text and `detail`.
 *
 * `file` codes into `files`, 0 for a finding on the study as a whole (files[0] is ''). `line` 0: no line. `column` codes
 * into `columns` (0: none). `value` is the cell as found, at most 200 characters. `subject` is the subject's id or ''.
 * `detail` is a sentence fragment that completes the rule's text for this finding, or ''.
 */
export interface Findings {
  readonly count: number
  readonly rules: readonly RuleId[]
  readonly files: readonly string[]
  readonly sheets: readonly string[]
  readonly columns: readonly string[]
  readonly subjects: readonly string[]
  readonly details: readonly string[]
  readonly values: readonly string[]
  /** One entry per finding, each a code into the list of the same name. */
  readonly rule: Uint16Array
  readonly file: Uint16Array
  readonly sheet: Uint16Array
  readonly line: Int32Array
  readonly column: Uint16Array
  readonly subject: Int32Array
  readonly detail: Int32Array
  readonly value: Int32Array
}

/** One finding spelled out: how rules report and how tests and screens read. Never used to hold many. */
export interface Finding {
  readonly rule: RuleId
  readonly file?: string
  readonly sheet?: string
  readonly line?: number
  readonly column?: string
  readonly value?: string
  readonly subject?: string
  readonly detail?: string
}

class Interner {
  readonly list: string[] = ['']
  private readonly codes = new Map<string, number>([['', 0]])

  code(text: string): number {
    const known = this.codes.get(text)
    if (known !== undefined) return known
    const code = this.list.length
    this.list.push(text)
    this.codes.set(text, code)
    return code
  }
}

const VALUE_LENGTH = 200
const FIELDS = 8

/** Collects findings of one file or one study. */
export class FindingsBuilder {
  private readonly rules = new Interner()
  private readonly files = new Interner()
  private readonly sheets = new Interner()
  private readonly columns = new Interner()
  private readonly subjects = new Interner()
  private readonly details = new Interner()
  private readonly values = new Interner()
  private cells = new Int32Array(FIELDS * 64)
  count = 0

  add(finding: Finding): void {
    if ((this.count + 1) * FIELDS > this.cells.length) {
      const grown = new Int32Array(this.cells.length * 2)
      grown.set(this.cells)
      this.cells = grown
    }
    const value = finding.value ?? ''
    const at = this.count++ * FIELDS
    this.cells[at] = this.rules.code(finding.rule)
    this.cells[at + 1] = this.files.code(finding.file ?? '')
    this.cells[at + 2] = this.sheets.code(finding.sheet ?? '')
    this.cells[at + 3] = finding.line ?? 0
    this.cells[at + 4] = this.columns.code(finding.column ?? '')
    this.cells[at + 5] = this.subjects.code(finding.subject ?? '')
    this.cells[at + 6] = this.details.code(finding.detail ?? '')
    this.cells[at + 7] = this.values.code(value.length > VALUE_LENGTH ? `${value.slice(0, VALUE_LENGTH)}...` : value)
  }

  /** Takes over all findings of another set, under another file name if one is given. */
  addAll(others: Findings, file?: string): void {
    for (let i = 0; i < others.count; i++) {
      const finding = findingAt(others, i)
      this.add(file === undefined ? finding : { ...finding, file })
    }
  }

  build(): Findings {
    const n = this.count
    const field = (k: number): Int32Array => {
      const out = new Int32Array(n)
      for (let i = 0; i < n; i++) out[i] = this.cells[i * FIELDS + k] as number
      return out
    }
    return {
      count: n,
      rules: this.rules.list as RuleId[],
      files: this.files.list,
      sheets: this.sheets.list,
      columns: this.columns.list,
      subjects: this.subjects.list,
      details: this.details.list,
      values: this.values.list,
      rule: Uint16Array.from(field(0)),
      file: Uint16Array.from(field(1)),
      sheet: Uint16Array.from(field(2)),
      line: field(3),
      column: Uint16Array.from(field(4)),
      subject: field(5),
      detail: field(6),
      value: field(7),
    }
  }
}

export function findingAt(findings: Findings, i: number): Finding {
  return {
    rule: findings.rules[findings.rule[i] as number] as RuleId,
    file: findings.files[findings.file[i] as number] as string,
    sheet: findings.sheets[findings.sheet[i] as number] as string,
    line: findings.line[i] as number,
    column: findings.columns[findings.column[i] as number] as string,
    subject: findings.subjects[findings.subject[i] as number] as string,
    detail: findings.details[findings.detail[i] as number] as string,
    value: findings.values[findings.value[i] as number] as string,
  }
}

export const NO_FINDINGS: Findings = new FindingsBuilder().build()
