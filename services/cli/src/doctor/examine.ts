import type { Check } from './check.ts'
import { checkDisk, checkFolder } from './folder.ts'
import { checkMemory, checkNode, checkTimeZones } from './machine.ts'
import { checkPort } from './port.ts'
import { checkQueue } from './queue.ts'
import { checkStart } from './start-up.ts'

/**
 * All checks, one after another, so that each finds the machine as the one before left it.
 * `queueUrl` undefined: the embedded queue is tried.
 */
export async function examine(folder: string, queueUrl: string | undefined): Promise<Check[]> {
  return [
    checkNode(process.versions.node),
    checkStart(),
    checkTimeZones(process.versions.tz),
    checkMemory(),
    await checkFolder(folder),
    await checkDisk(folder),
    await checkPort(),
    await checkQueue(queueUrl),
  ]
}
