import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { type ContentId, type FolderName, type NumberedEntry, STUDY_KEY } from '@afferent/ledger'
import { absent } from './folders.ts'
import { FOLDER_KINDS, SEAL } from './names.ts'
import { hashOfFile } from './objects.ts'
import type { LocalVault } from './open-vault.ts'
import { readSeal, type SealedFile } from './seal.ts'
import { VaultError } from './vault-error.ts'

/** What `afferent vault check` found. Nothing is changed: a damaged folder is set aside when it is read in earnest. */
export interface CheckReport {
  readonly objects: number
  readonly folders: number
  readonly files: number
  readonly entries: number
  readonly bytes: number
  readonly problems: readonly CheckProblem[]
}

export interface CheckProblem {
  /** Name in the vault. */
  readonly name: string
  readonly says: string
}

/** Reads every byte of the vault and compares it with the names and seals; and the journal with what it names. */
export async function check(vault: LocalVault): Promise<CheckReport> {
  const problems: CheckProblem[] = []
  const report = (name: string, says: string): void => void problems.push({ name, says })
  const count = { objects: 0, folders: 0, files: 0, entries: 0, bytes: 0 }

  for (const id of await vault.list('objects')) {
    const path = await vault.objectPath(id)
    count.objects++
    count.bytes += (await vault.disk.stat(path)).size
    if ((await hashOfFile(path)) !== id) report(`objects/${id}`, 'holds other bytes than its name says')
  }
  for (const name of await allFolders(vault)) {
    count.folders++
    for (const { bytes } of await checkFolderFiles(vault, name, report)) {
      count.files++
      count.bytes += bytes
    }
  }
  for (const study of await vault.studies()) count.entries += await checkJournal(vault, study, report)
  return { ...count, problems }
}

/** Every folder of the vault, whatever its kind. */
export async function allFolders(vault: LocalVault): Promise<FolderName[]> {
  const names: FolderName[] = []
  for (const kind of FOLDER_KINDS) {
    for (const id of await vault.list(kind)) names.push(`${kind}/${id}`)
  }
  for (const { name } of (await vault.disk.list(join(vault.root, 'runs')).catch(absent)) ?? []) {
    if (!STUDY_KEY.test(name)) continue
    for (const id of await vault.list(`runs/${name}`)) names.push(`runs/${name}/${id}`)
  }
  return names
}

type Report = (name: string, says: string) => void

async function checkFolderFiles(vault: LocalVault, name: FolderName, report: Report): Promise<readonly SealedFile[]> {
  const folder = vault.folderPath(name)
  try {
    const files = (await readSeal(vault.disk, folder))?.files ?? []
    for (const file of files) await checkFile(folder, name, file, report)
    const known = new Set([SEAL, ...files.map((file) => file.name)])
    for (const entry of await vault.disk.list(folder)) {
      if (!known.has(entry.name)) report(`${name}/${entry.name}`, 'is not in the seal of its folder')
    }
    return files
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    report(name, error.message)
    return []
  }
}

async function checkFile(folder: string, name: string, file: SealedFile, report: Report): Promise<void> {
  try {
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(join(folder, file.name))) hash.update(chunk as Uint8Array)
    if (hash.digest('hex') !== file.sha256) report(`${name}/${file.name}`, 'differs from what was written')
  } catch (error) {
    absent(error)
    report(`${name}/${file.name}`, 'is missing')
  }
}

async function checkJournal(vault: LocalVault, study: string, report: Report): Promise<number> {
  let entries: readonly NumberedEntry[]
  try {
    entries = await vault.journal(study)
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    report(`journal/${study}`, error.message)
    return 0
  }
  const erased = new Set(entries.flatMap((entry) => (entry.kind === 'withdrawn' && entry.erase ? [entry.upload] : [])))
  for (const entry of entries) {
    if (entry.kind !== 'received' || erased.has(entry.number)) continue
    const object = entry.object as ContentId
    if (!(await vault.has(`objects/${object}`))) {
      report(`journal/${study}/${entry.number}.json`, `names objects/${object}, which is missing`)
    }
  }
  const latest = await vault.latest(study)
  if (latest !== null && !(await vault.has(`runs/${study}/${latest.run}`))) {
    report(`latest/${study}`, `names a run that is missing: ${latest.run}`)
  }
  return entries.length
}
