import { parametersOf } from '@afferent/metrics'
import { computedParameters, parseStudy } from '@afferent/study'
import { expect, it } from 'vitest'

/** A study that maps everything, so that every parameter per visit is computed. */
const EVERYTHING = `study: everything
preset: migraine-prevention
pain: {}
timezone: UTC
sources:
  - files: d.csv
    layout: daily
    columns:
      { subject: s, date: d, headache: h, migraine: m, severity: v, hours: o, painAvg: a, painWorst: w, painLeast: l, painNow: n,
        nausea: x1, vomiting: x2, photophobia: x3, phonophobia: x4, aura: x5, unilateral: x6, pulsating: x7, aggravated: x8,
        prodrome: x9, postdrome: x10, otherSymptom: x11, ergot: m1, triptan: m2, opioid: m3, combination: m4, paracetamol: m5,
        asa: m6, nsaid: m7, gepant: m8, ditan: m9, device: m10, unspecified: m11, treatmentStart: t }
  - files: e.csv
    layout: episodes
    columns: { subject: s, start: b, end: e, severity: v }
  - files: v.csv
    layout: visits
    columns: { subject: s }
    values:
      SCORE: { label: Score, unit: points, direction: lower-is-better, pooled: true, days: 28, visits: { 0: a, 1: b } }
`

/** Parameters without a visit: no study can name them as primary with one. */
const ENDPOINTS = ['SUSR50', 'EARLYR50', 'SUSRSP', 'EARLYRSP']

it('offers as primary parameters exactly those that the metrics compute per visit', () => {
  const parsed = parseStudy(EVERYTHING, 'study.yaml')
  if (parsed.kind === 'refused') throw new Error(parsed.findings.map(({ message }) => message).join('\n'))
  const study = parsed.study.analytic
  const facts = { cut: 20_000, periods: 3, weeks: 12, phases: [], treatments: [] }
  const computed = parametersOf(study, facts)
    .filter(({ table, code }) => table === 'adeff' && !ENDPOINTS.includes(code))
    .map(({ code }) => code)
  expect(computed.length).toBeGreaterThan(30)
  expect(computedParameters(study).map(({ code }) => code)).toEqual(computed)
})

const ATTACKS = `study: attacks
timezone: UTC
sources:
  - files: a.csv
    layout: attacks
    columns: { subject: s, treatmentStart: t, t0: t0, pain: p, mbs: m, clusterType: { constant: chronic } }
  - { files: f.csv, layout: follow-ups, columns: { subject: s, t0: t0, minutes: m, pain: p } }
  - { files: i.csv, layout: intakes, columns: { subject: s, taken: i, medicationClass: c } }
`

it.each([['preset: migraine-acute'], ['preset: cluster-acute'], ['preset: cluster-prevention\ncluster: preva']])(
  'offers those of treated attacks and cluster headache: %s',
  (preset) => {
    const parsed = parseStudy(ATTACKS.replace('timezone', `${preset}\ntimezone`), 'study.yaml')
    if (parsed.kind === 'refused') throw new Error(parsed.findings.map(({ message }) => message).join('\n'))
    const study = parsed.study.analytic
    const facts = { cut: 20_000, periods: 3, weeks: 12, phases: [], treatments: [] }
    const computed = parametersOf(study, facts).map(({ code }) => code)
    expect(computed.length).toBeGreaterThan(2)
    expect(computedParameters(study).map(({ code }) => code)).toEqual(computed)
  },
)
