import { join } from 'node:path'
import type { ContentId, FolderName } from '@afferent/ledger'
import { type Disk, nodeDisk } from './disk.ts'
import { absent } from './folders.ts'
import { isWithoutLinks } from './link-new.ts'
import { checkStudy } from './names.ts'
import type { KeptVault } from './open-vault.ts'
import { sweepLeftovers, type TemporaryNames, temporaryNames } from './temporary.ts'
import { systemCode, VaultError } from './vault-error.ts'

/**
 * `results/<study>/<12 digits>/` for people: every run under the first digits of its id, and `latest` for the one in
 * force. Files are hard links into the vault (copies where links fail), read-only like those. `latest` is a link swapped
 * by rename, or a folder of its own where links are not allowed. All of it can be removed and made again.
 */
export interface ResultsView {
  /** Shows a run, then points `latest` at whatever the vault says is in force. Returns the folder of the run. */
  publish(study: string, run: ContentId): Promise<string>
  /** Shows every run of every study: after the folder was lost, copied or cleared. */
  rebuild(): Promise<void>
}

type Source = Pick<KeptVault, 'folderPath' | 'sealedFiles' | 'latest' | 'list' | 'studies' | 'has'>

export function resultsView(root: string, vault: Source, disk: Disk = nodeDisk): ResultsView {
  const unfinished = join(root, '.unfinished')
  const temporary = temporaryNames(unfinished)

  const publish = async (study: string, run: ContentId): Promise<string> => {
    const folder = join(root, checkStudy(study))
    await disk.makeFolder(folder)
    await disk.makeFolder(unfinished)
    const shown = await showRun(disk, vault, folder, `runs/${study}/${run}`, temporary)
    await pointLatest(study, folder)
    return shown
  }

  /** Looks again after the swap: a slower writer must not leave `latest` behind the vault. */
  const pointLatest = async (study: string, folder: string): Promise<void> => {
    for (;;) {
      const latest = await vault.latest(study)
      if (latest === null || !(await vault.has(`runs/${study}/${latest.run}`))) return
      const name = `runs/${study}/${latest.run}` as const
      await showRun(disk, vault, folder, name, temporary)
      await swapLatest(disk, vault, folder, name, temporary)
      if ((await vault.latest(study))?.run === latest.run) return
    }
  }

  return {
    publish,
    async rebuild() {
      await disk.makeFolder(unfinished)
      await sweepLeftovers(disk, unfinished, Date.now())
      for (const study of await vault.studies()) {
        const folder = join(root, checkStudy(study))
        for (const run of await vault.list(`runs/${study}`)) {
          await disk.makeFolder(folder)
          await showRun(disk, vault, folder, `runs/${study}/${run}`, temporary).catch(unlessDamaged)
        }
        await pointLatest(study, folder).catch(unlessDamaged)
      }
    },
  }
}

/** A damaged run is set aside by whoever reads it and computed again; it must not keep the others from being shown. */
function unlessDamaged(error: unknown): void {
  if (!(error instanceof VaultError)) throw error
}

/** Name of a run on screens and in folders. */
export function shortRun(run: string): string {
  return run.slice('sha256-'.length, 'sha256-'.length + 12)
}

async function showRun(disk: Disk, vault: Source, folder: string, name: FolderName, names: TemporaryNames) {
  const shown = join(folder, shortRun(name.split('/').at(-1) as string))
  const files = await vault.sealedFiles(name)
  const there = ((await disk.list(shown).catch(absent)) ?? []).map((entry) => entry.name)
  if (files.every((file) => there.includes(file.name)) && there.length === files.length) return shown
  await replaceFolder(disk, shown, names.next(), (into) => fill(disk, vault, name, into))
  return shown
}

async function fill(disk: Disk, vault: Source, name: FolderName, into: string): Promise<void> {
  await disk.makeFolder(into)
  for (const { name: file } of await vault.sealedFiles(name)) {
    await linkOrCopy(disk, join(vault.folderPath(name), file), join(into, file))
  }
}

async function linkOrCopy(disk: Disk, from: string, to: string): Promise<void> {
  try {
    await disk.link(from, to)
  } catch (error) {
    if (!isWithoutLinks(error)) throw error
    await disk.copy(from, to)
  }
}

/** A folder cannot be renamed over a full one, so the old one steps aside first. */
async function replaceFolder(
  disk: Disk,
  path: string,
  unfinished: string,
  write: (into: string) => Promise<void>,
): Promise<void> {
  const old = `${unfinished}.old`
  try {
    await write(unfinished)
    await disk.rename(path, old).catch(absent)
    await disk.rename(unfinished, path).catch(takenMeanwhile)
  } finally {
    await disk.removeTree(old)
    await disk.removeTree(unfinished)
  }
}

/** Two processes showed the same run at once: both folders hold the same files. */
function takenMeanwhile(error: unknown): void {
  if (!['ENOTEMPTY', 'EEXIST'].includes(systemCode(error))) throw error
}

async function swapLatest(disk: Disk, vault: Source, folder: string, name: FolderName, names: TemporaryNames) {
  const latest = join(folder, 'latest')
  const unfinished = names.next()
  try {
    await disk.symlink(shortRun(name.split('/').at(-1) as string), unfinished)
    await disk.rename(unfinished, latest)
  } catch (error) {
    await disk.removeTree(unfinished)
    if (!isWithoutLinks(error) && systemCode(error) !== 'EISDIR') throw error
    await replaceFolder(disk, latest, unfinished, (into) => fill(disk, vault, name, into))
  }
}
