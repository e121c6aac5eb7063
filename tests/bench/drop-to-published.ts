import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startInstallation } from '@afferent/cli'
import { createLog } from '@afferent/runtime'
import type { BenchData } from './data.ts'

const LIMIT_MS = 60_000

/**
 * Seconds from the moment a whole file lies in the drop folder to the moment its run is `latest`, debounce included, in an
 * installation that is up (embedded queue, one worker process). Each time it is another version of the diary, one row
 * shorter than the one before, so that nothing can be taken from an earlier run; the first is not counted.
 */
export async function dropToPublished(data: BenchData, runs: number): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'afferent-bench-'))
  const installation = await startInstallation({
    data: folder,
    queueUrl: undefined,
    portal: { host: '127.0.0.1', port: 0 },
    workers: 1,
    workerEnv: { AFFERENT_LOG_LEVEL: 'silent' },
    log: createLog({ service: 'bench', level: 'silent' }),
    say: () => {},
  })
  try {
    const drop = join(folder, 'drop/bench')
    await mkdir(drop, { recursive: true })
    for (const name of ['study', 'subjects'] as const) {
      const file = data[name].split('/').at(-1) as string
      await cp(data[name], join(drop, file))
    }
    const lines = (await readFile(data.diary, 'utf8')).trimEnd().split('\n')
    const name = data.diary.split('/').at(-1) as string
    const seconds: number[] = []
    for (let run = 0; run <= runs; run++) {
      const unfinished = join(folder, 'diary.part')
      await writeFile(unfinished, `${lines.slice(0, lines.length - run).join('\n')}\n`)
      const before = (await installation.vault.latest('bench'))?.run
      const since = performance.now()
      await rename(unfinished, join(drop, name))
      await published(installation.vault, before)
      seconds.push((performance.now() - since) / 1000)
      await untilAnswered(installation.vault)
    }
    return seconds.slice(1)
  } finally {
    await installation.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

type Vault = Awaited<ReturnType<typeof startInstallation>>['vault']

async function published(vault: Vault, before: string | undefined): Promise<void> {
  const end = performance.now() + LIMIT_MS
  while ((await vault.latest('bench'))?.run === before) {
    if (performance.now() > end) throw new Error('nothing was published')
    await pause(5)
  }
}

/** The journal's last line is the answer: the installation is at rest. */
async function untilAnswered(vault: Vault): Promise<void> {
  const end = performance.now() + LIMIT_MS
  while ((await vault.journal('bench')).at(-1)?.kind !== 'published') {
    if (performance.now() > end) throw new Error('the journal has no answer')
    await pause(20)
  }
}
