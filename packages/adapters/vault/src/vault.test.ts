import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContentId, FolderName, JournalEntry } from '@afferent/ledger'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Disk, type KeptVault, memoryVault, nodeDisk, openVault } from './index.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (of: Uint8Array) => new TextDecoder().decode(of)
const idOf = (of: string): ContentId => `sha256-${createHash('sha256').update(of).digest('hex')}`
async function* parts(...texts: string[]) {
  for (const each of texts) yield bytes(each)
}
const received = (name: string): JournalEntry => ({
  kind: 'received',
  at: '2026-03-01T08:00:00.000Z',
  object: idOf(name),
  name,
  size: 3,
  role: 'data',
  via: 'drop',
})
const failure = { code: 'too-big', stage: 'validate', at: '2026-03-01T08:00:00.000Z', message: 'too big' } as const

const withoutLinks: Disk = {
  ...nodeDisk,
  link: () => Promise.reject(Object.assign(new Error('no links here'), { code: 'ENOTSUP' })),
}

const makers: [string, (root: string) => Promise<KeptVault>][] = [
  ['on a disk', (root) => openVault({ root })],
  ['on a disk without links', (root) => openVault({ root, disk: withoutLinks })],
  ['in memory', async () => memoryVault()],
]

describe.each(makers)('a vault %s', (_, make) => {
  let root: string
  let vault: KeptVault
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'vault-'))
    vault = await make(root)
  })
  afterEach(async () => {
    await vault.close()
    rmSync(root, { recursive: true, force: true })
  })

  it('names an object by the hash of its bytes, however they arrive in parts', async () => {
    // sha256('abc'), FIPS 180-4 example B.1
    const abc = 'sha256-ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    expect(await vault.putObject(parts('a', 'bc'))).toEqual({ id: abc, size: 3 })
    expect(await vault.putObject(parts('abc'))).toEqual({ id: abc, size: 3 })
    expect(await vault.list('objects')).toEqual([abc])
    expect(await vault.has(`objects/${abc}`)).toBe(true)
    expect(text(await vault.readObject(abc))).toBe('abc')
    expect(readFileSync(await vault.objectPath(abc), 'utf8')).toBe('abc')
  })

  it('keeps an empty upload like any other', async () => {
    const { id, size } = await vault.putObject(parts())
    expect(size).toBe(0)
    expect(id).toBe(idOf(''))
    expect(await vault.readObject(id)).toHaveLength(0)
  })

  it('copies what it is given, so that a reused buffer changes nothing', async () => {
    const buffer = bytes('first')
    async function* reused() {
      yield buffer.subarray(0, 5)
      buffer.set(bytes('again'))
      yield buffer
    }
    const { id } = await vault.putObject(reused())
    expect(text(await vault.readObject(id))).toBe('firstagain')
  })

  it('says missing for what it does not hold, and forgets an erased object', async () => {
    const absent = idOf('absent')
    await expect(vault.objectPath(absent)).rejects.toMatchObject({ code: 'missing' })
    await expect(vault.readFile(`datasets/${absent}`, 'manifest.json')).rejects.toMatchObject({ code: 'missing' })
    await expect(vault.listFiles(`runs/trial/${absent}`)).rejects.toMatchObject({ code: 'missing' })
    const { id } = await vault.putObject(parts('x'))
    await vault.eraseObject(id)
    await vault.eraseObject(id)
    expect(await vault.has(`objects/${id}`)).toBe(false)
    await expect(vault.readObject(id)).rejects.toMatchObject({ code: 'missing' })
  })

  it('shows a folder only when all of it is written, and the first writer of a name wins', async () => {
    const name: FolderName = `datasets/${idOf('d')}`
    const wrote = await vault.writeFolder(name, async (folder) => {
      const table = await folder.writeParts('diary.arrow', [bytes('ab'), bytes('c')])
      expect(table).toEqual({ bytes: 3, sha256: idOf('abc').slice(7) })
      expect(await vault.has(name)).toBe(false)
      await folder.write('manifest.json', bytes('{}'))
    })
    expect(wrote).toBe(true)
    expect(await vault.writeFolder(name, (folder) => folder.write('other', bytes('z')))).toBe(false)
    expect(await vault.has(name)).toBe(true)
    expect(await vault.listFiles(name)).toEqual(['diary.arrow', 'manifest.json'])
    expect(await vault.sealedFiles(name)).toEqual([
      { name: 'diary.arrow', bytes: 3, sha256: idOf('abc').slice(7) },
      { name: 'manifest.json', bytes: 2, sha256: idOf('{}').slice(7) },
    ])
    expect(text(await vault.readFile(name, 'diary.arrow'))).toBe('abc')
    expect(readFileSync(join(vault.folderPath(name), 'diary.arrow'), 'utf8')).toBe('abc')
    await vault.flushFolder(name)
  })

  it('lets exactly one of two writers at the same time win', async () => {
    const name: FolderName = `shards/${idOf('s')}`
    const write = (mark: string) => vault.writeFolder(name, (folder) => folder.write('effects.arrow', bytes(mark)))
    const won = await Promise.all([write('same'), write('same'), write('same')])
    expect(won.filter(Boolean)).toHaveLength(1)
    expect(text(await vault.readFile(name, 'effects.arrow'))).toBe('same')
  })

  it('leaves nothing of a folder whose writer failed', async () => {
    const name: FolderName = `runs/trial/${idOf('r')}`
    const failing = vault.writeFolder(name, async (folder) => {
      await folder.write('adeff.csv', bytes('USUBJID'))
      throw new Error('no more rows')
    })
    await expect(failing).rejects.toThrow('no more rows')
    expect(await vault.has(name)).toBe(false)
    expect(await vault.list('runs/trial')).toEqual([])
    expect(await vault.writeFolder(name, (folder) => folder.write('adeff.csv', bytes('x')))).toBe(true)
    expect(await vault.list('runs/trial')).toEqual([idOf('r')])
    await vault.removeFolder(name)
    await vault.removeFolder(name)
    expect(await vault.has(name)).toBe(false)
  })

  it('refuses to write one file of a folder twice', async () => {
    const twice = vault.writeFolder(`plans/${idOf('p')}`, async (folder) => {
      await folder.write('plan.json', bytes('1'))
      await folder.write('plan.json', bytes('2'))
    })
    await expect(twice).rejects.toThrow()
    expect(await vault.list('plans')).toEqual([])
  })

  it('numbers what happened from 1 without gaps, and gives only what is new', async () => {
    expect(await vault.journal('trial')).toEqual([])
    const numbered = await Promise.all(Array.from({ length: 70 }, (_, i) => vault.append('trial', received(`f${i}`))))
    expect(numbered.map((entry) => entry.number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 70 }, (_, i) => i + 1),
    )
    const all = await vault.journal('trial')
    expect(all.map((entry) => entry.number)).toEqual(Array.from({ length: 70 }, (_, i) => i + 1))
    expect(all).toEqual([...numbered].sort((a, b) => a.number - b.number))
    expect((await vault.journal('trial', 68)).map((entry) => entry.number)).toEqual([69, 70])
    expect(await vault.journal('trial', 70)).toEqual([])
    expect(await vault.studies()).toEqual(['trial'])
  })

  it('refuses an entry that no later reader could understand', async () => {
    const wrong = { ...received('a'), role: 'picture' } as unknown as JournalEntry
    await expect(vault.append('trial', wrong)).rejects.toThrow()
    expect(await vault.journal('trial')).toEqual([])
  })

  it('keeps why a step failed until it is cleared', async () => {
    const id = idOf('step')
    expect(await vault.failure(id)).toBeNull()
    await vault.writeFailure(id, failure)
    await vault.writeFailure(id, { ...failure, code: 'later' })
    expect(await vault.failure(id)).toEqual({ ...failure, code: 'later' })
    expect(await vault.has(`failures/${id}`)).toBe(true)
    expect(await vault.list('failures')).toEqual([id])
    await vault.clearFailure(id)
    await vault.clearFailure(id)
    expect(await vault.failure(id)).toBeNull()
  })

  it('moves latest forward only: by journal number, then by computation version, then by uploads judged', async () => {
    const at = (number: number, version: number, judged = 3) => ({
      run: idOf(`${number}.${version}.${judged}`),
      number,
      version,
      judged,
    })
    expect(await vault.latest('trial')).toBeNull()
    expect(await vault.advanceLatest('trial', at(5, 1))).toEqual(at(5, 1))
    expect(await vault.advanceLatest('trial', at(4, 9))).toEqual(at(5, 1)) // a slow old run
    expect(await vault.advanceLatest('trial', { ...at(5, 1), run: idOf('other') })).toEqual(at(5, 1)) // nothing new
    expect(await vault.advanceLatest('trial', at(5, 1, 2))).toEqual(at(5, 1)) // it knew fewer uploads
    expect(await vault.advanceLatest('trial', at(5, 1, 4))).toEqual(at(5, 1, 4)) // an upload judged since
    expect(await vault.advanceLatest('trial', at(5, 2))).toEqual(at(5, 2)) // a newer computation
    expect(await vault.advanceLatest('trial', at(7, 1))).toEqual(at(7, 1)) // newer uploads, old worker
    expect(await vault.latest('trial')).toEqual(at(7, 1))
    expect(await vault.latest('other')).toBeNull()
  })

  it('ends at the highest number when many move latest at once', async () => {
    const to = Array.from({ length: 12 }, (_, i) => ({
      run: idOf(`${i}`),
      number: (i * 5) % 12,
      version: 1,
      judged: 1,
    }))
    await Promise.all(to.map((each) => vault.advanceLatest('trial', each)))
    expect((await vault.latest('trial'))?.number).toBe(11)
  })

  it.each(['../up', 'A', '', 'a/b', '.', 'x'.repeat(64)])('refuses the study key %j', async (study) => {
    await expect(vault.append(study, received('a'))).rejects.toMatchObject({ code: 'bad-name' })
    await expect(vault.latest(study)).rejects.toMatchObject({ code: 'bad-name' })
  })

  it.each(['../../etc', `objects/${idOf('a')}/x`, 'datasets/sha256-12', `runs/../${idOf('a')}`])(
    'refuses the folder name %j',
    async (name) => {
      const folder = name as FolderName
      expect(() => vault.folderPath(folder)).toThrow('is not a')
      await expect(vault.writeFolder(folder, async () => undefined)).rejects.toMatchObject({ code: 'bad-name' })
    },
  )

  it('refuses a file name that leads out of its folder', async () => {
    const name: FolderName = `datasets/${idOf('d')}`
    const write = vault.writeFolder(name, (folder) => folder.write('../x', bytes('')))
    await expect(write).rejects.toMatchObject({ code: 'bad-name' })
    await vault.writeFolder(name, (folder) => folder.write('a', bytes('')))
    await expect(vault.readFile(name, '../seal.json')).rejects.toMatchObject({ code: 'bad-name' })
  })
})

