import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { simulate } from '@afferent/simulation'
import { BenchInstallation } from '../measure/installation.ts'
import { alone, type Row, type Work } from '../measure/work.ts'

const LIMIT_MS = 600_000

/**
 * Files of one subject each, dropped together into one study of a running installation: every one gets its receipt, and
 * all of them make one analysis.
 */
export const manyFiles: Work = {
  name: 'many-files',
  async run({ quick }) {
    const subjects = quick ? 500 : 2_000
    const installation = await BenchInstallation.start('many-files')
    try {
      const drop = await installation.drop('bench')
      const aside = join(installation.data, 'aside')
      const names = await writeFiles(aside, drop, subjects)
      await untilStudyTaken(installation)

      const since = performance.now()
      for (const name of names) await rename(join(aside, name), join(drop, name))
      const receipts = untilReceipts(join(drop, 'accepted'), names.length, since)
      await installation.published('bench', undefined)
      const published = (performance.now() - since) / 1000
      const received = await receipts
      await installation.atRest('bench')
      await pause(2_000) // a second analysis would have begun by now
      await installation.atRest('bench')
      return await rowsOf(installation, names.length, received, published)
    } finally {
      await installation.stop()
    }
  },
}

async function rowsOf(
  installation: BenchInstallation,
  files: number,
  received: number,
  published: number,
): Promise<Row[]> {
  const journal = await installation.vault.journal('bench')
  const taken = journal.filter((entry) => entry.kind === 'received' && entry.role === 'data').length
  if (taken !== files) throw new Error(`${files} files were dropped, the journal has ${taken}`)
  const analyses = journal.filter(({ kind }) => kind === 'published').length
  const [latest, runs] = [await installation.vault.latest('bench'), await installation.vault.list('runs/bench')]
  const manifest = await installation.vault.readFile(`runs/bench/${latest?.run as 'sha256-'}`, 'manifest.json')
  const { uploads } = JSON.parse(new TextDecoder().decode(manifest)) as { uploads: unknown[] }
  if (uploads.length !== files) throw new Error(`the run has ${uploads.length} of ${files} files`)

  const peak = installation.peakBytes()
  const perSecond = files / received
  const name = `${files.toLocaleString('en-US')} files of one subject at once`
  const measured = (seconds: number, peakBytes: number | null) => ({ seconds, peakBytes, cpuSeconds: null })
  return [
    alone(
      `${name}: last receipt`,
      measured(received, peak?.intake ?? null),
      1,
      { other: { says: '>= 100 files/s', met: perSecond >= 100 } },
      `${perSecond.toFixed(0)} files/s; memory of the process with the intake`,
    ),
    alone(
      `${name}: published`,
      measured(published, peak?.workers ?? null),
      1,
      { other: { says: 'one analysis', met: analyses === 1 && runs.length === 1 } },
      `${analyses} published; memory of the worker`,
    ),
  ]
}

/** The study file into the drop folder, the exports beside it on the same disk. */
async function writeFiles(aside: string, drop: string, subjects: number): Promise<string[]> {
  await mkdir(aside, { recursive: true })
  const trial = simulate({ scenario: 'migraine-prevention', seed: 2_000, subjects })
  const names: string[] = []
  for (const { name, parts } of trial.files) {
    const text = Buffer.concat([...parts()]).toString()
    if (!name.includes('diary')) {
      await writeFile(join(aside, name), text)
      names.push(name)
      continue
    }
    const [header, ...lines] = text.trimEnd().split('\n') as [string, ...string[]]
    const perSubject = Map.groupBy(lines, (line) => line.slice(0, line.indexOf(',')))
    for (const [subject, rows] of perSubject) {
      const file = `${subject}-migraine-diary.csv`
      await writeFile(join(aside, file), `${[header, ...rows].join('\n')}\n`)
      names.push(file)
    }
  }
  await writeFile(join(aside, 'study.yaml'), trial.studyYaml)
  await rename(join(aside, 'study.yaml'), join(drop, 'study.yaml'))
  return names
}

async function untilStudyTaken(installation: BenchInstallation): Promise<void> {
  while ((await installation.vault.journal('bench')).length === 0) await pause(20)
}

/** Seconds from `since` until every file has its receipt. */
async function untilReceipts(accepted: string, files: number, since: number): Promise<number> {
  const end = performance.now() + LIMIT_MS
  for (;;) {
    const names = await readdir(accepted).catch((): string[] => [])
    const receipts = names.filter((name) => name.endsWith('.receipt.json') && !name.startsWith('study')).length
    if (receipts >= files) return (performance.now() - since) / 1000
    if (performance.now() > end) throw new Error(`${receipts} of ${files} files have a receipt`)
    await pause(50)
  }
}
