import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { computationVersion } from '@afferent/pipeline'
import { digest } from '@afferent/runtime'
import { SCENARIOS, simulate } from '@afferent/simulation'
import { expect, it } from 'vitest'
import { answerOf, givenText, studyOf } from '../testkit/analyze.ts'
import { diaryFile, SMALL_STUDY, subjectNames } from './small-study.ts'

/**
 * Hashes of the result tables of a fixed corpus, under the computation version they were made with. When they change, one
 * of two things is true: a change was not meant to touch results, or the number of the stage that makes them must be
 * raised in packages/domain/pipeline/src/plan/versions.ts (else installations keep serving the old bytes). Then:
 * UPDATE_VERSIONS=1 pnpm exec vitest run tests/pipeline/versions.test.ts
 */
const KEPT = join(import.meta.dirname, 'versions.json')

interface Kept {
  readonly version: string
  readonly tables: Readonly<Record<string, string>>
}

async function corpus(): Promise<Kept> {
  const tables: Record<string, string> = {}
  const keep = async (name: string, study: string, files: readonly { name: string; text: string }[]) => {
    const answer = await answerOf(
      study,
      files.map((file) => givenText(file.name, file.text)),
    )
    for (const [file, bytes] of answer.files) if (file !== 'manifest.json') tables[`${name}/${file}`] = digest(bytes)
  }
  await keep('small', SMALL_STUDY, [{ name: 'diary.csv', text: diaryFile(subjectNames(6)) }])
  for (const scenario of SCENARIOS) {
    const trial = simulate({ scenario, seed: 3, subjects: 8, weeks: 4 })
    const files = trial.files.map(({ name, parts }) => ({ name, text: Buffer.concat([...parts()]).toString() }))
    await keep(scenario, trial.studyYaml, files)
  }
  return { version: computationVersion(studyOf(SMALL_STUDY).analytic, ''), tables }
}

it('keeps its bytes under one computation version', async () => {
  const now = await corpus()
  expect(Object.keys(now.tables).length).toBeGreaterThan(40)
  if (process.env.UPDATE_VERSIONS === '1') writeFileSync(KEPT, `${JSON.stringify(now, null, 2)}\n`)
  const kept = JSON.parse(readFileSync(KEPT, 'utf8')) as Kept
  if (kept.version === now.version) expect(now.tables).toEqual(kept.tables)
  else throw new Error('the version was raised: keep the new hashes with UPDATE_VERSIONS=1')
})
