import { describe, expect, it } from 'vitest'
import { diaryFile, SMALL_STUDY, subjectNames } from '../pipeline/small-study.ts'
import { temporaryFolder } from '../testkit/temporary-folder.ts'
import { startAfferent } from './afferent-process.ts'
import { hashesInOneGo, InstallationFolder } from './installation-folder.ts'

/** kill -9 at several moments of one analysis. What comes out in the end must be what `analyze` writes. */
const FILES = { 'diary-a.csv': diaryFile(subjectNames(90)), 'diary-b.csv': diaryFile(subjectNames(40, 80), 1) }
const expected = hashesInOneGo(SMALL_STUDY, FILES)

/** One answer per file, and nothing left half-way. */
const ANSWERED = ['study.yaml', ...Object.keys(FILES)].sort().flatMap((name) => [name, `${name}.receipt.json`])
const answers = (folder: InstallationFolder) => folder.dropped().map((path) => path.replace(/^accepted\//, ''))

describe('an analysis', () => {
  it('ends with the same bytes and one receipt per file although the installation was killed three times', async () => {
    const folder = new InstallationFolder(temporaryFolder('afferent-killed-'))
    folder.drop('study.yaml', SMALL_STUDY)

    const first = await startAfferent(folder.data)
    for (const [name, text] of Object.entries(FILES)) folder.drop(name, text)
    await first.reaches(() => folder.received() > 0)
    await first.killAll()

    const second = await startAfferent(folder.data)
    await second.reaches(() => folder.names('datasets').length > 0)
    await second.killOnly()

    const third = await startAfferent(folder.data)
    await third.reaches(() => folder.names('shards').length > 0)
    await third.killAll()

    const last = await startAfferent(folder.data)
    await last.reaches(async () => folder.shows(await expected))
    await last.reaches(() => answers(folder).length === ANSWERED.length)
    expect(folder.published()).toEqual(await expected)
    expect(answers(folder)).toEqual(ANSWERED)
  }, 240_000)

  it('ends with the same bytes although its worker was killed between the stages', async () => {
    const folder = new InstallationFolder(temporaryFolder('afferent-killed-'))
    const installation = await startAfferent(folder.data)
    folder.drop('study.yaml', SMALL_STUDY)
    folder.drop('diary-a.csv', FILES['diary-a.csv'])
    await installation.reaches(() => folder.names('datasets').length > 0)
    const workers = installation.workers()
    for (const pid of workers) process.kill(pid, 'SIGKILL')
    expect(workers).toHaveLength(1)
    // Its ring may be lost with it, which the scheduler's minute heals; the next file does not wait for that.
    folder.drop('diary-b.csv', FILES['diary-b.csv'])
    await installation.reaches(async () => folder.shows(await expected))
    await installation.reaches(() => answers(folder).length === ANSWERED.length)
    expect(folder.published()).toEqual(await expected)
    expect(answers(folder)).toEqual(ANSWERED)
  }, 240_000)
})
