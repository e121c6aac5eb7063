import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeReference, sharedRoot } from './reference.ts'
import { temporaryFolder } from './temporary-folder.ts'

describe('the test kit', () => {
  let before = ''

  it('gives every test an empty folder of its own', () => {
    before = temporaryFolder()
    expect(readdirSync(before)).toEqual([])
    writeFileSync(join(before, 'left.txt'), 'left over')
  })

  it('removes the folder of a test when that test ends', () => {
    expect(before).not.toBe('')
    expect(existsSync(before)).toBe(false)
  })
})

describeReference('the reference folder', (root) => {
  it('holds the data, oracles and fixtures the reference tests read', () => {
    expect(root).toBe(sharedRoot)
    for (const part of ['data', 'oracles', 'fixtures']) expect(readdirSync(join(root, part)).length).toBeGreaterThan(0)
  })
})
