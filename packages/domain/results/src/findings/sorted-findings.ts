import { compareBytes, type Findings, type RuleId } from '@afferent/records'

const TEXTS = [
  ['rule', 'rules'],
  ['file', 'files'],
  ['sheet', 'sheets'],
  ['column', 'columns'],
  ['subject', 'subjects'],
  ['detail', 'details'],
  ['value', 'values'],
] as const
type Field = (typeof TEXTS)[number][0]
type Codes = Record<Field, Int32Array>

/** Order of findings: by place first, so that a file reads from top to bottom. */
const ORDER: readonly (Field | 'line')[] = ['file', 'sheet', 'line', 'column', 'rule', 'subject', 'value', 'detail']

/** Findings of several sets as one, sorted, with sorted dictionaries: the same for sets in any order. */
export function sortedFindings(sets: Iterable<Findings>): Findings {
  const all = [...sets].filter(({ count }) => count > 0)
  const count = all.reduce((sum, set) => sum + set.count, 0)
  const words = {} as Record<Field, string[]>
  const codes = {} as Codes
  for (const [field, list] of TEXTS) {
    words[field] = [...new Set(all.flatMap((set) => [...usedTexts(set, field, list)]))].sort(compareBytes)
    codes[field] = recode(all, field, list, words[field], count)
  }
  const line = new Int32Array(count)
  let at = 0
  for (const set of all) {
    line.set(set.line, at)
    at += set.count
  }
  const order = sortRows(codes, line, count)
  const taken = (field: Field): Int32Array => order.map((row) => codes[field][row] as number)
  return {
    count,
    rules: words.rule as RuleId[],
    files: words.file,
    sheets: words.sheet,
    columns: words.column,
    subjects: words.subject,
    details: words.detail,
    values: words.value,
    rule: Uint16Array.from(taken('rule')),
    file: Uint16Array.from(taken('file')),
    sheet: Uint16Array.from(taken('sheet')),
    line: order.map((row) => line[row] as number),
    column: Uint16Array.from(taken('column')),
    subject: taken('subject'),
    detail: taken('detail'),
    value: taken('value'),
  }
}

function usedTexts(set: Findings, field: Field, list: (typeof TEXTS)[number][1]): Set<string> {
  const texts = set[list]
  const used = new Set<string>()
  for (const code of new Set<number>(set[field])) used.add(texts[code] as string)
  return used
}

function recode(
  sets: readonly Findings[],
  field: Field,
  list: (typeof TEXTS)[number][1],
  words: readonly string[],
  count: number,
): Int32Array {
  const places = new Map(words.map((word, i) => [word, i]))
  const codes = new Int32Array(count)
  let at = 0
  for (const set of sets) {
    const table = Int32Array.from(set[list], (text) => places.get(text) ?? -1)
    const from = set[field]
    for (let i = 0; i < set.count; i++) codes[at++] = table[from[i] as number] as number
  }
  return codes
}

function sortRows(codes: Codes, line: Int32Array, count: number): Int32Array {
  const keys = ORDER.map((field) => (field === 'line' ? line : codes[field]))
  const order = Int32Array.from({ length: count }, (_, i) => i)
  return order.sort((a, b) => {
    for (const key of keys) {
      const difference = (key[a] as number) - (key[b] as number)
      if (difference !== 0) return difference
    }
    return 0
  })
}
