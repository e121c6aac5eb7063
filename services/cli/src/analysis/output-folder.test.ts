import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { writeOutput } from './output-folder.ts'

const MANIFEST = JSON.stringify({ schemaVersion: 1, run: 'sha256-0', files: [{ name: 'adsl.csv' }] })

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'output-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const results = (path: string, adsl: string) =>
  writeOutput(path, async (into) => {
    await into.write('adsl.csv', new TextEncoder().encode(adsl))
    await into.write('manifest.json', new TextEncoder().encode(MANIFEST))
  })

it('results of an earlier call are replaced whole', async () => {
  const out = join(folder(), 'a/b/results')
  await results(out, 'first')
  await results(out, 'second')
  expect(readFileSync(join(out, 'adsl.csv'), 'utf8')).toBe('second')
  expect(readdirSync(join(out, '..'))).toEqual(['results'])
})

it("a person's file beside the results is never deleted: the call is refused and names it", async () => {
  const out = join(folder(), 'results')
  await results(out, 'first')
  writeFileSync(join(out, 'notes.txt'), 'mine')
  await expect(results(out, 'second')).rejects.toMatchObject({
    code: 'out-not-empty',
    message: expect.stringContaining('notes.txt'),
  })
  expect(readdirSync(out).sort()).toEqual(['adsl.csv', 'manifest.json', 'notes.txt'])
  expect(readFileSync(join(out, 'adsl.csv'), 'utf8')).toBe('first')
})

it("a folder with somebody else's manifest.json is left alone", async () => {
  for (const manifest of ['{"name":"my web page"}', 'no JSON', '[]', 'null']) {
    const out = folder()
    writeFileSync(join(out, 'manifest.json'), manifest)
    writeFileSync(join(out, 'thesis.tex'), 'years of work')
    await expect(results(out, 'first')).rejects.toMatchObject({ code: 'out-not-empty' })
    expect(readdirSync(out).sort()).toEqual(['manifest.json', 'thesis.tex'])
  }
})

it('where no folder can be made the call ends, and does not wait for ever', async () => {
  const file = join(folder(), 'file')
  writeFileSync(file, '')
  const takesNoFolders = existsSync('/proc') ? '/proc' : file
  const code = expect.stringMatching(/^ENO(ENT|TDIR)$/)
  await expect(results(join(takesNoFolders, 'results'), 'first')).rejects.toMatchObject({ code })
})

it.each([true, false])(
  'a call that is interrupted while it writes (%s), or before, leaves nothing behind',
  async (writes) => {
    const out = join(folder(), 'results')
    let remove = async (): Promise<void> => expect.unreachable()
    await new Promise<void>((reached) => {
      const write = () => new Promise<void>(() => reached())
      void writeOutput(out, write, (told) => {
        remove = told
        if (!writes) reached()
      })
    })
    expect(readdirSync(join(out, '..'))).toHaveLength(writes ? 1 : 0)
    await remove()
    expect(readdirSync(join(out, '..'))).toEqual([])
  },
)
