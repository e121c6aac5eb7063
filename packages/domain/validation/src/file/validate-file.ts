import { type CsvDialect, type Reading, readRanges, withFileLines } from '@afferent/formats'
import type { BytesRef, Compute, Dataset, Finding, Findings, RuleId } from '@afferent/records'
import { FindingsBuilder, findingAt, RULES } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { columnsOf, matchSource } from '@afferent/study'
import type { RangeRecords, RecordsExtra } from '../read/range-records.ts'
import { type PlanFault, planReading } from '../read/read-plan.ts'
import { READ_RECORDS } from '../read/read-records.ts'
import { checkUnused } from '../rules/check-unused.ts'
import { veilArms } from '../rules/veil-arms.ts'
import { joinFile } from './join-file.ts'
import { RangesAside } from './ranges-aside.ts'
import { SNIFF_FILE } from './sniff-file.ts'

export interface FileToValidate {
  readonly ref: BytesRef
  /** Name of the upload, as sources match it and findings print it. */
  readonly name: string
  readonly study: AnalyticStudy
  readonly compute: Compute
  /** Bytes below which a range is not worth a thread of its own; absent: what suits files on disk. */
  readonly minRangeBytes?: number | undefined
  /** Records and subjects after which a piece ends; absent: what suits tasks of their own. */
  readonly pieceRows?: number | undefined
  /** Records are put aside as soon as they are read (Dataset.aside): all files together are more than memory should hold. */
  readonly aside?: boolean
}

export type Validated =
  /** Pieces of neighbouring subjects, one or more; the first says what was counted and found in the whole file. */
  | { readonly kind: 'dataset'; readonly pieces: readonly Dataset[] }
  | {
      readonly kind: 'refused'
      readonly code: RuleId
      readonly state: 'refused' | 'empty' | 'unreadable'
      readonly findings: Findings
    }

/**
 * Judges one file alone: finds its source, reads its bytes in threads, and makes record tables of it, sorted by subject.
 *
 * Refused as a whole is a file that fits no source, is no text, lacks a mapped column, has an open question about its dates
 * or damage after which rows would be lost; else bad rows are quarantined and the others go on. The result is the same
 * for any number of threads.
 */
export async function validateFile(file: FileToValidate): Promise<Validated> {
  const judged = await judgeFile(file)
  if (judged.kind === 'refused') return { ...judged, findings: veilArms(judged.findings, file.study) }
  const [first, ...rest] = judged.pieces
  return { kind: 'dataset', pieces: [{ ...first, findings: veilArms(first.findings, file.study) }, ...rest] }
}

async function judgeFile({
  ref,
  name,
  study,
  compute,
  minRangeBytes,
  pieceRows,
  aside = false,
}: FileToValidate): Promise<Validated> {
  const source = matchSource(study, name)
  if (source === null) return refuse({ rule: 'file-unmatched', file: name, detail: patternsOf(study) })
  const options = { ...source.csv, wanted: columnsOf(source) }
  const [sniffed] = await compute.map(SNIFF_FILE, [{ ref, options }])
  if (sniffed.kind === 'refused') return refuseBy(withFile(name, sniffed.findings))
  const { dialect, size } = sniffed
  const { plan, faults } = planReading(source, study, dialect.header, name)
  if (faults.length > 0) return refuse(...faults.map((fault) => toFinding(fault, name)))
  const extra: RecordsExtra = { source, study, plan, file: name, aside }
  const read = new RangesAside(compute)
  try {
    const reading = await readRanges(read, READ_RECORDS, { ref, size, dialect }, plan.requests, extra, minRangeBytes)
    read.keepOnly(reading.parts.map(({ part }) => part))
    return await joinReading(reading, sniffed, extra, compute, pieceRows)
  } finally {
    read.keepOnly([])
  }
}

/** Parts of a file as a dataset, unless what was found refuses it. */
async function joinReading(
  reading: Reading<RangeRecords>,
  sniffed: { readonly dialect: CsvDialect; readonly findings: Findings },
  extra: RecordsExtra,
  compute: Compute,
  pieceRows: number | undefined,
): Promise<Validated> {
  const { file: name, source } = extra
  const { dialect } = sniffed
  const about = withFile(name, sniffed.findings, reading.findings)
  const stopped = reading.parts.filter(({ part }) => part.report.stopped)
  if (stopped.length > 0 || hasFileError(about)) {
    return refuseBy(
      withFile(name, about, ...stopped.map(({ part, linesBefore }) => withFileLines(part.findings, linesBefore))),
    )
  }
  if (reading.parts.every(({ part }) => part.rows === 0)) {
    return refuse({ rule: 'file-empty', file: name, line: dialect.headerLine, detail: 'no row holds a value' })
  }
  const findings = new FindingsBuilder()
  findings.addAll(about)
  checkUnused(source, dialect, name, findings)
  return { kind: 'dataset', pieces: await joinFile(reading.parts, extra, findings, compute, pieceRows) }
}

const patternsOf = ({ sources }: AnalyticStudy): string => `known: ${sources.map(({ files }) => files).join(', ')}`

const toFinding = ({ value, why }: PlanFault, file: string): Finding => ({
  rule: 'mapping-constant',
  file,
  value,
  detail: why,
})

function withFile(file: string, ...lists: readonly Findings[]): Findings {
  const findings = new FindingsBuilder()
  for (const list of lists) findings.addAll(list, file)
  return findings.build()
}

/** Codes of a file's own errors; errors of rows do not refuse it. */
function fileErrors(findings: Findings): RuleId[] {
  return Array.from({ length: findings.count }, (_, i) => findingAt(findings, i).rule).filter(
    (rule) => RULES[rule].severity === 'error' && RULES[rule].scope === 'file',
  )
}

const hasFileError = (findings: Findings): boolean => fileErrors(findings).length > 0

function refuse(...found: readonly Finding[]): Validated {
  const findings = new FindingsBuilder()
  for (const finding of found) findings.add(finding)
  return refuseBy(findings.build())
}

/** Errors that say the bytes are no table, or one that breaks off. */
const UNREADABLE: ReadonlySet<RuleId> = new Set([
  'file-not-text',
  'file-delimiter',
  'quote-unclosed',
  'limits-exceeded',
])

function refuseBy(findings: Findings): Validated {
  const [code] = fileErrors(findings)
  if (code === undefined) throw new Error('a file was refused without an error')
  if (code === 'file-empty') return { kind: 'refused', code, state: 'empty', findings }
  return { kind: 'refused', code, state: UNREADABLE.has(code) ? 'unreadable' : 'refused', findings }
}
