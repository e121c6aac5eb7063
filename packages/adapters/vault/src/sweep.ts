import { join } from 'node:path'
import type { ContentId, FolderName } from '@afferent/ledger'
import { allFolders } from './check.ts'
import { absent } from './folders.ts'
import { SEAL } from './names.ts'
import type { LocalVault } from './open-vault.ts'
import { readSeal, replaceSeal, type Seal } from './seal.ts'
import { sweepLeftovers, temporaryNames } from './temporary.ts'

export interface SweepOptions {
  /** Runs of a study whose tables stay, newest first; the one in force always does. */
  readonly keepRuns: number | ((study: string) => number)
  /** Runs to keep beside those, and datasets somebody still needs: pinned runs, uploads in force. */
  readonly alsoKeep?: Iterable<ContentId>
  /** Nothing younger goes: it may belong to a run that is being computed. A day. */
  readonly olderThanMs?: number
  /** Says what would go, and removes nothing. */
  readonly dryRun?: boolean
  readonly now: number
}

export interface SweepReport {
  /** Names in the vault of what went (or would go); for an old run, of each table. */
  readonly removed: readonly string[]
  readonly bytes: number
  readonly kept: number
}

const DAY_MS = 24 * 60 * 60 * 1000
/** Of an old run its tables go; what says how they came about stays for ever. */
const STAYS = /\.(json|ya?ml)$/

/**
 * Makes room. Objects of the journal, the journal itself, manifests and effective study files stay for ever; of a study's
 * runs the tables of the last `keepRuns`; datasets, plans and shards stay that a kept run names, and refusals, which are
 * small and would only be found again. Whatever goes can be computed again from what stays.
 */
export async function sweep(vault: LocalVault, options: SweepOptions): Promise<SweepReport> {
  const { olderThanMs = DAY_MS, dryRun = false, now } = options
  const removed: string[] = []
  let bytes = 0
  let kept = 0
  const isOld = async (path: string): Promise<boolean> => {
    const stats = await vault.disk.stat(path).catch(absent)
    return stats !== null && now - stats.mtimeMs > olderThanMs
  }
  const go = async (name: string, size: number, remove: () => Promise<void>): Promise<void> => {
    removed.push(name)
    bytes += size
    if (!dryRun) await remove()
  }

  if (!dryRun) await sweepLeftovers(vault.disk, join(vault.root, 'tmp'), now)
  const { keptRuns, published } = await runsToKeep(vault, options)
  const marks = await idsNamedBy(vault, keptRuns, new Set(options.alsoKeep))
  // Plans first: without its plan a run is laid out again before its shards and datasets are looked for.
  const order = ['plans', 'shards', 'datasets', 'runs']
  const folders = (await allFolders(vault)).sort((a, b) => order.indexOf(kindOf(a)) - order.indexOf(kindOf(b)))
  for (const name of folders) {
    const isRun = kindOf(name) === 'runs'
    const stays = isRun ? keptRuns.has(name) : marks.has(idOf(name)) || (await isRefusal(vault, name))
    if (stays || !(await isOld(vault.folderPath(name)))) kept++
    else if (isRun && published.has(name)) await giveUpTables(vault, name, dryRun, go)
    else await go(name, await sizeOf(vault, name), () => vault.removeFolder(name))
  }
  await sweepObjects(vault, isOld, go)
  await sweepDamaged(vault, isOld, go)
  return { removed, bytes, kept }
}

type Go = (name: string, size: number, remove: () => Promise<void>) => Promise<void>

const kindOf = (name: FolderName): string => name.slice(0, name.indexOf('/'))
const idOf = (name: FolderName): ContentId => name.slice(name.lastIndexOf('/') + 1) as ContentId

