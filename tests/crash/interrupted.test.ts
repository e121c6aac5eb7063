import { existsSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { diaryFile, SMALL_STUDY, subjectNames } from '../pipeline/small-study.ts'
import { temporaryFolder } from '../testkit/temporary-folder.ts'
import { AfferentProcess, startAfferent } from './afferent-process.ts'
import { hashesInOneGo, InstallationFolder } from './installation-folder.ts'

/** Ctrl-C. A forced end after five seconds has exit code 1, so the code tells that it was orderly and in time. */
describe('Ctrl-C', () => {
  it('during an analysis ends it with code 6 and leaves no results; the same call again makes them', async () => {
    const folder = temporaryFolder('afferent-interrupted-')
    const [study, diary, out] = ['study.yaml', 'diary.csv', 'results'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ]
    writeFileSync(study, SMALL_STUDY)
    writeFileSync(diary, diaryFile(subjectNames(1_500)))
    const args = ['analyze', diary, '--study', study, '--out', out]
    const first = new AfferentProcess(args)
    await first.reaches(() => isOpen(first.pid, diary))
    first.interrupt()
    await first.end()
    expect([first.ended, first.stdout]).toEqual([6, ''])
    expect(first.stderr).toContain('interrupted')
    expect(existsSync(out)).toBe(false)
    expect(readdirSync(folder).sort()).toEqual(['diary.csv', 'study.yaml'])

    const second = new AfferentProcess(args)
    await second.end()
    expect([second.ended, second.stderr]).toEqual([0, expect.not.stringContaining('error')])
    expect(existsSync(join(out, 'manifest.json'))).toBe(true)
  }, 120_000)

  it('stops an installation in order in the middle of its work; a second start goes on', async () => {
    const files = { 'diary.csv': diaryFile(subjectNames(300)) }
    const folder = new InstallationFolder(temporaryFolder('afferent-interrupted-'))
    const first = await startAfferent(folder.data)
    folder.drop('study.yaml', SMALL_STUDY)
    for (const [name, text] of Object.entries(files)) folder.drop(name, text)
    await first.reaches(() => folder.names('datasets').length > 0)
    first.interrupt()
    await first.end()
    expect([first.ended, first.stderr]).toEqual([0, expect.not.stringContaining('error')])

    const expected = await hashesInOneGo(SMALL_STUDY, files)
    const second = await startAfferent(folder.data)
    await second.reaches(() => folder.shows(expected))
    expect(folder.published()).toEqual(expected)
  }, 120_000)
})

/** Whether a process has a file open. */
function isOpen(pid: number, path: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => linkOf(`/proc/${pid}/fd/${fd}`) === path)
  } catch {
    return false
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
