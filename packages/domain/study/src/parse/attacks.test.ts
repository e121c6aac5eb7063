import { describe, expect, it } from 'vitest'
import { effectiveYaml } from '../effective-yaml.ts'
import type { Study } from '../study.ts'
import { parseStudy } from './parse-study.ts'

const ATTACKS = `
  - files: 'attacks.csv'
    layout: attacks
    columns: { subject: id, treatmentStart: first, t0: t0, pain: p0 }
    followUps:
      120: { pain: p120, taken: at120, nausea: { column: n120, values: { ja: yes, nein: no } } }
      30: { pain: { column: p30, values: { keine: none, stark: severe } } }
`
const yamlOf = (head: string, sources = ATTACKS) => `study: a\ntimezone: none\n${head}\nsources:${sources}`

function studyOf(text: string): Study {
  const parsed = parseStudy(text, 'study.yaml')
  if (parsed.kind !== 'study') throw new Error(JSON.stringify(parsed.findings))
  return parsed.study
}

const faultsOf = (text: string): string[] => {
  const parsed = parseStudy(text, 'study.yaml')
  return (parsed.kind === 'study' ? parsed.warnings : parsed.findings).map(({ message }) => message)
}

describe('a study of treated attacks', () => {
  it('is short with its preset: windows and least pain are those of endpoints.md section 4', () => {
    const { analytic } = studyOf(yamlOf('preset: migraine-acute'))
    expect(analytic).toMatchObject({
      condition: 'episodic-migraine',
      headache: null,
      pain: null,
      cluster: null,
      acute: { preset: 'standard', minPain: 2, windows: { '30': 10, '60': 15, '120': 30 } },
    })
  })

  it('names readings by minutes after t0, in order, each column one cell', () => {
    const { cells } = studyOf(yamlOf('preset: migraine-acute')).analytic
      .sources[0] as Study['analytic']['sources'][number]
    expect(cells.map(({ at, field, column, values }) => [at, field, column, values])).toEqual([
      [30, 'pain', 'p30', { keine: '0', stark: '3' }],
      [120, 'pain', 'p120', null],
      [120, 'taken', 'at120', null],
      [120, 'nausea', 'n120', { ja: 'Y', nein: 'N' }],
    ])
  })

  it('early treatment is evaluated from mild pain on', () => {
    expect(studyOf(yamlOf('preset: migraine-acute\nacute: early')).analytic.acute?.minPain).toBe(1)
    const own = studyOf(yamlOf('preset: migraine-acute\nacute: { windows: { 120: 15 } }')).analytic.acute
    expect(own).toEqual({ preset: 'standard', minPain: 2, windows: { '30': 10, '60': 15, '120': 15 } })
  })

  it('is read back as the same study', () => {
    const study = studyOf(yamlOf('preset: migraine-acute\nacute: { preset: early, windows: { 30: 5 } }'))
    expect(studyOf(effectiveYaml(study))).toEqual(study)
  })

  it.each([
    ['preset: migraine-acute', ATTACKS.replace('t0: t0, ', ''), 'a treated attack needs t0'],
    ['preset: migraine-acute', ATTACKS.replace('120:', '0:'), 'is no time after t0'],
    [
      'preset: migraine-acute',
      ATTACKS.replace('stark: severe', "stark: '4'"),
      'pain 4 (very severe) is on the scale of cluster',
    ],
    [
      'preset: migraine-acute',
      ATTACKS.replace('pain: p0', 'rescue: r, rescueAfter: m'),
      'rescue and rescueAfter are both mapped',
    ],
    ['preset: migraine-acute\ncluster: weekly', ATTACKS, 'acute and cluster exclude each other'],
    [
      'preset: migraine-acute',
      ATTACKS.replace(', pain: p0', ''),
      'without pain at t0 no treated attack can be evaluated',
    ],
    ['acute: { minPain: 2 }\nresponders: { missing: OC }', ATTACKS, 'name the method (standard, early)'],
    ['preset: cluster-prevention', ATTACKS, 'no source maps clusterType'],
    [
      'preset: migraine-acute',
      `${ATTACKS}\n  - { files: 'f.csv', layout: follow-ups, columns: { subject: id, taken: at } }`,
      'a follow-up needs attack or t0',
    ],
    [
      'preset: migraine-acute',
      `${ATTACKS}\n  - { files: 'f.csv', layout: follow-ups, columns: { subject: id, attack: nr } }`,
      'a follow-up needs taken or minutes',
    ],
    [
      'preset: migraine-acute',
      "\n  - { files: 'd.csv', layout: daily, columns: { subject: id, date: d, headache: h, treatmentStart: t } }",
      'no source has layout attacks',
    ],
    [
      'preset: migraine-prevention',
      `${ATTACKS}\n  - { files: 'd.csv', layout: daily, columns: { subject: id, date: d, headache: h } }`,
      'neither acute nor cluster is on',
    ],
    ['preset: migraine-acute\nprimary: { parameter: CHATT, visit: 1 }', ATTACKS, 'CHATT is not computed'],
  ])('says what is wrong: %s %#', (head, sources, says) => {
    expect(faultsOf(yamlOf(head, sources)).join('\n')).toContain(says)
  })
})

describe('a study of cluster headache', () => {
  const sources = ATTACKS.replace('pain: p0', 'pain: p0, clusterType: { constant: chronic }')

  it('names the windows of its weekly attacks, and has pain up to 4', () => {
    const { analytic } = studyOf(
      yamlOf('preset: cluster-prevention\ncluster: preva', sources.replace('stark: severe', "stark: 'very severe'")),
    )
    expect(analytic).toMatchObject({ condition: 'cluster', acute: null, cluster: { preset: 'preva' } })
    expect(analytic.sources[0]?.cells[0]?.values).toEqual({ keine: '0', stark: '4' })
    expect(studyOf(yamlOf('preset: cluster-acute', sources)).analytic.cluster?.preset).toBe('attacks')
    const episodes = `
  - files: e.csv
    layout: episodes
    columns: { subject: id, start: s, clusterType: { constant: chronic }, treatmentStart: t, severity: { column: p, values: { top: 'very severe' } } }`
    const { sources: read } = studyOf(yamlOf('preset: cluster-prevention', episodes)).analytic
    expect(read[0]?.fields.find(({ field }) => field === 'severity')?.values).toEqual({ top: '4' })
    expect(faultsOf(yamlOf('preset: migraine-prevention', episodes)).join()).toContain('severity 4 (very severe) is on')
  })

  it('has its primary at a window of the preset', () => {
    const at = (preset: string, visit: number) =>
      faultsOf(
        yamlOf(
          `preset: cluster-prevention\ncluster: ${preset}\nprimary: { parameter: CHATT, visit: ${visit} }`,
          sources,
        ),
      )
    expect(at('preva', 1)).toEqual([])
    expect(at('preva', 2).join()).toContain('primary.visit 2 is not scheduled for CHATT')
    expect(at('gal-ech', 3)).toEqual([])
  })

  it('knows episodic and chronic alone', () => {
    const wrong = sources.replace('constant: chronic', 'column: type, values: { E: episodic, B: both }')
    expect(faultsOf(yamlOf('preset: cluster-acute', wrong)).join()).toContain('"both"')
    const constant = sources.replace('constant: chronic', 'constant: often')
    expect(faultsOf(yamlOf('preset: cluster-acute', constant)).join()).toContain(
      '"often" is no value of the field clusterType',
    )
  })
})
