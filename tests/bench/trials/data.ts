import { existsSync } from 'node:fs'
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type SimulationOptions, simulate } from '@afferent/simulation'

/** Simulated trials for the bench, made once and kept in tests/bench/data. */
export interface BenchData {
  readonly name: string
  readonly folder: string
  readonly diary: string
  readonly subjects: string
  readonly study: string
  /** The same study with CSV as its only output. */
  readonly studyCsv: string
  readonly rows: number
  readonly bytes: number
}

const DATA = fileURLToPath(new URL('../data', import.meta.url))
/** 28 days of baseline and 12 weeks of treatment, 89 % of them with an entry. */
const ROWS_PER_SUBJECT = 112 * 0.89

/**
 * A migraine diary of about that many rows. No late or double entries and nobody leaves: what such rows mean is a matter of
 * rules, and DuckDB is to do the same work.
 */
export async function diaryOf(rows: number): Promise<BenchData> {
  const subjects = Math.round(rows / ROWS_PER_SUBJECT)
  return dataOf(`migraine-${rows}`, {
    scenario: 'migraine-prevention',
    seed: 20260101,
    subjects,
    late: 0,
    duplicates: 0,
    dropout: 0,
  })
}

/** A trial as it comes: 400 subjects, some entries late or double, some subjects who leave. */
export async function trialOf400(): Promise<BenchData> {
  return dataOf('trial-400', { scenario: 'migraine-prevention', seed: 400, subjects: 400, weeks: 18 })
}

async function dataOf(name: string, options: SimulationOptions): Promise<BenchData> {
  const folder = join(DATA, name)
  const data = {
    name,
    folder,
    diary: join(folder, 'simulated-migraine-diary.csv'),
    subjects: join(folder, 'simulated-subjects.csv'),
    study: join(folder, 'study.yaml'),
    studyCsv: join(folder, 'study-csv.yaml'),
  }
  if (!existsSync(folder)) await make(folder, options)
  const { readFile, stat } = await import('node:fs/promises')
  const rows = Number(await readFile(join(folder, 'rows.txt'), 'utf8'))
  return { ...data, rows, bytes: (await stat(data.diary)).size }
}

async function make(folder: string, options: SimulationOptions): Promise<void> {
  const unfinished = `${folder}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true })
  const { files, studyYaml } = simulate(options)
  let rows = 0
  for (const { name, parts } of files) {
    const handle = await open(join(unfinished, name), 'w')
    rows = -1 // the header; the diary comes last
    for (const part of parts()) {
      for (const byte of part) if (byte === 10) rows++
      await handle.writeFile(part)
    }
    await handle.close()
  }
  await writeFile(join(unfinished, 'study.yaml'), studyYaml)
  await writeFile(join(unfinished, 'study-csv.yaml'), `${studyYaml}analysis: { outputs: [csv] }\n`)
  await writeFile(join(unfinished, 'rows.txt'), String(rows))
  await rename(unfinished, folder)
}
