import { csv, days, type SampleStudy } from './sample-study.ts'

/** Pain at baseline and its fall per week, by patient; P3 rates too seldom, P4 has no baseline, P5 no pain. */
const PATIENTS = [
  { id: 'P1', base: 8, fall: 1, rated: days(-28, 70) },
  { id: 'P2', base: 6, fall: 0, rated: days(-28, 70) },
  { id: 'P3', base: 6, fall: 1, rated: [...days(-28, -1), ...days(1, 70).filter((day) => day % 4 === 0)] },
  { id: 'P4', base: 6, fall: 1, rated: days(1, 70) },
  { id: 'P5', base: 0, fall: 0, rated: days(-28, 70) },
] as const

const diary = csv(
  'id,day,average,worst,least,now',
  PATIENTS.flatMap(({ id, base, fall, rated }) =>
    rated.map((day) => {
      const pain = Math.max(0, day < 0 ? base : base - fall * Math.ceil(day / 7))
      return [id, day, pain, Math.min(10, pain + 1), Math.max(0, pain - 1), pain]
    }),
  ),
)

const COLUMNS = 'subject: id, studyDay: day, painAvg: average, painWorst: worst, painLeast: least, painNow: now'

const ONE_PATIENT = `
pain: { daily: true }
individual:
  parameters: [PNAVGW]
  series: [PNAVG]
  reliableChange: { PNAVGW: { sd: 2, r: 0.8, source: made up for this sample } }
  randomisation: { minBaseline: 7, minTreatment: 7 }
`

export const PAIN_SAMPLES: readonly SampleStudy[] = [
  {
    name: 'daily pain of one patient at a time',
    yaml: `study: single\npreset: chronic-pain\nperiods: { count: 2 }\nweeks: { count: 8 }${ONE_PATIENT}sources:\n  - { files: diary.csv, layout: daily, columns: { ${COLUMNS} } }\n`,
    files: { 'diary.csv': diary },
  },
  {
    name: 'daily pain',
    yaml: `study: pain\npreset: chronic-pain\nperiods: { count: 2 }\nweeks: { count: 10 }\nsources:\n  - { files: diary.csv, layout: daily, columns: { ${COLUMNS} } }\n`,
    files: { 'diary.csv': diary },
  },
  {
    name: 'values the export summarised',
    yaml: `study: values\npreset: chronic-pain
sources:
  - files: scores.csv
    layout: visits
    columns: { subject: id }
    values:
      SCORE: { label: Score, unit: points, direction: lower-is-better, pooled: true, visits: { 0: base, 1: v1, 2: v2 } }\n`,
    files: {
      'scores.csv': csv('id,base,v1,v2', [
        ['P1', 10, 5, 4],
        ['P2', '', 5, 4],
        ['P3', 10, '', ''],
      ]),
    },
    values: ['SCORE', 'SCOREP'],
  },
]
