import { readdirSync, readFileSync } from 'node:fs'
import { openCompute } from '@afferent/compute'
import type { Finding, Findings, InForce } from '@afferent/records'
import { FindingsBuilder, findingAt, RULES } from '@afferent/records'
import { parseStudy } from '@afferent/study'
import { settle, studyFacts, subjectsOf, validateFile } from '@afferent/validation'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

/**
 * Exports beside what must be found in them. A case is one YAML file:
 *
 * says      the rule as a sentence        study   the study file
 * files     name -> text, { hex } for bytes that are no text, or { before, xs, after } with that many x between the texts
 * rows      name -> 'read, used, quarantined, excluded by rule', or 'refused: state, code'
 * settled   the same for all files together, after rules across files; absent: not looked at
 * findings  every finding, in any order: `file:line column="value" rule (subject)`
 */
interface Case {
  readonly says: string
  readonly study: string
  readonly files: Readonly<Record<string, Content>>
  readonly rows: Readonly<Record<string, string>>
  readonly settled?: string
  readonly findings: readonly string[]
}

type Content =
  | string
  | { readonly hex: string }
  | { readonly before: string; readonly xs: number; readonly after: string }

const CASES = 58
const folder = new URL('./cases/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
const cases = names.map((name) => [name, parse(readFileSync(new URL(name, folder), 'utf8')) as Case] as const)
const raised = new Set<string>()

function bytesOf(content: Content): Uint8Array {
  if (typeof content === 'string') return new TextEncoder().encode(content)
  if ('hex' in content) return Buffer.from(content.hex, 'hex')
  return new TextEncoder().encode(`${content.before}${'x'.repeat(content.xs)}${content.after}`)
}

const listOf = (findings: Findings): Finding[] =>
  Array.from({ length: findings.count }, (_, i) => findingAt(findings, i))

function print({ rule, file, line, column, value, subject }: Finding): string {
  const place = file === '' ? 'study' : `${file}${line === 0 ? '' : `:${line}`}`
  const cell = column === '' && value === '' ? '' : ` ${column}="${value}"`
  return `${place}${cell} ${rule}${subject === '' ? '' : ` (${subject})`}`
}

interface Counts {
  readonly read: number
  readonly used: number
  readonly quarantined: number
  readonly excluded: Readonly<Record<string, number>>
}

function printCounts({ read, used, quarantined, excluded }: Counts): string {
  const rules = Object.entries(excluded).map(([rule, n]) => `, ${n} ${rule}`)
  return `${read} read, ${used} used, ${quarantined} quarantined${rules.sort().join('')}`
}

async function run({ study: yaml, files }: Case) {
  const parsed = parseStudy(yaml, 'study.yaml')
  if (parsed.kind !== 'study') throw new Error(JSON.stringify(parsed.findings))
  const study = parsed.study.analytic
  const compute = openCompute({ threads: 1 })
  const findings = new FindingsBuilder()
  const rows: Record<string, string> = {}
  const inForce: InForce[] = []
  for (const [i, [name, content]] of Object.entries(files).entries()) {
    const file = await validateFile({ ref: { kind: 'memory', bytes: bytesOf(content) }, name, study, compute })
    if (file.kind === 'refused') {
      findings.addAll(file.findings)
      rows[name] = `refused: ${file.state}, ${file.code}`
      continue
    }
    expect(file.pieces).toHaveLength(1)
    for (const dataset of file.pieces) {
      findings.addAll(dataset.findings)
      rows[name] = printCounts(dataset.counts)
      inForce.push({ number: i + 1, file: name, dataset })
    }
  }
  const { facts, findings: ofStudy } = studyFacts(inForce, study)
  const settled = settle(inForce, subjectsOf(inForce), study, facts)
  findings.addAll(ofStudy)
  findings.addAll(settled.findings)
  const used = inForce.reduce((sum, { dataset }) => sum + dataset.counts.used, 0)
  expect(settled.counts.read).toBe(used)
  const list = listOf(findings.build())
  for (const { rule } of list) raised.add(rule)
  for (const rule of Object.keys(settled.excluded)) raised.add(rule)
  return { rows, settled: printCounts(settled.counts), findings: list.map(print) }
}

describe('the corpus of exports and what is found in them', () => {
  it.each(cases)('%s', async (_, given) => {
    const got = await run(given)
    const settled = given.settled === undefined ? undefined : got.settled
    expect({ ...got, settled, findings: [...got.findings].sort() }).toEqual({
      rows: given.rows,
      settled: given.settled,
      findings: [...given.findings].sort(),
    })
  })

  it('has all its cases, each with a sentence', () => {
    expect(cases.length).toBe(CASES)
    expect(cases.filter(([, { says }]) => !/^[A-Z0-9].{20,}/.test(says))).toEqual([])
  })

  it('raises every rule of the catalogue', () => {
    expect(Object.keys(RULES).filter((rule) => !raised.has(rule))).toEqual([])
  })
})
