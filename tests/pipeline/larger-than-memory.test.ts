import { existsSync, readdirSync } from 'node:fs'
import { openCompute } from '@afferent/compute'
import { digest } from '@afferent/runtime'
import { SCENARIOS, simulate } from '@afferent/simulation'
import { afterAll, expect, it } from 'vitest'
import { type Answer, answerOf, type GivenFile } from '../testkit/analyze.ts'
import { StagesByHand } from '../testkit/stages-by-hand.ts'
import { temporaryFolder } from '../testkit/temporary-folder.ts'

/** Small enough that every file is read in several ranges and cut into several pieces. */
const SMALL = { pieceRows: 150, minRangeBytes: 3_000, rowsAside: 100 }

/** A prime: no number of rows here has it as a factor. */
const STRIDE = 7919

const folder = temporaryFolder('afferent-aside-', afterAll)
const compute = openCompute({ threads: 2, aside: folder })
afterAll(() => compute.close())

/** Files that are left of what was put aside; a worker goes on to other studies. */
const leftAside = () => expect.poll(() => (existsSync(folder) ? readdirSync(folder).length : 0))

/** Inputs of each task, counted, so that a way that is not gone is noticed. */
const inputs = new Map<string, number>()
const threads: typeof compute = {
  ...compute,
  map(task, given) {
    inputs.set(task.name, (inputs.get(task.name) ?? 0) + given.length)
    return compute.map(task, given)
  },
}

/** A trial whose rows stand in any order, the same in every run. */
function trial(scenario: (typeof SCENARIOS)[number], isShuffled: boolean): { study: string; files: GivenFile[] } {
  const { files, studyYaml } = simulate({ scenario, seed: 11, subjects: 150, weeks: 6 })
  return {
    study: studyYaml,
    files: files.map(({ name, parts }) => {
      const [header, ...rows] = Buffer.concat([...parts()])
        .toString()
        .trimEnd()
        .split('\n') as [string, ...string[]]
      const order = rows.map((_, i) => (i * STRIDE) % rows.length)
      expect(new Set(order).size).toBe(rows.length)
      const shown = isShuffled ? order.map((i) => rows[i] as string) : rows
      return { name, bytes: Buffer.from(`${[header, ...shown].join('\n')}\n`) }
    }),
  }
}

/** Files that differ, by name. */
const differing = (a: Answer, b: Answer): string[] =>
  [...a.files]
    .filter(([name, bytes]) => !Buffer.from(bytes).equals(b.files.get(name) ?? Buffer.of()))
    .map(([name]) => name)

const CASES = SCENARIOS.flatMap((scenario) => [false, true].map((isShuffled) => ({ scenario, isShuffled })))

it.each(CASES)(
  '$scenario, shuffled: $isShuffled: pieces in memory and put aside give the bytes of the whole',
  async (given) => {
    inputs.clear()
    const { study, files } = trial(given.scenario, given.isShuffled)
    const whole = await answerOf(study, files)
    const inMemory = await answerOf(study, files, threads, SMALL)
    const aside = await answerOf(study, files, threads, { ...SMALL, asideFromBytes: 0 })
    expect(whole.files.size).toBeGreaterThan(10)
    expect(differing(whole, inMemory)).toEqual([])
    expect(differing(whole, aside)).toEqual([])
    // 150 subjects have two or three places where they can be cut.
    for (const task of ['readRecords', 'joinPieceAside', 'daysOfSubjects', 'deriveTask', 'putEffectsAside']) {
      expect(inputs.get(task), task).toBeGreaterThan(1)
    }
  },
)

it.each(CASES)(
  '$scenario, shuffled: $isShuffled: an installation that holds parts gives the bytes of the whole',
  async (given) => {
    inputs.clear()
    const { study, files } = trial(given.scenario, given.isShuffled)
    const whole = await answerOf(study, files)
    const sizes = { ...SMALL, asideFromBytes: 0, rowsAtOnce: 300 }
    const stages = new StagesByHand('big', { compute: threads, sizes })
    await stages.receive('study.yaml', study)
    for (const { name, bytes } of files) await stages.receive(name, bytes)
    await stages.settle()
    const published = await stages.tables()
    expect(published).toEqual(new Map([...whole.files].map(([name, bytes]) => [name, digest(bytes)])))
    for (const task of ['readRecords', 'joinPieceAside', 'takeAll', 'putEffectsAside', 'estimateAside']) {
      expect(inputs.get(task), task).toBeGreaterThan(1)
    }
    await leftAside().toBe(0)
    await stages.close()
  },
)

it('a file that is read again, or refused, leaves nothing aside', async () => {
  inputs.clear()
  const { study, files } = trial('migraine-prevention', false)
  const [diary] = files.filter(({ name }) => name.includes('diary')) as [GivenFile]
  const text = Buffer.from(diary.bytes).toString('latin1')
  // Not UTF-8, so that all of it is read once more, as Windows-1252.
  const accented = Buffer.from(text.replaceAll('S000001', 'S\xe900001'), 'latin1')
  const unclosed = Buffer.from(`${text}"S000001,`)
  const stages = new StagesByHand('big', { compute: threads, sizes: { ...SMALL, asideFromBytes: 0 } })
  await stages.receive('study.yaml', study)
  await stages.receive(`accented-${diary.name}`, accented)
  await stages.receive(`unclosed-${diary.name}`, unclosed)
  for (const step of await stages.steps()) await stages.do(step)
  const kinds = (await stages.vault.list('datasets')).map(async (id) => {
    return JSON.parse(Buffer.from(await stages.vault.readFile(`datasets/${id}`, 'manifest.json')).toString()).kind
  })
  expect((await Promise.all(kinds)).sort()).toEqual(['refused', 'usable'])
  expect(inputs.get('readRecords')).toBeGreaterThan(10)
  await leftAside().toBe(0)
  await stages.close()
})

it('a study of safety alone, without a row of adeff, is written both ways', async () => {
  const study = `
study: safety-only
timezone: none
arms: { a: A, b: { name: B, reference: true } }
safety: standard
sources:
  - files: events.csv
    layout: adverse-events
    columns: { subject: id, onset: onset, term: term }
  - files: subjects.csv
    layout: subjects
    columns: { subject: id, arm: arm, treatmentStart: start }
`
  const files = [
    { name: 'events.csv', bytes: Buffer.from('id,onset,term\nP1,2026-01-20,Neck pain\nP2,2026-02-01,Cough\n') },
    { name: 'subjects.csv', bytes: Buffer.from('id,arm,start\nP1,a,2026-01-10\nP2,b,2026-01-12\n') },
  ]
  const whole = await answerOf(study, files)
  expect(whole.rows('adae')).toHaveLength(2)
  expect(whole.rows('adeff')).toEqual([])
  expect(differing(whole, await answerOf(study, files, threads, { asideFromBytes: 0 }))).toEqual([])
})
