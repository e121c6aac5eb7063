import { STUDY_KEY } from '@afferent/ledger'

/** A folder below `drop/` is a study when its name is a study key; for any other name, the key nearest to it. */
export function suggestStudyKey(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const key = plain
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[^a-z0-9]+|-+$/g, '')
    .slice(0, 63)
  return STUDY_KEY.test(key) ? key : 'study'
}
