import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContentId, JournalEntry, Vault } from '@afferent/ledger'
import { describe, expect, it, onTestFinished } from 'vitest'
import { crashingDisk, Stopped } from './crashing-disk.fixture.ts'
import { check, openVault } from './index.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const idOf = (of: string): ContentId => `sha256-${createHash('sha256').update(of).digest('hex')}`
const entry: JournalEntry = { kind: 'asked', at: '2026-03-01T08:00:00.000Z', trigger: 'hand' }
const RUN = `runs/trial/${idOf('run')}` as const

async function* parts() {
  yield bytes('first ')
  yield bytes('second')
}

const acts: Record<string, (vault: Vault) => Promise<unknown>> = {
  'storing an object': (vault) => vault.putObject(parts()),
  'writing a folder': (vault) =>
    vault.writeFolder(RUN, async (folder) => {
      await folder.writeParts('adeff.csv', [bytes('a'), bytes('b')])
      await folder.write('manifest.json', bytes('{}'))
    }),
  'claiming a journal number': (vault) => vault.append('trial', entry),
  'moving latest': async (vault) => {
    await vault.advanceLatest('trial', { run: idOf('run'), number: 2, version: 1, judged: 1 })
    await vault.advanceLatest('trial', { run: idOf('later'), number: 3, version: 1, judged: 1 })
  },
  'writing a failure': (vault) =>
    vault.writeFailure(idOf('step'), { code: 'x', stage: 'derive', at: '2026-03-01T08:00:00.000Z', message: 'm' }),
}

const folder = (): string => {
  const root = mkdtempSync(join(tmpdir(), 'crash-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  return root
}

describe.each(Object.entries(acts))('a writer stopped while %s', (_, act) => {
  it('at any change to the disk leaves it undone or done, and the next writer finishes it', async () => {
    const whole = folder()
    await act(await openVault({ root: whole }))
    const wanted = await contentOf(whole)

    let stops = 0
    for (let n = 1; ; n++) {
      const root = folder()
      await openVault({ root })
      const disk = crashingDisk(n + OPENING)
      const vault = await openVault({ root, disk })
      const ended = await act(vault).then(
        () => true,
        (error: unknown) => {
          if (error instanceof Stopped) return false
          throw error
        },
      )
      const left = await openVault({ root })
      expect((await check(left)).problems.filter((each) => !each.says.startsWith('names a run'))).toEqual([])
      await act(left)
      expect(await contentOf(root)).toMatchObject(wanted)
      if (ended && disk.changes() < n + OPENING) break
      stops++
    }
    expect(stops).toBeGreaterThanOrEqual(4)
  })
})

/** Changes that opening a vault makes: one per top folder. */
const OPENING = 9

/** Everything a reader can see, but journal numbers: an entry written twice is two entries. */
async function contentOf(root: string): Promise<object> {
  const vault = await openVault({ root })
  const seen: Record<string, unknown> = {}
  for (const id of await vault.list('objects')) seen[id] = new TextDecoder().decode(await vault.readObject(id))
  for (const id of await vault.list('runs/trial')) seen[id] = await vault.sealedFiles(`runs/trial/${id}`)
  for (const id of await vault.list('failures')) seen[id] = await vault.failure(id)
  const { number: _number, ...first } = (await vault.journal('trial'))[0] ?? { number: 0 }
  return { ...seen, first, latest: await vault.latest('trial') }
}

describe('a process that was killed', () => {
  it('leaves unfinished files, which the next opening removes, and nothing else', async () => {
    const root = folder()
    const door = JSON.stringify(new URL('./index.ts', import.meta.url).href)
    const child = spawn(process.execPath, ['--input-type=module', '-e', killedWriter(door, root)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await said(child, 'writing')
    expect(readdirSync(join(root, 'tmp')).length).toBeGreaterThan(0)
    await openVault({ root })
    expect(readdirSync(join(root, 'tmp')).length).toBeGreaterThan(0) // its owner lives
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
    const vault = await openVault({ root })
    expect(readdirSync(join(root, 'tmp'))).toEqual([])
    expect(await vault.list('objects')).toEqual([])
    expect(await vault.list('datasets')).toEqual([])
  })
})

const killedWriter = (door: string, root: string): string => `
  const { openVault } = await import(${door})
  const vault = await openVault({ root: ${JSON.stringify(root)} })
  async function* slow() {
    yield new Uint8Array(1000)
    await new Promise((resolve) => setTimeout(resolve, 60000))
  }
  vault.writeFolder('datasets/sha256-${'d'.repeat(64)}', (folder) => folder.writeParts('a.arrow', slow()))
  vault.putObject(slow())
  setTimeout(() => console.log('writing'), 300)
`

function said(child: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk) => String(chunk).includes(text) && resolve())
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)))
  })
}
