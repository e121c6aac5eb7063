import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openVault } from '@afferent/vault'
import { expect, it } from 'vitest'

const WRITERS = 3
const EACH = 60

/** Every writer appends, moves latest to the numbers it got, and writes folders that others write too. */
const writer = (root: string): string => `
  const { openVault } = await import(${JSON.stringify(import.meta.resolve('@afferent/vault'))})
  const vault = await openVault({ root: ${JSON.stringify(root)} })
  const id = (n) => 'sha256-' + String(n).padStart(64, '0')
  await Promise.all(Array.from({ length: ${EACH} }, async (_, i) => {
    const entry = await vault.append('trial', { kind: 'asked', at: '2026-03-01T08:00:00.000Z', trigger: 'hand' })
    await vault.advanceLatest('trial', { run: id(entry.number), number: entry.number, version: 1, judged: 1 })
    await vault.writeFolder('shards/' + id(i), (folder) => folder.write('a.arrow', new TextEncoder().encode('same ' + i)))
  }))
`

it('several processes share one journal without gaps or doubles, and agree on what is latest', async () => {
  const root = mkdtempSync(join(tmpdir(), 'writers-'))
  try {
    const ends = Array.from({ length: WRITERS }, () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', writer(root)], { stdio: 'inherit' })
      return new Promise((resolve) => child.once('exit', resolve))
    })
    expect(await Promise.all(ends)).toEqual([0, 0, 0])
    const vault = await openVault({ root })
    const numbers = (await vault.journal('trial')).map((entry) => entry.number)
    expect(numbers).toEqual(Array.from({ length: WRITERS * EACH }, (_, i) => i + 1))
    expect((await vault.latest('trial'))?.number).toBe(WRITERS * EACH)
    expect(await vault.list('shards')).toHaveLength(EACH)
    expect(readdirSync(join(root, 'tmp'))).toEqual([])
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}, 60_000)