async function runsToKeep(vault: LocalVault, { keepRuns, alsoKeep = [] }: SweepOptions) {
  const keptRuns = new Set<FolderName>()
  const published = new Set<FolderName>()
  for (const study of await vault.studies()) {
    const newestFirst: FolderName[] = []
    for (const entry of (await vault.journal(study)).toReversed()) {
      if (entry.kind !== 'published' && entry.kind !== 'unchanged') continue
      const name: FolderName = `runs/${study}/${entry.run as ContentId}`
      published.add(name)
      if (!newestFirst.includes(name)) newestFirst.push(name)
    }
    const latest = await vault.latest(study)
    if (latest !== null) keptRuns.add(`runs/${study}/${latest.run}`)
    const count = typeof keepRuns === 'number' ? keepRuns : keepRuns(study)
    for (const name of newestFirst.slice(0, count)) keptRuns.add(name)
    for (const id of alsoKeep) keptRuns.add(`runs/${study}/${id}`)
  }
  return { keptRuns, published }
}

/** A run's manifest and plan name what it was made of; every content id in them is a mark. */
async function idsNamedBy(vault: LocalVault, runs: ReadonlySet<FolderName>, marks: Set<ContentId>) {
  for (const name of runs) {
    marks.add(idOf(name))
    for (const folder of [name, `plans/${idOf(name)}` as const]) {
      const texts = (await readSeal(vault.disk, vault.folderPath(folder)).catch(() => null))?.files ?? []
      for (const file of texts.filter((each) => each.name.endsWith('.json'))) {
        const text = new TextDecoder().decode(await vault.readFile(folder, file.name))
        for (const id of text.match(/sha256-[0-9a-f]{64}/g) ?? []) marks.add(id as ContentId)
      }
    }
  }
  return marks
}

async function isRefusal(vault: LocalVault, name: FolderName): Promise<boolean> {
  if (kindOf(name) !== 'datasets') return false
  const bytes = await vault.disk.read(join(vault.folderPath(name), 'manifest.json')).catch(absent)
  return bytes !== null && /"kind":\s*"refused"/.test(new TextDecoder().decode(bytes))
}

/** The seal changes first: from then on the tables are not missed, whatever happens before the last one is gone. */
async function giveUpTables(vault: LocalVault, name: FolderName, dryRun: boolean, go: Go): Promise<void> {
  const folder = vault.folderPath(name)
  const seal = await readSeal(vault.disk, folder).catch(() => null)
  if (seal === null) return
  const tables = seal.files.filter((file) => !STAYS.test(file.name))
  const rest: Seal = {
    ...seal,
    files: seal.files.filter((file) => STAYS.test(file.name)),
    swept: [...seal.swept, ...tables.map((file) => file.name)],
  }
  let replaced = false
  for (const table of tables) {
    await go(`${name}/${table.name}`, table.bytes, async () => {
      if (!replaced) await replaceSeal(vault.disk, temporaryNames(join(vault.root, 'tmp')), folder, rest)
      replaced = true
      await vault.disk.unlink(join(folder, table.name)).catch(absent)
    })
  }
  if (dryRun) return
  for (const table of seal.swept) await vault.disk.unlink(join(folder, table)).catch(absent)
}

/** Bytes that were stored, but whose file changed or went away before the journal had it. */
async function sweepObjects(vault: LocalVault, isOld: (path: string) => Promise<boolean>, go: Go): Promise<void> {
  const named = new Set<string>()
  for (const study of await vault.studies()) {
    for (const entry of await vault.journal(study)) if (entry.kind === 'received') named.add(entry.object)
  }
  for (const id of await vault.list('objects')) {
    const path = await vault.objectPath(id)
    if (named.has(id) || !(await isOld(path))) continue
    await go(`objects/${id}`, (await vault.disk.stat(path)).size, () => vault.eraseObject(id))
  }
}

async function sweepDamaged(vault: LocalVault, isOld: (path: string) => Promise<boolean>, go: Go): Promise<void> {
  const folder = join(vault.root, 'damaged')
  for (const { name } of (await vault.disk.list(folder).catch(absent)) ?? []) {
    const path = join(folder, name)
    if (await isOld(path)) await go(`damaged/${name}`, 0, () => vault.disk.removeTree(path))
  }
}

async function sizeOf(vault: LocalVault, name: FolderName): Promise<number> {
  const folder = vault.folderPath(name)
  let bytes = 0
  for (const entry of await vault.disk.list(folder)) {
    if (entry.name !== SEAL) bytes += (await vault.disk.stat(join(folder, entry.name))).size
  }
  return bytes
}
