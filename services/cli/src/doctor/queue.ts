import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openQueue } from '@afferent/queue'
import { z } from 'zod'
import { type Check, fine, wrong } from './check.ts'

/** No step is added; the queue only wants to know what one would look like. */
const ANY_STEP = z.object({ kind: z.string(), study: z.string(), makes: z.string() })
const SILENT = { info: () => {}, warn: () => {}, error: () => {} }

/** Opens the queue as a service would and closes it again: yours by its address, or an embedded one in a passing folder. */
export async function checkQueue(url: string | undefined): Promise<Check> {
  const name = url === undefined ? 'embedded queue' : 'queue'
  const folder = await mkdtemp(join(tmpdir(), 'afferent-doctor-'))
  try {
    const place = url === undefined ? { embedded: { dataDir: folder } } : { url }
    const queue = await openQueue({ ...place, step: ANY_STEP, log: SILENT })
    await queue.counts()
    await queue.close()
    return fine(name, url === undefined ? 'PostgreSQL starts and stops' : 'it answers')
  } catch (error) {
    return wrong(name, (error as Error).message, 'correct AFFERENT_QUEUE_URL, or leave it out for the embedded queue')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
