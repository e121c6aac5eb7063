import { digest } from '@afferent/runtime'
import { PARTS } from '@afferent/simulation'
import { beforeAll, describe, expect, it } from 'vitest'
import { given, scrambled, type TextFile, type TextTrial, textTrial } from '../laws/trial-files.ts'
import { answerOf, type Row } from '../testkit/analyze.ts'
import { hasRedis, NO_REDIS, redisUrl } from '../testkit/redis.ts'
import { publishedByInstallation } from './published-by-installation.ts'

/**
 * Whole installations over a trial with every kind of file: shuffled rows of files in two parts, one worker or four, the
 * embedded queue or Redis publish the result tables that one call over the files as they were gives. `findings` and the
 * manifest name lines and files and are left out.
 */
const STUDY = 'families'
const NAMES_LINES_AND_FILES = /^(findings\.|manifest)/

/** Sums over subjects and chance must not depend on rows, files or workers either. */
const ANALYSES = `
seed: 7
estimands: { main: { treatment: as allocated, population: ITT, events: { treatmentEnd: treatment-policy } } }
analyses:
  change:
    estimand: main
    parameter: PNAVGW
    visits: [4]
    outcome: CHG
    methods: [ANCOVA, MMRM, J2R, HL, BOOT]
    adjust: [SEX, AGE]
    subgroups: [BASE]
  responders: { estimand: main, parameter: PNAVGW, visits: [4], outcome: RSP30, methods: [MN, LOGIT, CMH], adjust: [SEX] }
multiplicity: { method: HOLM, analyses: [change, responders] }
`

let trial: TextTrial
let expected: [string, string][]
let compared: readonly Row[]

beforeAll(async () => {
  const messy = { seed: 11, late: 0.04, duplicates: 0.04, conflicts: 0.04, missing: 0.05, dropout: 0.3 }
  const made = textTrial({ ...messy, scenario: 'neuropathic-pain', subjects: 40, weeks: 6, parts: PARTS })
  trial = { ...made, studyYaml: `${made.studyYaml.replace(/^study: .*$/m, `study: ${STUDY}`)}${ANALYSES}` }
  const answer = await answerOf(trial.studyYaml, given(trial.files))
  expected = tables(answer.files)
  compared = answer.rows('cohort').filter(({ ESTIMAND, SUBGRP }) => ESTIMAND !== '' && SUBGRP === '')
}, 60_000)

function tables(files: ReadonlyMap<string, Uint8Array>): [string, string][] {
  const compared = [...files].filter(([name]) => !NAMES_LINES_AND_FILES.test(name))
  return compared.map(([name, bytes]): [string, string] => [name, digest(bytes)]).sort(([a], [b]) => (a < b ? -1 : 1))
}

async function published(files: readonly TextFile[], workers: number, queueUrl?: string): Promise<[string, string][]> {
  const exports = files.map(({ name, header, rows }) => ({ name, text: `${[header, ...rows].join('\n')}\n` }))
  return tables((await publishedByInstallation(STUDY, trial.studyYaml, exports, { workers, queueUrl })).files)
}

describe('an installation over every kind of file', () => {
  it('has many tables and files to compare', () => {
    expect(trial.files.length).toBeGreaterThan(7)
    expect(expected.map(([name]) => name)).toEqual(expect.arrayContaining(['adeff.csv', 'adae.csv', 'cohort.arrow']))
    expect(compared.length).toBeGreaterThan(10)
    expect(compared.filter(({ STAT }) => STAT === 'DIFF' || STAT === 'RD').every(({ REASON }) => REASON === '')).toBe(
      true,
    )
  })

  it('publishes the same bytes for shuffled rows in files cut in two, with one worker', async () => {
    expect(await published(scrambled(trial.files, 3), 1)).toEqual(expected)
  }, 120_000)

  it('publishes the same bytes with four workers', async () => {
    expect(await published(trial.files, 4)).toEqual(expected)
  }, 120_000)

  if (!hasRedis) it.skip(NO_REDIS, () => {})
  else
    it('publishes the same bytes over Redis', async () => {
      expect(await published(scrambled(trial.files, 8), 2, (await redisUrl()) ?? undefined)).toEqual(expected)
    }, 120_000)
})
