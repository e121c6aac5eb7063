import { csv, dateOf, type SampleStudy, START_DATE } from './sample-study.ts'

const HEAD = (study: string, method: string) => `study: ${study}
${method}
visits: { windows: [{ visit: 1, from: 22, to: 35 }, { visit: 2, from: 78, to: 91 }] }
dataCut: ${dateOf(80)}
sources:
  - { files: subjects.csv, layout: subjects, columns: { subject: id, treatmentStart: start, lastDay: last } }
`
const subjects = csv('id,start,last', [
  ['P1', START_DATE, ''],
  ['P2', START_DATE, ''],
  ['P3', START_DATE, dateOf(10)],
  ['P4', START_DATE, ''],
])

const ANALYTES = { CRP: 'mg/L', IL6: 'pg/mL', TNFA: 'pg/mL', IL1B: 'pg/mL', NE: 'nmol/L', SEROT: 'nmol/L' } as const
const results = Object.entries(ANALYTES).map(
  ([code, unit]) => `${code}: { column: ${code.toLowerCase()}, unit: ${unit}, lloq: 0.3, uloq: 50 }`,
)

const beats = (n: number, by: number): number[] => Array.from({ length: n }, (_, i) => 800 + (i % 2) * by + (i % 11))
const record = (id: string, day: number, stim: string, rr: readonly number[], posture = 'supine') =>
  rr.map((interval) => [id, dateOf(day), stim, posture, interval])

/** Laboratory results and records of RR intervals: what is taken at visits. */
export const VISIT_SAMPLES: readonly SampleStudy[] = [
  {
    name: 'laboratory results',
    yaml: `${HEAD('lab', 'laboratory: sqrt2')}  - files: lab.csv
    layout: measurements
    columns: { subject: id, date: date }
    results: { ${results.join(', ')} }
`,
    files: {
      'subjects.csv': subjects,
      'lab.csv': csv('id,date,crp,il6,tnfa,il1b,ne,serot', [
        ['P1', START_DATE, 12, 2, 3, '<0.3', 2, 40],
        ['P1', dateOf(29), 4, 1, '>50', '<0.3', 1, 30],
        ['P2', START_DATE, 1, 2, 3, '<0.3', 2, 40],
        ['P2', dateOf(29), 0.5, 1, 4, 0.4, 1, 30],
        ['P4', dateOf(29), 0.5, 1, 4, '<0.3', 1, 30],
      ]),
    },
  },
  {
    name: 'records of RR intervals',
    yaml: `${HEAD('hrv', 'autonomic: standard')}  - files: rr.csv
    layout: rr-intervals
    columns: { subject: id, date: date, stimulating: stim, posture: posture, rr: rr }
`,
    files: {
      'subjects.csv': subjects,
      'rr.csv': csv('id,date,stim,posture,rr', [
        ...record('P1', 1, 'no', beats(400, 20)),
        ...record('P1', 1, 'yes', beats(400, 30)),
        ...record('P1', 29, 'no', beats(400, 25)),
        ...record('P1', 29, 'yes', beats(200, 25)),
        ...record('P2', 1, 'no', beats(60, 20)),
        ...record('P2', 29, 'no', beats(400, 20), 'sitting'),
        ...record('P4', 29, 'no', beats(400, 20)),
      ]),
    },
  },
]
