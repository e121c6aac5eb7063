import type { Step } from '@afferent/pipeline'
import { digest } from '@afferent/runtime'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerOf, givenText } from '../testkit/analyze.ts'
import { StagesByHand } from '../testkit/stages-by-hand.ts'
import { diaryFile, SMALL_STUDY, subjectNames } from './small-study.ts'

/**
 * The real stages over a vault in memory, driven by hand: steps are lost, doubled, done backwards and forgotten, and the
 * planner must come to rest at the very bytes that `analyze` writes in one go.
 */
const KEY = 'small'

const files = {
  'diary-a.csv': diaryFile(subjectNames(90)),
  'diary-b.csv': diaryFile(subjectNames(40, 80), 1),
}

async function oneGo(given: Readonly<Record<string, string>>): Promise<Map<string, string>> {
  const names = Object.keys(given).sort()
  const { files: written } = await answerOf(
    SMALL_STUDY,
    names.map((name) => givenText(name, given[name] as string)),
  )
  return new Map([...written].map(([file, bytes]) => [file, digest(bytes)]))
}

describe('the stages over a vault', () => {
  it('write the same bytes as analyze in one go, manifest included', async () => {
    const bench = new StagesByHand(KEY)
    await bench.receive('study.yaml', SMALL_STUDY)
    for (const [name, text] of Object.entries(files)) await bench.receive(name, text)
    await bench.settle()
    const tables = await bench.tables()
    expect(tables.size).toBeGreaterThan(10)
    expect(sorted(tables)).toEqual(sorted(await oneGo(files)))
    await bench.close()
  })

  it('come to the same bytes whatever is lost, doubled, reversed or forgotten on the way', async () => {
    const expected = sorted(await oneGo(files))
    const moves = fc.array(
      fc.record({
        keep: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
        twice: fc.boolean(),
        restart: fc.boolean(),
      }),
      { maxLength: 6 },
    )
    await fc.assert(
      fc.asyncProperty(moves, async (all) => {
        const bench = new StagesByHand(KEY)
        for (const [name, text] of Object.entries(files).reverse()) await bench.receive(name, text)
        await bench.receive('study.yaml', SMALL_STUDY)
        for (const { keep, twice, restart } of all) {
          const steps = (await bench.steps()).filter((_, i) => keep[i % keep.length])
          for (const step of steps.reverse()) {
            await bench.do(step)
            if (twice) await bench.do(step)
          }
          if (restart) bench.restart()
        }
        await bench.settle()
        expect(sorted(await bench.tables())).toEqual(expected)
        bench.restart()
        expect(await bench.steps()).toEqual([])
        await bench.close()
      }),
      { numRuns: 12 },
    )
  })

  it('publish the whole answer after one that waited no longer for a file', async () => {
    const bench = new StagesByHand(KEY)
    await bench.receive('study.yaml', SMALL_STUDY)
    for (const [name, text] of Object.entries(files)) await bench.receive(name, text)
    // The second file is not judged before the first one alone is published, under the same journal number.
    const [first] = await bench.steps()
    await bench.do(first as Step)
    for (let published = false; !published; ) {
      const steps = (await bench.steps()).filter(({ kind }) => kind !== 'validate')
      for (const step of steps) await bench.do(step)
      published = steps.some(({ kind }) => kind === 'publish')
    }
    const early = sorted(await bench.tables())
    await bench.settle()
    expect(sorted(await bench.tables())).toEqual(sorted(await oneGo(files)))
    expect(sorted(await bench.tables())).not.toEqual(early)
    await bench.close()
  })

  it('lay a run out again when its plan was swept, however lately it was read', async () => {
    const bench = new StagesByHand(KEY)
    await bench.receive('study.yaml', SMALL_STUDY)
    for (const [name, text] of Object.entries(files)) await bench.receive(name, text)
    const publish = async () => (await bench.steps()).find(({ kind }) => kind === 'publish')
    while ((await publish()) === undefined) for (const step of await bench.steps()) await bench.do(step)
    const [plan] = await bench.vault.list('plans')
    await bench.vault.removeFolder(`plans/${plan as 'sha256-'}`)
    expect((await bench.steps()).map(({ kind }) => kind)).toEqual(['prepare'])
    await bench.settle()
    expect(sorted(await bench.tables())).toEqual(sorted(await oneGo(files)))
    await bench.close()
  })

  it('keep each shard as one file', async () => {
    const bench = new StagesByHand(KEY)
    await bench.receive('study.yaml', SMALL_STUDY)
    await bench.receive('diary.csv', diaryFile(subjectNames(300)))
    await bench.settle()
    const shards = await bench.vault.list('shards')
    expect(shards.length).toBeGreaterThan(1)
    for (const id of shards) expect(await bench.vault.listFiles(`shards/${id}`)).toHaveLength(1)
    await bench.close()
  })

  it('recompute two shards at most when one subject is added in a file of its own', async () => {
    const bench = new StagesByHand(KEY)
    await bench.receive('study.yaml', SMALL_STUDY)
    await bench.receive('diary.csv', diaryFile(subjectNames(600)))
    await bench.settle()
    const before = new Set(await bench.vault.list('shards'))
    expect(before.size).toBeGreaterThan(4)
    await bench.receive('diary-new.csv', diaryFile(['P0300x']))
    await bench.settle()
    const added = (await bench.vault.list('shards')).filter((id) => !before.has(id))
    expect(added.length).toBeGreaterThanOrEqual(1)
    expect(added.length).toBeLessThanOrEqual(2)
    await bench.close()
  })

  it('recompute nobody who is done when a later subject moves the data cut', async () => {
    const study = SMALL_STUDY.replace('periods:', 'weeks: { count: 8 }\nperiods:')
    const later = diaryFile(['P0300x']).replaceAll('2026-', '2027-').replaceAll('2025-', '2026-')
    const bench = new StagesByHand(KEY)
    await bench.receive('study.yaml', study)
    // A first subject of next year closes everybody else's windows already.
    await bench.receive(
      'diary-late.csv',
      diaryFile(['Z9999']).replaceAll('2026-', '2027-').replaceAll('2025-', '2026-'),
    )
    await bench.receive('diary.csv', diaryFile(subjectNames(600)))
    await bench.settle()
    const before = new Set(await bench.vault.list('shards'))
    await bench.receive('diary-later.csv', later.replaceAll('2027-', '2028-').replaceAll('2026-', '2027-'))
    await bench.settle()
    const added = (await bench.vault.list('shards')).filter((id) => !before.has(id))
    expect(added.length).toBeGreaterThanOrEqual(1)
    expect(added.length).toBeLessThanOrEqual(3)
    await bench.close()
  })

  it('give findings the lines they have in the file now, although the shards were made before rows moved', async () => {
    const conflict = `${diaryFile(subjectNames(3))}P0001,sham,2026-01-29,2026-02-10,yes\nP0001,sham,2026-01-29,2026-02-10,no\n`
    const bench = new StagesByHand(KEY)
    await bench.receive('study.yaml', SMALL_STUDY)
    await bench.receive('diary.csv', conflict)
    await bench.settle()
    // The same records two lines further down: blank lines are no records.
    const moved = conflict.replace('\n', '\n\n\n')
    await bench.receive('diary.csv', moved)
    await bench.settle()
    expect(sorted(await bench.tables())).toEqual(sorted(await oneGo({ 'diary.csv': moved })))
    await bench.close()
  })
})

const sorted = (map: ReadonlyMap<string, string>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1))
