import { createHash } from 'node:crypto'
import type { FolderWriter } from '@afferent/ledger'
import type { Dataset, InForce } from '@afferent/records'
import { parseStudy, type Study } from '@afferent/study'
import { cutSubjects, validateFile } from '@afferent/validation'
import { expect, it } from 'vitest'
import { deriveSlices } from '../stages/derive-slices.ts'
import { layOutStudy } from '../stages/lay-out.ts'
import { readDatasetManifest, readPiece, writeDataset } from './dataset-files.ts'
import { byFileName, toLines } from './position.ts'

const compute = {
  threads: 1,
  discard: () => {},
  map: async (task: { module: string; name: string }, inputs: readonly unknown[]) => {
    const loaded = await import(task.module)
    return inputs.map((input) => loaded[task.name](input, host))
  },
}
const host = {
  open: ({ bytes }: { bytes: Uint8Array }) => ({
    size: bytes.length,
    read: (into: Uint8Array, at: number) => {
      const part = bytes.subarray(at, at + into.length)
      into.set(part)
      return part.length
    },
  }),
  isUtf8: () => true,
}
const digest = (input: Uint8Array | string): string => createHash('sha256').update(input).digest('hex')

const STUDY = `
study: pieces
timezone: none
arms: { a: A, b: { name: B, reference: true } }
preset: migraine-prevention
sources:
  - name: diary
    files: diary*.csv
    layout: daily
    columns: { subject: id, date: day, headache: ache, severity: how, hours: hours }
  - name: subjects
    files: subjects.csv
    layout: subjects
    columns: { subject: id, arm: arm, treatmentStart: start }
`

const isoDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)

/** 300 subjects over 60 days in a list and two diaries; some days stand in both, alike or not, and some subjects are unknown. */
async function trial(pieceRows?: number) {
  const header = 'id,day,ache,how,hours'
  const diaries = [[header], [header]]
  const list = ['id,arm,start']
  for (let s = 0; s < 300; s++) {
    const id = `P${1000 + s}`
    if (s % 50 !== 7) list.push(`${id},${s % 2 === 0 ? 'a' : 'b'},${isoDay(20_528)}`)
    for (let day = 0; day < 60; day++) {
      const ache = (s * 31 + day * 17) % 5 === 0
      const row = `${id},${isoDay(20_500 + day)},${ache ? 'Y,2,6' : 'N,,'}`
      diaries[day % 2]?.push(row)
      if ((s + day) % 40 === 3) diaries[1 - (day % 2)]?.push(day % 3 === 0 ? row : row.replace('Y,2', 'Y,3'))
    }
  }
  const texts = Object.entries({ 'subjects.csv': list, 'diary-1.csv': diaries[0], 'diary-2.csv': diaries[1] })
  const inForce: InForce[] = []
  for (const [i, [file, lines]] of texts.entries()) {
    const datasets = await validated(file, `${lines?.join('\n')}\n`, pieceRows)
    for (const dataset of datasets) inForce.push({ number: i + 1, file, dataset })
  }
  return { study: studyOf().analytic, inForce }
}

function studyOf(): Study {
  const parsed = parseStudy(STUDY, 'study.yaml')
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed))
  return parsed.study
}

async function validated(name: string, text: string, pieceRows?: number): Promise<readonly Dataset[]> {
  const ref = { kind: 'memory', bytes: new TextEncoder().encode(text) } as const
  const study = studyOf().analytic
  const judged = await validateFile({ ref, name, study, compute: compute as never, minRangeBytes: 4_000, pieceRows })
  if (judged.kind === 'refused') throw new Error(`${name}: ${judged.code}`)
  return judged.pieces
}

/** Pieces written into a folder and read back. */
async function readBack(written: readonly Dataset[]): Promise<Dataset[]> {
  const files = new Map<string, Uint8Array>()
  const folder = { write: async (name: string, bytes: Uint8Array) => void files.set(name, bytes.slice()) }
  await writeDataset(folder as unknown as FolderWriter, written, digest, async (piece) => piece)
  const read = async (file: string): Promise<Uint8Array> => files.get(file) as Uint8Array
  const manifest = await readDatasetManifest(read)
  return Promise.all(manifest.pieces.map((_, piece) => readPiece(read, manifest, piece)))
}

it('pieces of a dataset give the same results, counts and lines of findings as the whole', async () => {
  const { study, inForce } = await trial()
  const { inForce: pieces } = await trial(1)
  expect(pieces.length).toBeGreaterThan(inForce.length + 4)
  const whole = await layOutStudy(inForce, study, compute as never)
  expect(await layOutStudy(pieces, study, compute as never)).toEqual(whole)

  const slices = cutSubjects(whole.subjects).map(({ from, to }) => whole.subjects.slice(from, to))
  const derive = (records: readonly InForce[]) =>
    deriveSlices({ inForce: records, slices, study, facts: whole.facts, lines: 'places' }, 0, compute as never)
  const [expected, given] = [await derive(inForce), await derive(pieces)]
  expect(given).toEqual(expected)
  const lines = (results: typeof given, records: readonly InForce[]) =>
    results.map(({ findings }) => [...toLines(findings, byFileName(records)).line])
  expect(lines(given, pieces)).toEqual(lines(expected, inForce))
  expect(lines(given, pieces).flat().length).toBeGreaterThan(10)

  const rowsRead = (records: readonly InForce[]) => records.reduce((sum, { dataset }) => sum + dataset.counts.read, 0)
  expect(rowsRead(pieces)).toBe(rowsRead(inForce))
})

it('a small dataset is one piece and reads back as it was', async () => {
  const { inForce } = await trial()
  expect(inForce).toHaveLength(3)
  for (const { dataset } of inForce) expect(await readBack([dataset])).toEqual([dataset])
})

it('pieces lie in the vault as they were cut', async () => {
  const { inForce } = await trial(1)
  const pieces = inForce.filter(({ file }) => file === 'diary-1.csv').map(({ dataset }) => dataset)
  expect(pieces.length).toBeGreaterThan(2)
  expect(await readBack(pieces)).toEqual(pieces)
})

it('a file none of whose rows names a subject keeps its counts and findings', async () => {
  const [dataset] = (await validated('diary-3.csv', 'id,day,ache,how,hours\nP1,2026-01-01,N\nP2\n')) as [Dataset]
  expect(dataset.subjects).toEqual([])
  const [piece] = await readBack([dataset])
  expect(piece?.counts).toEqual({ read: 2, used: 0, quarantined: 2, excluded: {} })
  expect(piece?.findings.count).toBe(dataset.findings.count)
})
