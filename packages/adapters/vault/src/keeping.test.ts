import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContentId, FolderName } from '@afferent/ledger'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { check, type LocalVault, mendAfterCrash, openVault, sweep } from './index.ts'
import { replaceSeal, toSeal } from './seal.ts'
import { temporaryNames } from './temporary.ts'

const id = (digit: string): ContentId => `sha256-${digit.repeat(64)}`
const bytes = (text: string) => new TextEncoder().encode(text)
const at = '2026-03-01T08:00:00.000Z'
const TOMORROW = Date.now() + 25 * 60 * 60 * 1000

let root: string
let vault: LocalVault
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'keep-'))
  vault = await openVault({ root })
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const write = (name: FolderName, files: Record<string, string>) =>
  vault.writeFolder(name, async (folder) => {
    for (const [file, text] of Object.entries(files)) await folder.write(file, bytes(text))
  })

const overwrite = (path: string, text: string): void => {
  chmodSync(join(root, path), 0o644)
  writeFileSync(join(root, path), text)
}

describe('a damaged file', () => {
  it('is noticed when it is first read, set aside, and can be computed again', async () => {
    const name: FolderName = `datasets/${id('d')}`
    await write(name, { 'diary.arrow': 'rows', 'manifest.json': '{}' })
    overwrite(`${name}/diary.arrow`, 'rosw')
    await expect(vault.readFile(name, 'diary.arrow')).rejects.toMatchObject({ code: 'damaged' })
    expect(await vault.has(name)).toBe(false)
    expect(readdirSync(join(root, 'damaged'))).toHaveLength(1)
    expect(await write(name, { 'diary.arrow': 'rows', 'manifest.json': '{}' })).toBe(true)
    expect(await vault.readFile(name, 'diary.arrow')).toEqual(Buffer.from('rows'))
  })

  it('is told from one that gave way since another file of its folder was read', async () => {
    const name: FolderName = `runs/trial/${id('6')}`
    await write(name, { 'adeff.arrow': 'rows', 'manifest.json': '{}' })
    await vault.readFile(name, 'manifest.json')
    const swept = toSeal(new Map((await vault.sealedFiles(name)).slice(1).map((file) => [file.name, file])), [
      'adeff.arrow',
    ])
    await replaceSeal(vault.disk, temporaryNames(join(root, 'tmp')), join(root, name), swept)
    rmSync(join(root, name, 'adeff.arrow'))
    await expect(vault.readFile(name, 'adeff.arrow')).rejects.toMatchObject({ code: 'missing' })
    expect(await vault.has(name)).toBe(true)
  })

  it('that lost its last bytes in a power cut, seal included, gives way to a new one', async () => {
    const name: FolderName = `shards/${id('5')}`
    await write(name, { 'a.arrow': 'rows' })
    rmSync(join(root, name, 'seal.json'))
    expect(await vault.has(name)).toBe(false)
    expect(await write(name, { 'a.arrow': 'rows' })).toBe(true)
    expect(await vault.has(name)).toBe(true)
  })

  it('of a power cut is set aside at the next start, and whole folders stay', async () => {
    const names: FolderName[] = [
      `datasets/${id('1')}`,
      `shards/${id('2')}`,
      `runs/trial/${id('3')}`,
      `plans/${id('4')}`,
    ]
    for (const name of names) await write(name, { 'a.arrow': 'rows', 'manifest.json': '{}' })
    overwrite(`${names[0]}/a.arrow`, '')
    overwrite(`${names[1]}/seal.json`, '')
    rmSync(join(root, names[2] as string, 'manifest.json'))
    expect(await vault.has(names[1] as FolderName)).toBe(false)
    expect(await mendAfterCrash(vault)).toBe(3)
    expect(await Promise.all(names.map((name) => vault.has(name)))).toEqual([false, false, false, true])
    expect(await mendAfterCrash(vault)).toBe(0)
  })

  it('under the name of an object raises an alarm when its bytes come again', async () => {
    async function* parts() {
      yield bytes('export')
    }
    const { id: object } = await vault.putObject(parts())
    overwrite(`objects/${object}`, 'expert')
    await expect(vault.putObject(parts())).rejects.toMatchObject({ code: 'damaged' })
    await expect(vault.readObject(object)).rejects.toMatchObject({ code: 'damaged' })
  })

  it('is found by a check of the whole vault, with its name', async () => {
    async function* parts() {
      yield bytes('export')
    }
    const { id: object, size } = await vault.putObject(parts())
    const received = { kind: 'received', at, name: 'a.csv', size, role: 'data', via: 'drop' } as const
    await vault.append('trial', { ...received, object })
    await vault.append('trial', { ...received, object: id('e') })
    await write(`runs/trial/${id('a')}`, { 'adeff.csv': 'x', 'manifest.json': '{}' })
    await vault.advanceLatest('trial', { run: id('b'), number: 2, version: 1, judged: 1 })
    expect(await check(vault)).toMatchObject({ objects: 1, folders: 1, files: 2, entries: 2, bytes: 9 })
    overwrite(`runs/trial/${id('a')}/adeff.csv`, 'y')
    writeFileSync(join(root, `runs/trial/${id('a')}/extra.csv`), '')
    overwrite(`objects/${object}`, 'expert')
    expect((await check(vault)).problems.map((each) => `${each.name} ${each.says}`)).toEqual([
      `objects/${object} holds other bytes than its name says`,
      `runs/trial/${id('a')}/adeff.csv differs from what was written`,
      `runs/trial/${id('a')}/extra.csv is not in the seal of its folder`,
      `journal/trial/2.json names objects/${id('e')}, which is missing`,
      `latest/trial names a run that is missing: ${id('b')}`,
    ])
  })
})

