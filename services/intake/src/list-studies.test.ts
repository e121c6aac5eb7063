import { STUDY_KEY } from '@afferent/ledger'
import { describe, expect, it } from 'vitest'
import { suggestStudyKey } from './list-studies.ts'

describe('a folder that is no study', () => {
  it.each([
    ['Étude 1', 'etude-1'],
    ['NCT04012345', 'nct04012345'],
    ['  _trial (final) ', 'trial-final'],
    ['Straße', 'stra-e'],
    ['試験', 'study'],
    ['x'.repeat(80), 'x'.repeat(63)],
  ])('%j is suggested as %j', (name, key) => {
    expect(suggestStudyKey(name)).toBe(key)
    expect(STUDY_KEY.test(key)).toBe(true)
  })
})
