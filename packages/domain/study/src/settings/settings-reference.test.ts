import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { settingsReference } from './settings-reference.ts'

const file = new URL('../../SETTINGS.md', import.meta.url)

describe('SETTINGS.md', () => {
  it('lists every setting as the schema has it (UPDATE_SETTINGS=1 writes it anew)', () => {
    const text = settingsReference()
    if (process.env.UPDATE_SETTINGS === '1') writeFileSync(file, text)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  it('describes every setting', () => {
    const rows = settingsReference()
      .split('\n')
      .filter((line) => line.startsWith('| `'))
    expect(rows.length).toBeGreaterThan(150)
    expect(rows.filter((row) => /\|\s*\|$/.test(row))).toEqual([])
  })
})
