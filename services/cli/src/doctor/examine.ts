import type { Check } from './check.ts'
import { checkDisk, checkFolder } from './folder.ts'
import { checkMemory, checkNode, checkTimeZones } from './machine.ts'
import { checkPort } from './port.ts'

/** All checks, one after another, so that each finds the machine as the one before left it. */
export async function examine(folder: string): Promise<Check[]> {
  return [
    checkNode(process.versions.node),
    checkTimeZones(process.versions.tz),
    checkMemory(),
    await checkFolder(folder),
    await checkDisk(folder),
    await checkPort(),
  ]
}
