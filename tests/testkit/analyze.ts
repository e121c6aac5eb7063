import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { openCompute } from '@afferent/compute'
import type { ContentId, FolderWriter } from '@afferent/ledger'
import { type AnalyzedFile, type AnalyzePorts, layOut, writeAnalysis } from '@afferent/pipeline'
import { digest } from '@afferent/runtime'
import { parseStudy, printIssue, type Study } from '@afferent/study'
import { parse } from 'csv-parse/sync'

/** One file of an analysis under test: its name and its bytes. */
export interface GivenFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export type Row = Readonly<Record<string, string>>

export interface Answer {
  readonly run: ContentId
  /** Every file written, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Rows of a result table as read by csv-parse, which is not ours; '' is missing. */
  rows(table: string): Row[]
}

export const givenFile = (path: string): GivenFile => ({ name: basename(path), bytes: readFileSync(path) })
export const givenText = (name: string, text: string): GivenFile => ({ name, bytes: new TextEncoder().encode(text) })

export function studyOf(text: string): Study {
  const parsed = parseStudy(text, 'study.yaml')
  if (parsed.kind === 'refused') throw new Error(parsed.findings.map(printIssue).join('\n'))
  return parsed.study
}

/** Runs all stages over files in memory and keeps what they write; threads that are given stay open. */
export async function answerOf(
  study: Study | string,
  given: readonly GivenFile[],
  threads: number | ReturnType<typeof openCompute> = 1,
  sizes?: AnalyzePorts['sizes'],
): Promise<Answer> {
  const parsed = typeof study === 'string' ? studyOf(study) : study
  const compute = typeof threads === 'number' ? openCompute({ threads }) : threads
  const files: AnalyzedFile[] = given.map(({ name, bytes }) => ({
    name,
    ref: { kind: 'memory', bytes },
    size: bytes.length,
  }))
  const hashOf = (ref: AnalyzedFile['ref']): ContentId =>
    `sha256-${digest(ref.kind === 'memory' ? ref.bytes : readFileSync(ref.path))}`
  const hash: AnalyzePorts['hash'] = async (refs) => refs.map(hashOf)
  const ports = { compute, digest, hash, zoneData: process.versions.tz ?? '', progress: () => {}, sizes }
  try {
    const analysis = await layOut(files, parsed, ports)
    const written = new Map<string, Uint8Array>()
    const { run } = await writeAnalysis(analysis, files, parsed, ports, intoMap(written))
    return { run, files: written, rows: (table) => readCsv(written.get(`${table}.csv`)) }
  } finally {
    if (compute !== threads) await compute.close()
  }
}

function intoMap(files: Map<string, Uint8Array>): FolderWriter {
  return {
    async write(file, bytes) {
      files.set(file, bytes.slice())
    },
    async writeParts(file, parts) {
      const all: Uint8Array[] = []
      for await (const part of parts) all.push(part.slice())
      const bytes = Buffer.concat(all)
      files.set(file, bytes)
      return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
    },
  }
}

function readCsv(bytes: Uint8Array | undefined): Row[] {
  if (bytes === undefined) throw new Error('no such table was written')
  return parse(Buffer.from(bytes), { columns: true }) as Row[]
}