describe('making room', () => {
  /** Three runs, the newest in force; each made of a dataset and a shard of its own, named in its plan. */
  async function threeRuns(): Promise<void> {
    for (const [number, digit] of ['1', '2', '3'].entries()) {
      const run = id(digit)
      await write(`datasets/${id(`${digit}`)}`, { 'manifest.json': '{"kind":"usable"}', 'diary.arrow': 'rows' })
      await write(`shards/${id(digit)}`, { 'effects.arrow': 'rows' })
      await write(`plans/${run}`, { 'plan.json': JSON.stringify({ shards: [{ id: id(digit) }] }) })
      await write(`runs/trial/${run}`, { 'adeff.csv': 'table', 'study.effective.yaml': 'study', 'manifest.json': '{}' })
      await vault.append('trial', { kind: 'published', at, run, answers: number, trigger: 'drop' })
      await vault.advanceLatest('trial', { run, number, version: 1, judged: 1 })
    }
  }

  it('keeps the tables of the last runs, and manifests and effective study files for ever', async () => {
    await threeRuns()
    const { removed } = await sweep(vault, { keepRuns: 2, now: TOMORROW })
    expect([...removed].sort()).toEqual([
      `datasets/${id('1')}`,
      `plans/${id('1')}`,
      `runs/trial/${id('1')}/adeff.csv`,
      `shards/${id('1')}`,
    ])
    expect(await vault.listFiles(`runs/trial/${id('1')}`)).toEqual(['manifest.json', 'study.effective.yaml'])
    expect(await vault.has(`runs/trial/${id('1')}`)).toBe(true)
    expect(await vault.listFiles(`runs/trial/${id('2')}`)).toHaveLength(3)
    expect((await check(vault)).problems).toEqual([])
    expect((await sweep(vault, { keepRuns: 2, now: TOMORROW })).removed).toEqual([])
  })

  it('says what would go and removes nothing in a dry run', async () => {
    await threeRuns()
    const dry = await sweep(vault, { keepRuns: 1, dryRun: true, now: TOMORROW })
    expect(dry.removed).toHaveLength(8)
    expect(dry.bytes).toBeGreaterThan(0)
    expect((await vault.list('datasets')).length).toBe(3)
    expect((await sweep(vault, { keepRuns: 1, now: TOMORROW })).removed).toEqual(dry.removed)
  })

  it('spares what is younger than a day, the run in force, pinned runs and refusals', async () => {
    await threeRuns()
    await write(`datasets/${id('f')}`, { 'manifest.json': '{"kind":"refused"}' })
    expect((await sweep(vault, { keepRuns: 0, now: Date.now() })).removed).toEqual([])
    const { removed } = await sweep(vault, { keepRuns: 0, alsoKeep: [id('1')], now: TOMORROW })
    expect(removed.every((name) => name.includes(id('2')))).toBe(true)
    expect(await vault.listFiles(`runs/trial/${id('3')}`)).toContain('adeff.csv')
    expect(await vault.has(`datasets/${id('f')}`)).toBe(true)
  })

  it('keeps every object the journal names and removes those it never heard of', async () => {
    async function* parts(text: string) {
      yield bytes(text)
    }
    const named = await vault.putObject(parts('named'))
    const stray = await vault.putObject(parts('half a file'))
    const received = { kind: 'received', at, name: 'a.csv', size: 5, role: 'data', via: 'drop' } as const
    await vault.append('trial', { ...received, object: named.id })
    expect((await sweep(vault, { keepRuns: 1, now: TOMORROW })).removed).toEqual([`objects/${stray.id}`])
    expect(await vault.list('objects')).toEqual([named.id])
  })

  it('removes a run that was written but never published', async () => {
    await threeRuns()
    await write(`runs/trial/${id('9')}`, { 'adeff.csv': 'x', 'manifest.json': '{}' })
    expect((await sweep(vault, { keepRuns: 3, now: TOMORROW })).removed).toEqual([`runs/trial/${id('9')}`])
  })
})
