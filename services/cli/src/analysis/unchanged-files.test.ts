import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { unchangedFiles } from './unchanged-files.ts'

it('a file that grew while it was read is refused by name; one that nobody touched is not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'unchanged-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const files = ['a.csv', 'b.csv'].map((name) => {
    const path = join(folder, name)
    writeFileSync(path, 'x')
    return { name, ref: { kind: 'file', path } as const, size: 1 }
  })
  const check = await unchangedFiles(files)
  await check()
  appendFileSync(join(folder, 'b.csv'), 'y')
  await expect(check()).rejects.toMatchObject({ code: 'file-changed', message: 'b.csv changed while it was read' })
})
