import { availableParallelism, totalmem } from 'node:os'
import { type Check, fine, odd, wrong } from './check.ts'

export const NODE_MAJOR = 24
const GIB = 2 ** 30

export function checkNode(version: string): Check {
  const major = Number(version.split('.')[0])
  if (major === NODE_MAJOR) return fine('Node', version)
  const remedy = `run it through pnpm, which uses the project's own Node ${NODE_MAJOR}`
  return major > NODE_MAJOR
    ? odd('Node', `${version}; tested with ${NODE_MAJOR}`, remedy)
    : wrong('Node', `${version} is too old`, remedy)
}

/** The zone rules come with Node; without them wall clocks of patients cannot be read. */
export function checkTimeZones(version: string | undefined): Check {
  try {
    new Intl.DateTimeFormat('en', { timeZone: 'Europe/Vienna' })
  } catch {
    return wrong('time zones', 'Node came without time-zone data', 'install a Node with full ICU')
  }
  return fine('time zones', version ?? 'version unknown')
}

/** What this process may use: the limit of its container, or the memory of the machine. */
export function checkMemory(): Check {
  const limit = process.constrainedMemory()
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem()
  const says = `${(bytes / GIB).toFixed(1)} GiB, ${availableParallelism()} processors`
  return bytes >= GIB ? fine('memory', says) : odd('memory', says, 'a diary of ten million rows takes about 1 GiB')
}
