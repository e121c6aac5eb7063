import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { batchedFlush } from './batched-flush.ts'
import { nodeDisk } from './disk.ts'
import { absent } from './folders.ts'
import { type NumberedFiles, numberedFiles } from './numbered-files.ts'
import { livenessOf, type Owner, thisProcess } from './owner.ts'
import { temporaryNames } from './temporary.ts'
import { VaultError } from './vault-error.ts'

/**
 * One installation per data folder. A claim is the highest number in `installation/`; its owner is alive, dead, has
 * released it, or (on another machine or in another container) shows life by touching his file every `beatMs`.
 */
export interface Installation {
  /** The one before ended without releasing the folder: killed, or the power went. */
  readonly afterCrash: boolean
  release(): Promise<void>
}

interface Claim extends Owner {
  readonly since: string
  /** False for the entry that gives the folder free. */
  readonly held: boolean
}

const BEAT_MS = 3_000

/** Throws `VaultError('in-use')`, naming the process that works in the folder. */
export async function claimInstallation(root: string, { beatMs = BEAT_MS } = {}): Promise<Installation> {
  const folder = join(root, 'installation')
  const chain = await openChain(folder)
  for (;;) {
    const number = (await chain.numbers()).at(-1) ?? 0
    const before = number === 0 ? null : await readClaim(chain, number)
    if (before?.held && (await isAlive(before, join(folder, `${number}.json`), beatMs))) throw inUse(root, before)
    const mine: Claim = { ...thisProcess, since: new Date().toISOString(), held: true }
    if (!(await chain.claim(number + 1, mine))) continue
    // A number far below the top can be free again after clearing up; only the top holds the folder.
    if ((await chain.numbers()).at(-1) !== number + 1) continue
    await chain.removeBelow(number + 1)
    return hold(chain, folder, number + 1, mine, before?.held === true, beatMs)
  }
}

/** Who works in a data folder now: process, host and since when; null when nobody does. */
export async function whoseInstallation(
  root: string,
  { beatMs = BEAT_MS } = {},
): Promise<(Owner & { since: string }) | null> {
  const folder = join(root, 'installation')
  const chain = await openChain(folder)
  const number = (await chain.numbers()).at(-1) ?? 0
  const claim = number === 0 ? null : await readClaim(chain, number)
  return claim?.held && (await isAlive(claim, join(folder, `${number}.json`), beatMs)) ? claim : null
}

async function openChain(folder: string): Promise<NumberedFiles> {
  const unfinished = join(folder, 'tmp')
  await nodeDisk.makeFolder(unfinished)
  const tools = { disk: nodeDisk, temporary: temporaryNames(unfinished), flushFolder: batchedFlush(nodeDisk) }
  return numberedFiles(folder, tools)
}

function hold(
  chain: NumberedFiles,
  folder: string,
  number: number,
  mine: Claim,
  afterCrash: boolean,
  beatMs: number,
): Installation {
  const beat = setInterval(() => touch(join(folder, `${number}.json`)), beatMs)
  beat.unref()
  return {
    afterCrash,
    async release() {
      clearInterval(beat)
      await chain.claim(number + 1, { ...mine, held: false })
      await chain.removeBelow(number + 1)
    },
  }
}

function touch(path: string): void {
  const now = new Date()
  try {
    utimesSync(path, now, now)
  } catch {
    // The data folder went away under us; whoever reads or writes there will say so.
  }
}

/** A torn or unreadable claim belongs to nobody: its writer died before the last byte. */
async function readClaim(chain: NumberedFiles, number: number): Promise<Claim | null> {
  const value = await chain.read(number)
  return value === undefined || value === null ? null : (value as Claim)
}

async function isAlive(claim: Claim, path: string, beatMs: number): Promise<boolean> {
  const liveness = livenessOf(claim)
  if (liveness !== 'unknown') return liveness === 'alive'
  const first = await touchedAt(path)
  await pause(3 * beatMs)
  return (await touchedAt(path)) !== first
}

async function touchedAt(path: string): Promise<number | null> {
  return (await nodeDisk.stat(path).catch(absent))?.mtimeMs ?? null
}

function inUse(root: string, { pid, host, since }: Claim): VaultError {
  const where = host === thisProcess.host ? '' : ` on ${host}`
  const sentence = `another Afferent (process ${pid}${where}) has worked in ${root} since ${since}`
  return new VaultError('in-use', `${sentence}; stop it, or give this one a folder of its own (AFFERENT_DATA)`)
}
