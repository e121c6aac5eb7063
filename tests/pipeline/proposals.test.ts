import { isUtf8 } from 'node:buffer'
import { openCompute } from '@afferent/compute'
import { profileCsv } from '@afferent/formats'
import type { ExportProfile } from '@afferent/records'
import { PARTS, SCENARIOS, simulate } from '@afferent/simulation'
import { type AnalyticStudy, matchSource, parseStudy, proposeStudy, type Source } from '@afferent/study'
import { validateFile } from '@afferent/validation'
import { describe, expect, it } from 'vitest'
import { studyOf } from '../testkit/analyze.ts'

/** Every file of a simulated trial, alone: what is proposed for it reads it as the trial's own study file does. */

function profileOf(name: string, bytes: Uint8Array): ExportProfile {
  const read = (into: Uint8Array, position: number): number => {
    const part = bytes.subarray(position, position + into.length)
    into.set(part)
    return part.length
  }
  const profiled = profileCsv({ size: bytes.length, read }, { isUtf8 }, name)
  if (profiled.kind === 'refused') throw new Error(`${name} was refused`)
  return profiled.profile
}

const DIARY = '\n  - { files: diary.txt, layout: daily, columns: { subject: id, date: day, headache: ha } }'
const ATTACKS = `
  - { files: attacks.txt, layout: attacks, columns: { subject: id, t0: t0, pain: pain } }
  - { files: subjects.txt, layout: subjects, columns: { subject: id, clusterType: type } }`

/** What a proposal leaves open, answered: licences, choices and sessions that only a person knows, and sources it needs beside. */
const answered = (yaml: string): string =>
  yaml
    .replace(/^ {2}PGIC: \{\}$/m, '  PGIC: { orientation: 1best }')
    .replace(/^ {2}([A-Z0-9]+): \{\}$/gm, '  $1: { licence: true }')
    .replace('adherence: {}', 'adherence: { sessionsPerDay: 3 }')
    .concat(yaml.includes('-acute\n') ? ATTACKS : DIARY)

const columnsOf = ({ fields, cells }: Source): string[] =>
  [
    ...fields
      .filter(({ constant }) => constant === null)
      .map(({ field, column, fileName, unit }) => `${field}: ${column ?? fileName} ${unit ?? ''}`),
    ...cells.map(({ name, item, column }) => `${name} ${item}: ${column}`),
  ].sort()

const compute = openCompute({ threads: 1 })

async function countsOf(name: string, bytes: Uint8Array, study: AnalyticStudy) {
  const file = await validateFile({ ref: { kind: 'memory', bytes }, name, study, compute })
  return file.kind === 'dataset' ? file.pieces[0]?.counts : file.code
}

describe.each(SCENARIOS)('a file of the simulated trial %s', (scenario) => {
  const trial = simulate({ scenario, seed: 5, subjects: 40, weeks: 8, parts: PARTS })
  const study = studyOf(trial.studyYaml).analytic
  it.each(trial.files.map(({ name, parts }) => [name, parts] as const))(
    '%s is read as it is meant',
    async (name, parts) => {
      const own = matchSource(study, name) as Source
      const bytes = Buffer.concat([...parts()])
      const { yaml } = proposeStudy(profileOf(name, bytes), name)
      const parsed = parseStudy(answered(yaml), 'study.yaml')
      if (parsed.kind === 'refused') throw new Error(`${parsed.findings.map((f) => f.message).join('\n')}\n${yaml}`)
      const [source] = parsed.study.analytic.sources
      expect(source?.layout).toBe(own.layout)
      expect(columnsOf(source as Source)).toEqual(
        columnsOf(own)
          .map((line) => line.replace('device: oxygen', 'oxygen: oxygen'))
          .sort(),
      )
      const counts = await countsOf(name, bytes, parsed.study.analytic)
      expect(counts).toEqual(await countsOf(name, bytes, study))
      expect(counts).toMatchObject({ used: expect.any(Number) })
    },
  )
})
