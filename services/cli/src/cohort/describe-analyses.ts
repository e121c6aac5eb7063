import type { AnalysisResult } from '@afferent/results'
import type { Paint } from '../paint.ts'
import { printable } from '../printable.ts'
import { textTable } from '../text-table.ts'

const COLUMNS = [
  { title: 'who' },
  { title: 'visit' },
  { title: 'what' },
  { title: 'estimate', align: 'right' },
  { title: '95 % CI', align: 'right' },
  { title: 'p', align: 'right' },
  { title: 'n', align: 'right' },
  { title: 'method' },
] as const

/** A table per analysis, the methods under it by number, and what each comparison says in words. */
export function describeAnalyses(
  results: readonly AnalysisResult[],
  labelOf: (parameter: string) => string,
  paint: Paint,
): string {
  const blocks = new Map<string, AnalysisResult[]>()
  for (const result of results) {
    const known = blocks.get(result.analysis)
    if (known === undefined) blocks.set(result.analysis, [result])
    else known.push(result)
  }
  return [...blocks].map(([name, block]) => describeBlock(name, block, labelOf, paint)).join('\n')
}

const isFact = ({ code }: AnalysisResult): boolean => code === 'ICEMAN'

function describeBlock(
  name: string,
  all: readonly AnalysisResult[],
  labelOf: (parameter: string) => string,
  paint: Paint,
): string {
  const block = all.filter((result) => !isFact(result))
  const modifiers = [...new Set(all.filter(isFact).map(({ level }) => level))]
  const first = all[0] as AnalysisResult
  const methods = [...new Set(block.map(({ method }) => method))]
  const rows = block.map((result) => {
    const { who, level, visit, stat, estimate, limits, p, adjusted, n, reason, method } = result
    const range = limits === '' && reason !== '' ? reason : limits
    const mark = `[${methods.indexOf(method) + 1}]`
    return [
      level === '' ? who : `${who}, ${level}`,
      visit,
      stat,
      estimate,
      range,
      adjusted === '' ? p : `${p} (adjusted ${adjusted})`,
      n,
      mark,
    ].map(printable)
  })
  const title = `${name}: ${first.parameter}, ${labelOf(first.parameter)}; estimand ${first.estimand}, analysis set ${first.set}`
  return [
    `${paint('bold', printable(title))}\n`,
    textTable(COLUMNS, rows),
    ...methods.map((method, k) => `[${k + 1}] ${printable(method)}\n`),
    modifiers.length === 0
      ? ''
      : `Facts for ICEMAN on ${modifiers.join(', ')} stand in the table cohort; its judgement is yours\n`,
    'In words\n',
    ...block
      .filter(({ compares, level }) => compares && level === '')
      .map(({ sentence }) => `  ${printable(sentence)}\n`),
  ].join('')
}
