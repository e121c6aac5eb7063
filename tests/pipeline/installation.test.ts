import { readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type RunningInstallation, startInstallation } from '@afferent/cli'
import { digest } from '@afferent/runtime'
import { describe, expect, it, onTestFinished } from 'vitest'
import { answerOf, givenText } from '../testkit/analyze.ts'
import { keptLog } from '../testkit/kept-log.ts'
import { hasRedis, NO_REDIS, redisUrl } from '../testkit/redis.ts'
import { temporaryFolder } from '../testkit/temporary-folder.ts'
import { until } from '../testkit/until.ts'
import { diaryFile, SMALL_STUDY, subjectNames } from './small-study.ts'

/** A whole installation: intake, queue, worker process, scheduler. What it publishes must be what `analyze` writes. */
const FILES = { 'diary-a.csv': diaryFile(subjectNames(90)), 'diary-b.csv': diaryFile(subjectNames(40, 80), 1) }

async function start(data: string, queueUrl: string | undefined, workers: number): Promise<RunningInstallation> {
  const log = { ...keptLog(), debug: () => {}, child: () => log }
  const workerEnv = { AFFERENT_LOG_LEVEL: 'silent' }
  const portal = { host: '127.0.0.1', port: 0 }
  const installation = await startInstallation({ data, queueUrl, portal, workers, workerEnv, log, say: () => {} })
  onTestFinished(() => installation.stop())
  return installation
}

async function drop(data: string, name: string, text: string): Promise<void> {
  const folder = join(data, 'drop/small')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${name}.part`), text)
  await rename(join(folder, `${name}.part`), join(folder, name))
}

async function published(
  data: string,
  uploads: number,
  installation: RunningInstallation,
): Promise<Map<string, string>> {
  await until(async () => {
    const status = await installation.status('small')
    const done = status.uploads.filter((u) => u.state !== 'waiting').length
    return status.latest !== null && status.waits.length === 0 && done >= uploads
  }, 30_000)
  const folder = join(data, 'results/small/latest')
  await until(async () => (await readdir(folder).catch((): string[] => [])).includes('manifest.json'), 5_000)
  const tables = new Map<string, string>()
  for (const file of await readdir(folder)) tables.set(file, digest(await readFile(join(folder, file))))
  return tables
}

async function oneGo(files: Readonly<Record<string, string>>): Promise<[string, string][]> {
  const given = Object.entries(files).map(([name, text]) => givenText(name, text))
  const { files: written } = await answerOf(SMALL_STUDY, given)
  return sorted(new Map([...written].map(([file, bytes]) => [file, digest(bytes)])))
}

const sorted = (map: ReadonlyMap<string, string>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1))

describe('an installation', () => {
  it('publishes the bytes that analyze writes, from files dropped before their study file', async () => {
    const data = temporaryFolder('afferent-installation-')
    const installation = await start(data, undefined, 1)
    for (const [name, text] of Object.entries(FILES)) await drop(data, name, text)
    await until(async () => (await readdir(join(data, 'drop/small'))).includes('study.proposed.yaml'), 30_000)
    await drop(data, 'study.yaml', SMALL_STUDY)
    expect(sorted(await published(data, 2, installation))).toEqual(await oneGo(FILES))
    const answered = await readdir(join(data, 'drop/small/accepted'))
    expect(answered.filter((name) => name.endsWith('.receipt.json')).sort()).toEqual([
      'diary-a.csv.receipt.json',
      'diary-b.csv.receipt.json',
      'study.yaml.receipt.json',
    ])
  }, 60_000)

  it('goes on where it stopped, and gives the same bytes with two workers', async () => {
    const data = temporaryFolder('afferent-installation-')
    const first = await start(data, undefined, 1)
    await drop(data, 'study.yaml', SMALL_STUDY)
    await drop(data, 'diary-a.csv', FILES['diary-a.csv'])
    await until(async () => (await first.vault.journal('small')).length > 0, 30_000)
    await first.stop()
    const second = await start(data, undefined, 2)
    await drop(data, 'diary-b.csv', FILES['diary-b.csv'])
    expect(sorted(await published(data, 2, second))).toEqual(await oneGo(FILES))
  }, 60_000)

  it('comes to the same bytes when its worker is killed again and again', async () => {
    const data = temporaryFolder('afferent-installation-')
    const installation = await start(data, undefined, 1)
    await drop(data, 'study.yaml', SMALL_STUDY)
    for (const [name, text] of Object.entries(FILES)) await drop(data, name, text)
    for (let kills = 0; kills < 3; kills++) {
      await until(() => childProcesses().length > 0, 30_000)
      for (const pid of childProcesses()) process.kill(pid, 'SIGKILL')
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    expect(sorted(await published(data, 2, installation))).toEqual(await oneGo(FILES))
  }, 90_000)

  if (!hasRedis) it.skip(NO_REDIS, () => {})
  else
    it('publishes the same bytes over Redis', async () => {
      const data = temporaryFolder('afferent-installation-')
      const installation = await start(data, (await redisUrl()) ?? undefined, 2)
      await drop(data, 'study.yaml', SMALL_STUDY)
      for (const [name, text] of Object.entries(FILES)) await drop(data, name, text)
      expect(sorted(await published(data, 2, installation))).toEqual(await oneGo(FILES))
    }, 60_000)

  it('refuses a data folder in which another installation works', async () => {
    const data = temporaryFolder('afferent-installation-')
    await start(data, undefined, 1)
    await expect(start(data, undefined, 1)).rejects.toMatchObject({ code: 'in-use' })
  }, 60_000)
})

/** Worker processes of this test: children whose command line names the worker's program. */
function childProcesses(): number[] {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ')
  return children
    .filter((pid) => pid !== '')
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('services/worker')
      } catch {
        return false
      }
    })
}
