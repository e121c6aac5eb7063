import type {
  ByteSource,
  BytesRef,
  Column,
  Compute,
  Finding,
  Findings,
  InForce,
  RecordTable,
  StudyFacts,
  TableName,
  TaskHost,
} from '@afferent/records'
import { FEATURES, findingAt, isPresent, MEDICATIONS } from '@afferent/records'
import { type AnalyticStudy, parseStudy, toIsoDay } from '@afferent/study'
import { type SettledRows, settle, studyFacts, subjectsOf, validateFile } from './index.ts'

/** Small exports written out in tests, judged in this process. */

export function studyOf(yaml: string): AnalyticStudy {
  const parsed = parseStudy(yaml, 'study.yaml')
  if (parsed.kind !== 'study') throw new Error(JSON.stringify(parsed.findings, null, 1))
  return parsed.study.analytic
}

function openBytes(ref: BytesRef): ByteSource {
  if (ref.kind === 'file') throw new Error('tests read from memory')
  const { bytes } = ref
  return {
    size: bytes.length,
    read(into, position) {
      const part = bytes.subarray(position, position + into.length)
      into.set(part)
      return part.length
    },
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

function keepBytes(parts: readonly Uint8Array[]): BytesRef {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return { kind: 'memory', bytes }
}

/** Says it has several threads and runs one task after the other. */
export function pretendThreads(threads: number): Compute {
  const host: TaskHost = {
    open: openBytes,
    isUtf8,
    putAside: keepBytes,
    async run({ module, name }, input) {
      const loaded = (await import(module)) as Record<string, (input: unknown, host: TaskHost) => unknown>
      return loaded[name]?.(input, host) as never
    },
  }
  return {
    threads,
    discard: () => {},
    map: (task, inputs) => Promise.all(inputs.map((input) => host.run(task, input))),
  }
}

export const validateText = (study: AnalyticStudy, name: string, text: string, threads = 1, minRangeBytes?: number) =>
  validateFile({
    ref: { kind: 'memory', bytes: new TextEncoder().encode(text) },
    name,
    study,
    compute: pretendThreads(threads),
    minRangeBytes,
  })

export async function readFiles(study: AnalyticStudy, files: Readonly<Record<string, string>>): Promise<InForce[]> {
  const inForce: InForce[] = []
  for (const [name, text] of Object.entries(files)) {
    const validated = await validateText(study, name, text)
    if (validated.kind !== 'dataset') throw new Error(`${name} was refused: ${validated.code}`)
    const number = inForce.length + 1
    for (const dataset of validated.pieces) inForce.push({ number, file: name, dataset })
  }
  return inForce
}

export interface SettledFiles {
  readonly settled: SettledRows
  readonly facts: StudyFacts
  /** Of files, study and settling. */
  readonly findings: readonly Finding[]
  readonly inForce: readonly InForce[]
}

export async function settleFiles(
  study: AnalyticStudy,
  files: Readonly<Record<string, string>>,
): Promise<SettledFiles> {
  const inForce = await readFiles(study, files)
  const { facts, findings } = studyFacts(inForce, study)
  const settled = settle(inForce, subjectsOf(inForce), study, facts)
  const all = [...inForce.map(({ dataset }) => dataset.findings), findings, settled.findings].flatMap(listOf)
  return { settled, facts, findings: all, inForce }
}

export const listOf = (findings: Findings): Finding[] =>
  Array.from({ length: findings.count }, (_, i) => findingAt(findings, i))

type Plain = Record<string, string | number>
const WORDS = ['features', 'featuresAsked', 'medication', 'medicationAsked']

/** Rows as plain values: subjects by name, days as dates, instants as ISO text, bits as words; missing values left out. */
export function plainRows(
  table: RecordTable<TableName> | null | undefined,
  subjects: readonly string[],
  fields?: readonly string[],
): Plain[] {
  if (table === null || table === undefined) return []
  const columns = Object.entries(table.columns as Record<string, Column>).filter(
    ([name]) => fields?.includes(name) ?? true,
  )
  return Array.from({ length: table.rows }, (_, row) => {
    const plain: Plain = { subject: subjects[table.subject[row]] }
    for (const [name, column] of columns) if (isPresent(column.valid, row)) plain[name] = plainCell(name, column, row)
    return plain
  })
}

function plainCell(name: string, column: Column, row: number): string | number {
  const value = column.values[row]
  if (column.kind === 'text') return column.dictionary[value]
  if (column.kind === 'instant') return new Date(value).toISOString().slice(0, 16)
  if (name === 'day' && value > 10_000) return toIsoDay(value)
  if (!WORDS.includes(name)) return value
  const words = name.startsWith('features') ? Object.keys(FEATURES) : MEDICATIONS
  return words.filter((_, bit) => (value & (1 << bit)) !== 0).join(' ')
}

/** `line column="value" rule` of each finding. */
export const printFindings = (findings: readonly Finding[]): string[] =>
  findings.map(({ rule, line, column, value }) => `${line} ${column}="${value}" ${rule}`)
