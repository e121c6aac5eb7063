import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** A process, named so that another one can tell whether it still runs. */
export interface Owner {
  readonly host: string
  readonly pid: number
  /** When the process began, in the kernel's own count; tells a process from a later one with the same id. */
  readonly born: string
}

export const thisProcess: Owner = {
  host: hostname().replace(/[^A-Za-z0-9-]/g, '-') || 'host',
  pid: process.pid,
  born: birthOf(process.pid),
}

/** `unknown`: it ran on another machine or in another container, whose processes cannot be seen from here. */
export function livenessOf(owner: Owner): 'alive' | 'dead' | 'unknown' {
  if (owner.host !== thisProcess.host) return 'unknown'
  if (owner.pid === process.pid) return owner.born === thisProcess.born ? 'alive' : 'dead'
  if (!answersSignals(owner.pid)) return 'dead'
  return birthOf(owner.pid) === owner.born ? 'alive' : 'dead'
}

/** A process of somebody else refuses the signal (EPERM) and lives. */
function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Field 22 of /proc/<pid>/stat; '0' where there is no such file, and then the process id alone decides. */
function birthOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '0'
  } catch {
    return '0'
  }
}
