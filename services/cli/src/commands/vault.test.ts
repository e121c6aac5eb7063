import { chmodSync, existsSync, linkSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ContentId } from '@afferent/ledger'
import { type LocalVault, openVault } from '@afferent/vault'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../../../tests/testkit/temporary-folder.ts'
import { call } from '../call.fixture.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const runId = (digit: number): ContentId => `sha256-${String(digit).repeat(64)}`
const at = '2026-03-01T08:00:00.000Z'

const STUDY = `study: trial
preset: headache-diary
analysis: { keepRuns: 2 }
sources:
  - { files: '*.csv', layout: daily, dayZero: first, columns: { subject: id, studyDay: day, headache: headache } }
`

async function receive(vault: LocalVault, name: string, text: string): Promise<void> {
  async function* parts() {
    yield bytes(text)
  }
  const { id: object, size } = await vault.putObject(parts())
  await vault.append('trial', { kind: 'received', at, object, name, size, role: 'study', via: 'drop' })
}

/** An installation with a study file, a later one that is refused, and three published runs, all written two days ago. */
async function installation(): Promise<string> {
  const data = temporaryFolder()
  const vault = await openVault({ root: join(data, 'vault') })
  await receive(vault, 'study.yaml', STUDY)
  await receive(vault, 'study.yaml', 'study: trial\npreset: not-one\n')
  for (const number of [1, 2, 3]) {
    const name = `runs/trial/${runId(number)}` as const
    await vault.writeFolder(name, async (folder) => {
      await folder.write('adeff.csv', bytes('table'))
      await folder.write('study.effective.yaml', bytes(STUDY))
      await folder.write('manifest.json', bytes('{}'))
    })
    await vault.append('trial', { kind: 'published', at, run: runId(number), answers: number, trigger: 'drop' })
    await vault.advanceLatest('trial', { run: runId(number), number, version: 1, judged: 1 })
    const view = join(data, 'results', 'trial', String(number).repeat(12))
    mkdirSync(view, { recursive: true })
    for (const file of ['adeff.csv', 'manifest.json']) {
      linkSync(join(vault.folderPath(name), file), join(view, file))
    }
    utimesSync(vault.folderPath(name), Date.now() / 1000 - 2 * 86_400, Date.now() / 1000 - 2 * 86_400)
  }
  await vault.close()
  return data
}

it('finds a store as it was written, and says how much it read', async () => {
  const data = await installation()
  const { code, stdout } = await call(['vault', 'check', '--data', data])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^2 uploads, 9 files in 3 folders, 5 journal entries, [\d,]+ bytes: all as written\n$/)
})

it('names every file that was changed behind its back, and ends with 1', async () => {
  const data = await installation()
  const table = join(data, 'vault', 'runs', 'trial', runId(2), 'adeff.csv')
  chmodSync(table, 0o644)
  writeFileSync(table, 'tabel')
  const { code, stdout } = await call(['vault', 'check', '--data', data])
  expect(code).toBe(1)
  expect(stdout).toContain(`FAIL runs/trial/${runId(2)}/adeff.csv differs from what was written`)
})

it('says what would go before it goes: the tables of runs beyond those the study file keeps', async () => {
  const data = await installation()
  const old = `runs/trial/${runId(1)}/adeff.csv`
  const dry = await call(['vault', 'sweep', '--data', data, '--dry-run'])
  expect(dry.stdout).toContain(`${old}\n1 names, 5 bytes would go`)
  expect(existsSync(join(data, 'vault', old))).toBe(true)
  expect((await call(['vault', 'sweep', '--data', data])).stdout).toContain('1 names, 5 bytes went')
  expect(existsSync(join(data, 'vault', old))).toBe(false)
  expect((await call(['vault', 'check', '--data', data])).code).toBe(0)
})

it('makes the room free that it names: the links of people into old tables go too, manifests stay', async () => {
  const data = await installation()
  await call(['vault', 'sweep', '--data', data])
  expect(readdirSync(join(data, 'results', 'trial', '1'.repeat(12)))).toEqual(['manifest.json'])
  expect(readdirSync(join(data, 'results', 'trial', '2'.repeat(12)))).toEqual(['adeff.csv', 'manifest.json'])
})

it('does not take an empty folder for a healthy store', async () => {
  const folder = temporaryFolder()
  expect((await call(['vault', 'check', '--data', folder])).code).toBe(4)
  mkdirSync(join(folder, 'vault'))
  expect((await call(['vault', 'check', '--data', folder])).code).toBe(5)
})
