import { csv, days, type SampleStudy } from './sample-study.ts'

/** Twelve patients at two sites: every comparison, strategy and set; one has no value, one stopped, one was treated otherwise. */
const rows = Array.from({ length: 12 }, (_, i) => {
  const arm = i % 2 === 0 ? 'A' : 'B'
  const base = 10 + (i % 5)
  const fall = arm === 'A' ? 4 + (i % 4) : 1 + (i % 3)
  const last = i === 3 ? '' : base - fall - (i % 2)
  const stopped = i === 4 ? 30 : ''
  return [
    `P${i}`,
    arm,
    i % 3 === 0 ? 'north' : 'south',
    i === 7 ? 'A' : arm,
    1,
    stopped,
    40 + i,
    base,
    base - fall,
    last,
  ]
})

const analysis = (estimand: string, outcome: string, methods: string, adjust = 'SITEID, AGE'): string =>
  `{ estimand: ${estimand}, parameter: DAYS, visits: [2], outcome: ${outcome}, methods: [${methods}], adjust: [${adjust}] }`

/** Ten patients rate their pain for a baseline week and four weeks; it falls by half in week 1, 2, 3, or never. */
const ratings = Array.from({ length: 10 }, (_, i) => {
  const from = [1, 8, 15, 1000][i % 4] as number
  return days(-7, 28).map((day) => [
    `T${i}`,
    i % 2 === 0 ? 'A' : 'B',
    i % 3 === 0 ? 'f' : 'm',
    day,
    day >= from ? 3 : 8,
  ])
}).flat()

export const COMPARISON_SAMPLES: readonly SampleStudy[] = [
  {
    name: 'comparisons',
    values: ['DAYS'],
    yaml: `study: comparisons
preset: headache-diary
calendar: relative
arms: { A: Active, B: { name: Sham, reference: true } }
primary: { parameter: DAYS, visit: 2 }
estimands:
  policy: { treatment: active v sham, population: ITT, events: { treatmentEnd: treatment-policy } }
  worst: { treatment: active v sham, population: MITT, events: { treatmentEnd: composite } }
  on: { treatment: active v sham, population: PP, events: { treatmentEnd: while-on-treatment } }
  none: { treatment: active v sham, population: COMPLETE, events: { treatmentEnd: hypothetical } }
  treated: { treatment: active v sham, population: SAFETY, events: { treatmentEnd: principal-stratum } }
analyses:
  main: ${analysis('policy', 'CHG', 'ANCOVA, TTEST, WELCH, HL, BOOT, MMRM, LOCF, BOCF, MI, J2R, CIR, CR, TIP', 'AGE')}
  of-worst: ${analysis('worst', 'CHG', 'ANCOVA')}
  on-treatment: ${analysis('on', 'PCHG', 'ANCOVA')}
  complete: ${analysis('none', 'AVAL', 'ANCOVA')}
  treated: ${analysis('treated', 'RSP30', 'MN')}
  responders: ${analysis('policy', 'RSP30', 'MN, NEWC, RR, OR, NNT, CMH, LOGIT', 'SITEID')}
  modified: { estimand: policy, parameter: DAYS, visits: [2], outcome: CHG, methods: [ANCOVA], subgroups: [SITEID, AGE, BASE] }
  modified-responses: { estimand: policy, parameter: DAYS, visits: [2], outcome: RSP30, methods: [MN], subgroups: [SITEID] }
  counts: ${analysis('policy', 'AVAL', 'NEGBIN, POISSON, BETABIN', '')}
sources:
  - files: wide.csv
    layout: visits
    columns: { subject: id, arm: arm, site: site, treated: got, treatmentStart: start, treatmentEnd: stop, age: age }
    values:
      DAYS: { label: Headache days, unit: d, direction: lower-is-better, visits: { 0: d0, 1: { column: d1, days: 28 }, 2: { column: d2, days: 28 } } }
`,
    files: { 'wide.csv': csv('id,arm,site,got,start,stop,age,d0,d1,d2', rows) },
  },
  {
    name: 'comparisons of times to event',
    yaml: `study: times
preset: chronic-pain
weeks: { count: 4 }
arms: { A: Active, B: { name: Sham, reference: true } }
estimands: { main: { treatment: active v sham, population: ITT } }
analyses:
  response: { estimand: main, parameter: TTRESP, outcome: TIME, methods: [KM, LOGRANK, COX], adjust: [SEX] }
  weekly: { estimand: main, parameter: PNAVGW, visits: [3], outcome: RSP50, methods: [MN] }
multiplicity: { method: HOLM, analyses: [response, weekly] }
sources:
  - { files: ratings.csv, layout: daily, columns: { subject: id, arm: arm, sex: sex, studyDay: day, painAvg: pain } }
`,
    files: { 'ratings.csv': csv('id,arm,sex,day,pain', ratings) },
  },
]
