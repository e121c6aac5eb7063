import { type ContentId, type FolderName, STUDY_KEY, type VaultName } from '@afferent/ledger'
import { VaultError } from './vault-error.ts'

/** Names of the vault as paths below its root. Nothing that is not checked here becomes part of a path. */

const CONTENT_ID = /^sha256-[0-9a-f]{64}$/
const FILE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

/** Kinds that hold one folder per id. `runs` holds one folder per study and id. */
export const FOLDER_KINDS = ['datasets', 'plans', 'shards'] as const
export const TOP_FOLDERS = ['objects', 'journal', ...FOLDER_KINDS, 'failures', 'runs', 'latest', 'tmp'] as const

export function isContentId(text: string): text is ContentId {
  return CONTENT_ID.test(text)
}

export function checkContentId(text: string): ContentId {
  if (!isContentId(text)) throw new VaultError('bad-name', `${JSON.stringify(text)} is not a content id`)
  return text
}

export function checkStudy(study: string): string {
  if (STUDY_KEY.test(study)) return study
  throw new VaultError('bad-name', `${JSON.stringify(study)} is not a study key: lower-case letters, digits, - and _`)
}

export function checkFile(file: string): string {
  if (FILE.test(file) && file !== SEAL) return file
  throw new VaultError('bad-name', `${JSON.stringify(file)} is not a file name for the vault`)
}

/** The file the vault itself adds to every folder, last. */
export const SEAL = 'seal.json'

/** The checked parts of a name, in order; joined with `/` they are the path below the root. */
export function partsOf(name: VaultName): string[] {
  const parts = name.split('/')
  const [kind, second = '', third] = parts
  if (kind === 'runs' && parts.length === 3) return [kind, checkStudy(second), checkContentId(third as string)]
  if (parts.length === 2 && kind === 'failures') return [kind, `${checkContentId(second)}.json`]
  if (parts.length === 2 && (kind === 'objects' || isFolderKind(kind))) return [kind as string, checkContentId(second)]
  throw new VaultError('bad-name', `${JSON.stringify(name)} is not a name in the vault`)
}

export function checkFolder(name: FolderName): FolderName {
  const kind = partsOf(name)[0]
  if (kind === 'runs' || isFolderKind(kind)) return name
  throw new VaultError('bad-name', `${name} does not name a folder of the vault`)
}

/** `datasets`, ..., or `runs/<study>`: the checked parts of what `list` is asked for. */
export function partsOfKind(kind: string): string[] {
  const [first, study, ...rest] = kind.split('/')
  if (first === 'runs' && study !== undefined && rest.length === 0) return [first, checkStudy(study)]
  if (study === undefined && (first === 'objects' || first === 'failures' || isFolderKind(first)))
    return [first as string]
  throw new VaultError('bad-name', `${JSON.stringify(kind)} is not a kind of the vault`)
}

function isFolderKind(kind: string | undefined): boolean {
  return (FOLDER_KINDS as readonly (string | undefined)[]).includes(kind)
}
