import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../call.fixture.ts'
import { makeBundle } from './make-bundle.ts'
import { currentBundle, isCurrent, MANIFEST, readManifest, stateOf } from './open-bundle.js'

const folder = mkdtempSync(join(tmpdir(), 'afferent-bundle-test-'))
const dist = pathToFileURL(`${join(folder, 'dist')}/`)
const manifest = () => readManifest(dist) as NonNullable<ReturnType<typeof readManifest>>

beforeAll(() => makeBundle(dist))
afterAll(() => rmSync(folder, { recursive: true }))

/** One call of `afferent` by a program of its own. */
async function callFrom(door: string, args: readonly string[]): Promise<string> {
  const program = join(folder, 'program.mjs')
  writeFileSync(program, `(${door}).runCommandLine(process.argv.slice(2))\n`)
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args])
  return stdout
}
const SOURCES = `await import('${new URL('../run.ts', import.meta.url)}')`
const BUNDLE = `(await import('${new URL('./open-bundle.js', import.meta.url)}')).currentBundle(new URL('${dist}')).load('command-line.cjs')`

const filesOf = (out: string) => readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'latin1')])

describe('a bundle of the sources as they are', () => {
  it('gives the bytes that the sources give, in one thread or several', async () => {
    const trial = join(folder, 'trial')
    await call(['simulate', '--out', trial, '--subjects', '40', '--with', 'all'])
    const exports = readdirSync(trial).filter((name) => name.endsWith('.csv') && !name.includes('truth'))
    expect(exports.length).toBeGreaterThan(1)
    const files = exports.map((name) => join(trial, name))
    const out = join(folder, 'results')
    const analysis = ['analyze', ...files, '--study', join(trial, 'study.yaml'), '--out', out]

    const said = await callFrom(SOURCES, analysis)
    const expected = filesOf(out)
    expect(expected.length).toBeGreaterThan(10)
    for (const threads of ['1', '3']) {
      rmSync(out, { recursive: true })
      expect(await callFrom(BUNDLE, [...analysis, '--threads', threads])).toBe(said)
      expect(filesOf(out)).toEqual(expected)
    }
  })

  it('holds the code that V8 compiled for it', () => {
    const bundle = currentBundle(dist)
    bundle?.load('command-line.cjs')
    bundle?.load('analysis.cjs')
    const loaded = bundle?.loaded() ?? []
    expect(loaded.length).toBeGreaterThan(2)
    expect(loaded.filter(({ script }) => script.cachedDataRejected !== false)).toEqual([])
  })

  it('names what it was made of, from the lock file to the deepest package', () => {
    const made = Object.keys(manifest().sources)
    expect(made.length).toBeGreaterThan(500)
    expect(made).toEqual(
      expect.arrayContaining([
        'pnpm-lock.yaml',
        'services/cli/package.json',
        'services/cli/src/run.ts',
        'packages/adapters/compute/src/thread.ts',
        'packages/domain/statistics/src/summarize-cohort.ts',
      ]),
    )
  })

  it('takes the place of the one before and leaves its folder to those who run it', async () => {
    const { folder: name, sources } = manifest()
    for (const older of ['before', 'long-before']) mkdirSync(new URL(older, dist))
    writeFileSync(new URL(MANIFEST, dist), JSON.stringify({ folder: 'before', sources }))
    await makeBundle(dist)
    expect(manifest()).toEqual({ folder: name, sources })
    expect(readdirSync(dist).sort()).toEqual(['before', name, MANIFEST].sort())
  })
})

describe('a bundle of other sources', () => {
  it('is not run, and neither is one that is not there', () => {
    const { folder: name, sources } = manifest()
    const path = 'packages/domain/statistics/src/summarize-cohort.ts'
    expect(currentBundle(dist)).not.toBeNull()
    writeFileSync(new URL(MANIFEST, dist), JSON.stringify({ folder: name, sources: { ...sources, [path]: '1 1' } }))
    expect(currentBundle(dist)).toBeNull()
    writeFileSync(new URL(MANIFEST, dist), JSON.stringify({ folder: name, sources }))
    expect(currentBundle(dist)).not.toBeNull()
    expect(currentBundle(pathToFileURL(`${join(folder, 'nothing')}/`))).toBeNull()
  })

  it('is told by the size or the time of one file, or its absence', () => {
    const root = pathToFileURL(`${folder}/`)
    const path = join(folder, 'source.ts')
    writeFileSync(path, 'const cut = 30\n')
    utimesSync(path, 1_000, 1_000)
    const sources = { 'source.ts': stateOf(path) }
    expect(isCurrent(sources, root)).toBe(true)

    writeFileSync(path, 'const cut = 50\n')
    expect(isCurrent(sources, root)).toBe(false)
    writeFileSync(path, 'const cut = 100\n')
    utimesSync(path, 1_000, 1_000)
    expect(isCurrent(sources, root)).toBe(false)
    rmSync(path)
    expect(isCurrent(sources, root)).toBe(false)
  })
})
