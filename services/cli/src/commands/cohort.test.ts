import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { simulate } from '@afferent/simulation'
import { describe, expect, it } from 'vitest'
import { answerOf, givenText } from '../../../../tests/testkit/analyze.ts'
import { temporaryFolder } from '../../../../tests/testkit/temporary-folder.ts'
import { call } from '../call.fixture.ts'

const ANALYSES = `estimands:
  main: { treatment: stimulation v sham as allocated, population: ITT }
analyses:
  change: { estimand: main, parameter: MMD, outcome: CHG, methods: [ANCOVA], adjust: [AGE] }
  responders: { estimand: main, parameter: MMD, outcome: RSP50, methods: [MN] }
`
const trial = simulate({ scenario: 'migraine-prevention', seed: 4, subjects: 60 })
const files = trial.files.filter(({ name }) => name.endsWith('.csv'))
const texts = files.map(({ name, parts }) => ({ name, text: Buffer.concat([...parts()]).toString() }))
const names = files.map(({ name }) => name).join(' ')

/** Calls in a folder of its own that holds the exports and a study file. */
async function cohort(studyYaml: string, flags = '') {
  const folder = temporaryFolder()
  for (const { name, text } of texts) writeFileSync(join(folder, name), text)
  writeFileSync(join(folder, 'study.yaml'), studyYaml)
  return call(`cohort ${flags} ${names} --study study.yaml`, { env: { INIT_CWD: folder } })
}

describe('afferent cohort', () => {
  it('prints a table per analysis and a sentence with estimate, interval, n and method', async () => {
    const { code, stdout } = await cohort(`${trial.studyYaml}${ANALYSES}`)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^change: MMD, .*d\/28 d.*; estimand main, analysis set ITT$/m)
    expect(stdout).toMatch(
      /^nVNS v Sham +Weeks 9 to 12 +difference +-?[\d.]+ +-?[\d.]+ to -?[\d.]+ +[\d.]+ +\d+ +\[1\]$/m,
    )
    expect(stdout).toMatch(
      /nVNS v Sham, MMD, Weeks 9 to 12: difference -?[\d.]+ \(95 % CI .+ to .+, p = [\d.]+\); ANCOVA, CHG ~ TRT \+ BASE \+ AGE, .* n = \d+\./,
    )
  })

  it('says what is missing: analyses, and a blinded study compares no arms', async () => {
    const none = await cohort(trial.studyYaml)
    expect([none.code, none.stderr]).toEqual([5, expect.stringContaining('asks for no analyses')])
    const blinded = await cohort(`blinded: true\n${trial.studyYaml}${ANALYSES}`)
    expect([blinded.code, blinded.stderr]).toEqual([5, expect.stringContaining('the study is blinded')])
  })

  it('--multiverse: every definition once, the own one as in the table cohort', async () => {
    const { universes } = JSON.parse((await cohort(trial.studyYaml, '--multiverse --json')).stdout)
    const keys = universes.map((u: Record<string, unknown>) => [u.headache, u.period, u.missing, u.cut].join(' '))
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.length).toBeGreaterThan(60)
    const own = universes.filter((u: { own: boolean }) => u.own)
    expect(own).toHaveLength(1)
    const answer = await answerOf(
      trial.studyYaml,
      texts.map(({ name, text }) => givenText(name, text)),
    )
    for (const { arm, responders, subjects } of own[0].arms) {
      const row = answer
        .rows('cohort')
        .find(
          (r) =>
            r.PARAMCD === 'MMD' &&
            r.STAT === 'RSP50' &&
            r.AVISIT === 'Weeks 9 to 12' &&
            r.ARM?.toLowerCase() === arm.toLowerCase(),
        )
      expect([row?.NUMER, row?.DENOM]).toEqual([String(responders), String(subjects)])
    }
  }, 60_000)
})
