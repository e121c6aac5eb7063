import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { openCompute } from '@afferent/compute'
import { profileCsv } from '@afferent/formats'
import type { ExportProfile } from '@afferent/records'
import { type AnalyticStudy, parseStudy, printIssue, proposeStudy } from '@afferent/study'
import { validateFile } from '@afferent/validation'
import { expect, it } from 'vitest'
import { describeReference } from '../../testkit/reference.ts'

/** Real exports that nobody described: what `afferent inspect` proposes reads every row of them. */
const EXPORTS = [
  ['data/kostecki_dillon/kostecki_dillon.csv', 'daily', 4152],
  ['data/epil/epil_long.csv', 'visits', 236],
  ['data/epil/epil_wide.csv', 'visits', 59],
  ['data/acupuncture_headache/acupuncture.csv', 'visits', 401],
  ['data/amitriptyline_hivsn/xoverPP.csv', 'visits', 244],
  ['fixtures/diary-apps/migraine_buddy_sample.csv', 'episodes', 1],
  ['fixtures/diary-apps/cluster_headache_tracker_sample_logs.csv', 'episodes', 3],
] as const

describeReference('a proposed study file', (root) => {
  it.each(EXPORTS)('runs as it is over %s (%s)', async (file, layout, rows) => {
    const bytes = readFileSync(join(root, file))
    const study = proposal(profileOf(bytes, basename(file)))
    expect(study.sources[0]?.layout).toBe(layout)

    const compute = openCompute({ threads: 1 })
    const validated = await validateFile({ ref: { kind: 'memory', bytes }, name: basename(file), study, compute })
    expect(validated.kind === 'dataset' && validated.pieces[0]?.counts).toMatchObject({ read: rows, used: rows })
  })
})

function profileOf(bytes: Uint8Array, name: string): ExportProfile {
  const read = (into: Uint8Array, position: number): number => {
    const part = bytes.subarray(position, position + into.length)
    into.set(part)
    return part.length
  }
  const profiled = profileCsv({ size: bytes.length, read }, { isUtf8 }, name)
  if (profiled.kind === 'refused') throw new Error(`${name} was refused`)
  return profiled.profile
}

function proposal(profile: ExportProfile): AnalyticStudy {
  const { yaml } = proposeStudy(profile, profile.file)
  const parsed = parseStudy(yaml, 'study.proposed.yaml')
  if (parsed.kind === 'refused') throw new Error(parsed.findings.map(printIssue).join('\n'))
  return parsed.study.analytic
}
