import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type RunningInstallation, startInstallation } from '@afferent/cli'
import { onTestFinished } from 'vitest'
import { keptLog } from '../testkit/kept-log.ts'
import { temporaryFolder } from '../testkit/temporary-folder.ts'
import { until } from '../testkit/until.ts'

export interface Published {
  /** Every file of results/<study>/latest, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly data: string
  readonly installation: RunningInstallation
}

/** Drops a study file and its exports into a new installation, and waits until the first run over all of them is out. */
export async function publishedByInstallation(
  id: string,
  studyYaml: string,
  exports: readonly { readonly name: string; readonly text: string }[],
  options: { readonly workers: number; readonly queueUrl?: string },
): Promise<Published> {
  const data = temporaryFolder('afferent-published-')
  const log = { ...keptLog(), debug: () => {}, child: () => log }
  const portal = { host: '127.0.0.1', port: 0 }
  const { workers, queueUrl } = options
  const workerEnv = { AFFERENT_LOG_LEVEL: 'silent' }
  const installation = await startInstallation({ data, queueUrl, portal, workers, workerEnv, log, say: () => {} })
  onTestFinished(() => installation.stop())
  await drop(data, id, 'study.yaml', studyYaml)
  for (const { name, text } of exports) await drop(data, id, name, text)
  await until(async () => {
    const { uploads, latest, waits } = await installation.status(id)
    const settled = uploads.filter(({ state }) => state !== 'waiting').length
    return latest !== null && waits.length === 0 && settled >= exports.length
  }, 90_000)
  const folder = join(data, 'results', id, 'latest')
  await until(async () => (await readdir(folder).catch((): string[] => [])).includes('manifest.json'), 10_000)
  const files = new Map<string, Uint8Array>()
  for (const name of await readdir(folder)) files.set(name, await readFile(join(folder, name)))
  return { files, data, installation }
}

/** As a person or a program puts a file into the drop folder: under another name first. */
async function drop(data: string, id: string, name: string, text: string): Promise<void> {
  const folder = join(data, 'drop', id)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${name}.part`), text)
  await rename(join(folder, `${name}.part`), join(folder, name))
}
