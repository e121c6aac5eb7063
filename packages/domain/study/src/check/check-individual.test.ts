import { describe, expect, it } from 'vitest'
import { effectiveYaml } from '../effective-yaml.ts'
import { parseStudy } from '../parse/parse-study.ts'

const PAIN = `
study: single
preset: chronic-pain
timezone: none
sources:
  - files: 'diary*.csv'
    layout: daily
    columns: { subject: id, date: date, treatmentStart: start, painAvg: pain }
`

function complaintsOf(settings: string): string[] {
  const parsed = parseStudy(PAIN + settings, 'study.yaml')
  return parsed.kind === 'study' ? [] : parsed.findings.map(({ message }) => message)
}

const GOOD = `
individual:
  parameters: [PNAVGW]
  series: [PNAVG, PNAVGW]
  reliableChange: { PNAVGW: { sd: 2, r: 0.8, source: 'a trial' } }
  randomisation: { minBaseline: 14, minTreatment: 7 }
flags: [LATEFL, ENDFL]
pain: { daily: true, flareDelta: 1.5 }
`

describe('one patient at a time', () => {
  it('is nothing unless the study file names something', () => {
    const parsed = parseStudy(PAIN, 'study.yaml')
    expect(parsed.kind === 'study' && parsed.study.analytic).toMatchObject({
      individual: null,
      flags: [],
      pain: { daily: false, flareDelta: 2 },
    })
  })

  it('is the same study written out and read again, flags in their own order', () => {
    const parsed = parseStudy(PAIN + GOOD, 'study.yaml')
    if (parsed.kind !== 'study') throw new Error(complaintsOf(GOOD).join('; '))
    expect(parsed.study.analytic.flags).toEqual(['ENDFL', 'LATEFL'])
    const again = parseStudy(effectiveYaml(parsed.study), 'study.yaml')
    expect(again.kind === 'study' && again.study).toEqual(parsed.study)
  })

  it.each([
    ['individual: { parameters: [PNAVGX] }', 'individual.parameters PNAVGX is not computed by this study'],
    ['individual: { parameters: [PNAVG] }', 'individual.parameters PNAVG is not computed by this study'],
    ['individual: { series: [PNWST] }', 'individual.series PNWST is not computed by this study'],
    ['individual: { parameters: [PNAVGW, PNAVGW] }', 'individual.parameters names PNAVGW twice'],
    ['individual: {}', 'individual names neither parameters nor series'],
    [
      "individual: { parameters: [PNAVGW], reliableChange: { PND4: { sd: 2, r: 0.8, source: 'a trial' } } }",
      'individual.reliableChange PND4 is not one of individual.parameters',
    ],
    [
      'individual: { parameters: [PNAVGW], randomisation: { minBaseline: 5, minTreatment: 5 } }',
      'individual.randomisation needs individual.series',
    ],
  ])('%s is refused: %s', (settings, says) => {
    expect(complaintsOf(settings).some((message) => message.startsWith(says))).toBe(true)
  })

  it('takes no correlation of 1, no flag it does not know', () => {
    const norm = "individual: { parameters: [PNAVGW], reliableChange: { PNAVGW: { sd: 2, r: 1, source: 'a trial' } } }"
    expect(complaintsOf(norm)).toHaveLength(1)
    expect(complaintsOf('flags: [EARLYFL]')).toHaveLength(1)
  })
})
