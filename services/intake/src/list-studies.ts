import { readdir } from 'node:fs/promises'
import { STUDY_KEY } from '@afferent/ledger'

/** Something at the top of the drop folder that is no study, and what would be right. */
export interface NoStudy {
  readonly name: string
  /** Goes after the name. */
  readonly says: string
}

/** Folders of the drop folder whose names are study keys, and what else lies there; dot-files are let be. */
export async function listStudies(dropRoot: string): Promise<{ studies: string[]; others: NoStudy[] }> {
  const studies: string[] = []
  const others: NoStudy[] = []
  for (const entry of await readdir(dropRoot, { withFileTypes: true })) {
    const { name } = entry
    if (name.startsWith('.')) continue
    if (!entry.isDirectory()) others.push({ name, says: OUTSIDE })
    else if (STUDY_KEY.test(name)) studies.push(name)
    else others.push({ name, says: `${BAD_NAME}; rename it, for example to ${suggestStudyKey(name)}` })
  }
  return { studies: studies.sort(), others }
}

const OUTSIDE = 'lies outside any study; drop it into the folder of its study'
const BAD_NAME =
  'is not the name of a study: a study folder has lower-case letters, digits, - and _ in its name, at most 63'

/** The study key nearest to a name. */
export function suggestStudyKey(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const key = plain
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[^a-z0-9]+|-+$/g, '')
    .slice(0, 63)
  return STUDY_KEY.test(key) ? key : 'study'
}
