import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContentId } from '@afferent/ledger'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Disk, type LocalVault, nodeDisk, openVault, resultsView } from './index.ts'

const run = (digit: string): ContentId => `sha256-${digit.repeat(64)}`
let root: string
let results: string
let vault: LocalVault

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'results-'))
  results = join(root, 'results')
  vault = await openVault({ root: join(root, 'vault') })
  for (const digit of ['a', 'b']) {
    await vault.writeFolder(`runs/trial/${run(digit)}`, async (folder) => {
      await folder.write('adeff.csv', new TextEncoder().encode(`run ${digit}\n`))
      await folder.write('manifest.json', new TextEncoder().encode('{}'))
    })
  }
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const withoutLinks = (...refused: ('link' | 'symlink')[]): Disk => {
  const refuse = async () => {
    throw Object.assign(new Error('no links here'), { code: 'EPERM' })
  }
  return { ...nodeDisk, ...Object.fromEntries(refused.map((name) => [name, refuse])) }
}

describe('the results folder', () => {
  it('shows a run under 12 digits as hard links, with latest pointing at the run in force', async () => {
    await vault.advanceLatest('trial', { run: run('a'), number: 1, version: 1, judged: 1 })
    const shown = await resultsView(results, vault).publish('trial', run('a'))
    expect(shown).toBe(join(results, 'trial', 'a'.repeat(12)))
    expect(readdirSync(shown)).toEqual(['adeff.csv', 'manifest.json'])
    const inVault = join(vault.folderPath(`runs/trial/${run('a')}`), 'adeff.csv')
    expect(statSync(join(shown, 'adeff.csv')).ino).toBe(statSync(inVault).ino)
    expect(statSync(inVault).mode & 0o777).toBe(0o444)
    expect(readlinkSync(join(results, 'trial', 'latest'))).toBe('a'.repeat(12))
  })

  it('moves latest with the vault, and never back to a run shown late', async () => {
    const view = resultsView(results, vault)
    await vault.advanceLatest('trial', { run: run('a'), number: 1, version: 1, judged: 1 })
    await view.publish('trial', run('a'))
    await vault.advanceLatest('trial', { run: run('b'), number: 2, version: 1, judged: 1 })
    await view.publish('trial', run('b'))
    await view.publish('trial', run('a'))
    expect(readFileSync(join(results, 'trial', 'latest', 'adeff.csv'), 'utf8')).toBe('run b\n')
    expect(readdirSync(join(results, 'trial')).sort()).toEqual(['a'.repeat(12), 'b'.repeat(12), 'latest'])
  })

  it('is made again from the vault when it was lost or damaged', async () => {
    const view = resultsView(results, vault)
    await vault.append('trial', { kind: 'asked', at: '2026-03-01T08:00:00.000Z', trigger: 'hand' })
    await vault.advanceLatest('trial', { run: run('b'), number: 1, version: 1, judged: 1 })
    await view.publish('trial', run('b'))
    rmSync(join(results, 'trial', 'b'.repeat(12), 'adeff.csv'))
    await view.rebuild()
    expect(readFileSync(join(results, 'trial', 'latest', 'adeff.csv'), 'utf8')).toBe('run b\n')
    expect(readFileSync(join(results, 'trial', 'a'.repeat(12), 'adeff.csv'), 'utf8')).toBe('run a\n')
  })

  it('is made again without a run that is damaged', async () => {
    await vault.append('trial', { kind: 'asked', at: '2026-03-01T08:00:00.000Z', trigger: 'hand' })
    await vault.advanceLatest('trial', { run: run('b'), number: 1, version: 1, judged: 1 })
    rmSync(join(vault.folderPath(`runs/trial/${run('a')}`), 'seal.json'))
    await resultsView(results, vault).rebuild()
    expect(readdirSync(join(results, 'trial')).sort()).toEqual(['b'.repeat(12), 'latest'])
  })

  it('copies where the disk has no links of either kind, and still moves latest', async () => {
    const view = resultsView(results, vault, withoutLinks('link', 'symlink'))
    for (const [number, digit] of ['a', 'b'].entries()) {
      await vault.advanceLatest('trial', { run: run(digit), number: number + 1, version: 1, judged: 1 })
      await view.publish('trial', run(digit))
      const latest = join(results, 'trial', 'latest')
      expect(lstatSync(latest).isDirectory()).toBe(true)
      expect(readFileSync(join(latest, 'adeff.csv'), 'utf8')).toBe(`run ${digit}\n`)
    }
    expect(readdirSync(join(results, 'trial'))).toHaveLength(3)
  })

  it('turns a folder named latest, left by a disk without links, into a link', async () => {
    mkdirSync(join(results, 'trial', 'latest'), { recursive: true })
    await vault.advanceLatest('trial', { run: run('a'), number: 1, version: 1, judged: 1 })
    await resultsView(results, vault).publish('trial', run('a'))
    expect(readFileSync(join(results, 'trial', 'latest', 'adeff.csv'), 'utf8')).toBe('run a\n')
  })
})
