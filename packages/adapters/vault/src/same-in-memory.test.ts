import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContentId, Vault } from '@afferent/ledger'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { memoryVault, openVault } from './index.ts'

const id = (of: number): ContentId => `sha256-${createHash('sha256').update(`${of}`).digest('hex')}`
const bytes = (of: number) => new TextEncoder().encode(`content ${of}`)
const at = '2026-03-01T08:00:00.000Z'
const name = (n: number) => `datasets/${id(n)}` as const

type Act = (vault: Vault, n: number, m: number) => Promise<unknown>

/** Whatever a stage can ask of a vault; errors count by their code. */
const ACTS: readonly Act[] = [
  (vault, n) =>
    vault.putObject(
      (async function* () {
        yield bytes(n)
      })(),
    ),
  (vault, n) => vault.eraseObject(`sha256-${createHash('sha256').update(bytes(n)).digest('hex')}`),
  (vault, n, m) => vault.writeFolder(name(n), (folder) => folder.write(`f${m}`, bytes(m))),
  (vault, n) => vault.removeFolder(name(n)),
  (vault, n) => vault.listFiles(name(n)),
  (vault, n, m) => vault.readFile(name(n), `f${m}`).then((read) => new TextDecoder().decode(read)),
  (vault) => vault.append('trial', { kind: 'asked', at, trigger: 'hand' }),
  (vault, n) => vault.journal('trial', n),
  (vault, n) => vault.writeFailure(id(n), { code: `c${n}`, stage: 'derive', at, message: 'm' }),
  (vault, n) => vault.clearFailure(id(n)),
  (vault, n) => vault.failure(id(n)),
  (vault, n, m) => vault.advanceLatest('trial', { run: id(n), number: n, version: m, judged: n }),
  (vault) => vault.list('datasets'),
  (vault) => vault.list('objects'),
  (vault) => vault.list('failures'),
]

it('a vault in memory answers every question as one on a disk does', async () => {
  const act = fc.record({ act: fc.nat(ACTS.length - 1), n: fc.nat(3), m: fc.nat(2) })
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
      const root = mkdtempSync(join(tmpdir(), 'same-'))
      try {
        const [disk, memory] = [await openVault({ root }), memoryVault()]
        for (const { act: which, n, m } of acts) {
          const asked = ACTS[which] as Act
          expect(await answer(asked(memory, n, m))).toEqual(await answer(asked(disk, n, m)))
        }
      } finally {
        rmSync(root, { recursive: true, force: true })
      }
    }),
    { numRuns: 40 },
  )
})

const answer = (asked: Promise<unknown>): Promise<unknown> =>
  asked.catch((error: { code?: string }) => error.code ?? error)
