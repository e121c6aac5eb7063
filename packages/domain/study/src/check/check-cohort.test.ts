import { describe, expect, it } from 'vitest'
import { effectiveYaml } from '../effective-yaml.ts'
import { printIssue } from '../parse/issue.ts'
import { parseStudy } from '../parse/parse-study.ts'

const ANALYSIS = '{ estimand: main, parameter: MHD, outcome: CHG, methods: [ANCOVA] }'

interface Parts {
  readonly arms?: string
  readonly estimands?: string
  readonly analyses?: string
  readonly more?: string
  readonly columns?: string
}

function study({
  arms = '{ A: Active, B: { name: Sham, reference: true } }',
  estimands = '{ main: { treatment: active v sham, population: ITT } }',
  analyses = `{ primary: ${ANALYSIS} }`,
  more = '',
  columns = '',
}: Parts): string {
  return `study: compared
preset: headache-diary
periods: { count: 3 }
primary: { parameter: MHD, visit: 3 }
arms: ${arms}
estimands: ${estimands}
analyses: ${analyses}
${more}
sources:
  - { files: d.csv, layout: daily, columns: { subject: s, arm: a, date: d, treatmentStart: t, headache: h${columns} }, covariates: { SITE2: site } }
`
}

function complaints(parts: Parts): string[] {
  const parsed = parseStudy(study(parts), 'study.yaml')
  return parsed.kind === 'refused' ? parsed.findings.map(printIssue) : []
}

function planOf(parts: Parts) {
  const parsed = parseStudy(study(parts), 'study.yaml')
  if (parsed.kind === 'refused') throw new Error(parsed.findings.map(printIssue).join('\n'))
  return { plan: parsed.study.analytic.cohort, study: parsed.study }
}

describe('analyses of a study file', () => {
  it('take visit and comparisons from the study, and say what the estimand leaves open', () => {
    const { plan } = planOf({})
    expect(plan).toMatchObject({
      seed: 1,
      comparisons: [{ arm: 'A', reference: 'B' }],
      analyses: [
        { name: 'primary', visits: [3], outcome: { kind: 'value', column: 'CHG' }, adjust: [], levelWeights: 'equal' },
      ],
      estimands: [{ name: 'main', variable: 'CHG of MHD at visit 3', summary: 'ANCOVA', events: {} }],
      multiplicity: null,
    })
  })

  it('are the same after the effective study file is parsed again', () => {
    const { study: first } = planOf({
      analyses: `{ primary: ${ANALYSIS}, rsp: { estimand: main, parameter: MHD, visits: [1, 2], outcome: RSP50, methods: [MN, CMH], adjust: [SITE2], subgroups: [BASE] } }`,
      more: 'seed: 9\nmultiplicity: { method: GATE, analyses: [primary, rsp], weights: [0.5, 0.5], arrows: [[0, 1], [1, 0]] }',
    })
    const again = parseStudy(effectiveYaml(first), 'study.effective.yaml')
    if (again.kind === 'refused') throw new Error(again.findings.map(printIssue).join('\n'))
    expect(again.study.analytic.cohort).toEqual(first.analytic.cohort)
    expect(effectiveYaml(again.study)).toBe(effectiveYaml(first))
  })

  it.each([
    [{ analyses: `{ primary: ${ANALYSIS.replace('main', 'man')} }` }, 'man is no estimand; did you mean main?'],
    [
      { analyses: `{ primary: ${ANALYSIS.replace('MHD', 'MHX')} }` },
      'MHX is not computed by this study; did you mean MHD?',
    ],
    [{ analyses: `{ primary: ${ANALYSIS.replace('ANCOVA', 'MN')} }` }, 'MN does not analyse CHG; TTEST, WELCH, ANCOVA'],
    [
      { analyses: `{ primary: ${ANALYSIS.replace('CHG', 'RSP40')} }` },
      'RSP40 is no responder cut of the study (RSP30, RSP50, RSP75, RSP100)',
    ],
    [
      { analyses: `{ primary: ${ANALYSIS.replace(' }', ', adjust: [SITE3] }')} }` },
      'SITE3 is no fact about subjects that a source tells; did you mean SITE2?',
    ],
    [
      { analyses: `{ primary: ${ANALYSIS.replace(' }', ', adjust: [SEX] }')} }` },
      'SEX is no fact about subjects that a source tells',
    ],
    [{ arms: '{ A: Active }' }, 'analyses compare arms'],
    [{ more: 'comparisons: [{ arm: A, reference: C }]' }, '"C" is no arm'],
    [{ more: 'comparisons: [{ arm: A, reference: A }]' }, 'A is compared with itself'],
    [{ columns: ', treatmentEnd: e' }, 'estimands.main.events lacks treatmentEnd'],
    [
      { estimands: '{ main: { treatment: x, population: ITT, events: { death: composite } } }' },
      'no source maps death',
    ],
    [{ more: 'multiplicity: { method: HOLM, analyses: [primary, other] }' }, 'other is no analysis'],
    [
      { more: 'multiplicity: { method: GATE, analyses: [primary, primary] }' },
      'multiplicity.weights has one share for each',
    ],
    [
      { more: 'multiplicity: { method: HOLM, analyses: [primary, primary], weights: [1, 0] }' },
      'weights belongs to GATE',
    ],
    [{ estimands: '{ main: { treatment: x, population: ALL } }' }, 'population'],
  ] as const)('%j is told with its place', (parts, says) => {
    const found = complaints(parts)
    expect(found.join('\n')).toContain(says)
    for (const line of found) expect(line).toMatch(/^study\.yaml:\d+:\d+ /)
  })

  it('a blinded study may not publish a copy of its arms', () => {
    const found = complaints({ more: 'blinded: true', columns: ', site: a' })
    expect(found.join('\n')).toContain('column "a" tells the arm, and the study is blinded')
  })
})