describe('a journal on a disk without links', () => {
  it('passes over a number whose writer died before the last byte', async () => {
    const root = mkdtempSync(join(tmpdir(), 'torn-'))
    const vault = await openVault({ root, disk: withoutLinks })
    await vault.append('trial', received('a'))
    writeFileSync(join(root, 'journal/trial/2.json'), '{"kind":"rece')
    expect(await vault.append('trial', received('b'))).toMatchObject({ number: 3 })
    expect((await vault.journal('trial')).map((entry) => entry.number)).toEqual([1, 3])
    writeFileSync(join(root, 'journal/trial/4.json'), 'not ours\n')
    await expect(vault.journal('trial')).rejects.toMatchObject({ code: 'damaged' })
    rmSync(root, { recursive: true, force: true })
  })
})

describe('a journal', () => {
  it('gives its newest entries from memory to whoever reads on, and reads the disk from the start', async () => {
    const root = mkdtempSync(join(tmpdir(), 'recent-'))
    const vault = await openVault({ root })
    for (const name of ['a', 'b', 'c']) await vault.append('trial', received(name))
    rmSync(join(root, 'journal/trial/2.json'))
    expect((await vault.journal('trial', 1)).map((entry) => entry.number)).toEqual([2, 3])
    expect((await vault.journal('trial')).map((entry) => entry.number)).toEqual([1])
    rmSync(root, { recursive: true, force: true })
  })
})
