import { csv, dateOf, days, type SampleStudy } from './sample-study.ts'

/** Stimulation, adverse events and guesses; P4 has no log, P5 lost a day of it, P6 stopped early. */
const PATIENTS = [
  { id: 'P1', arm: 'A', guess: 'A', sessions: days(1, 56), stop: '', fall: 3 },
  { id: 'P2', arm: 'A', guess: 'S', sessions: days(1, 40), stop: '', fall: 2 },
  { id: 'P3', arm: 'A', guess: 'unknown', sessions: days(1, 20), stop: '', fall: 1 },
  { id: 'P4', arm: 'S', guess: 'A', sessions: [], stop: '', fall: 0 },
  { id: 'P5', arm: 'S', guess: '', sessions: days(1, 56), stop: '', fall: 1 },
  { id: 'P6', arm: 'A', guess: 'A', sessions: days(1, 10), stop: dateOf(10), fall: 0 },
] as const

const log = PATIENTS.flatMap(({ id, sessions }) =>
  sessions.map((day) => [id, dateOf(day), 2, day === 30 && id === 'P5' ? 'yes' : 'no', 4, 2, 250, 25]),
)

const STUDY = `
preset: chronic-pain
arms: { A: Active, S: { name: Sham, reference: true } }
periods: { count: 2 }
`

const SUBJECTS = '{ subject: id, arm: arm, guess: guess, treatmentStart: start, treatmentEnd: stop }'
const subjects = csv(
  'id,arm,guess,start,stop',
  PATIENTS.map(({ id, arm, guess, stop }) => [id, arm, guess, dateOf(1), stop]),
)
const events = csv('id,onset,term,class,severity,serious,device', [
  ['P1', dateOf(3), 'Headache', 'Nervous', 'mild', 'no', 'possible'],
  ['P1', dateOf(9), 'Headache', 'Nervous', 'severe', 'yes', 'unknown'],
  ['P4', '2026-02', 'Rash', 'Skin', 'moderate', 'no', 'unrelated'],
])
const EVENTS =
  '{ subject: id, onset: onset, term: term, organClass: class, eventSeverity: severity, serious: serious, relDevice: device }'

export const SAFETY_SAMPLES: readonly SampleStudy[] = [
  {
    name: 'stimulation, adverse events and guesses',
    yaml: `study: stim${STUDY}adherence: { sessionsPerDay: 4 }
primary: { parameter: SCORE, visit: 1 }
dataCut: ${dateOf(60)}
sources:
  - { files: subjects.csv, layout: subjects, columns: ${SUBJECTS} }
  - files: log.csv
    layout: stimulation
    columns: { subject: id, date: day, minutes: minutes, logGap: lost, delivered: n, current: ma, pulseWidth: us, frequency: hz }
  - { files: events.csv, layout: adverse-events, columns: ${EVENTS} }
  - files: scores.csv
    layout: visits
    columns: { subject: id }
    values: { SCORE: { label: Score, unit: points, direction: lower-is-better, visits: { 0: base, 1: end } } }
`,
    files: {
      'subjects.csv': subjects,
      'log.csv': csv('id,day,minutes,lost,n,ma,us,hz', log),
      'events.csv': events,
      'scores.csv': csv(
        'id,base,end',
        PATIENTS.map(({ id, fall }, i) => [id, 6 + (i % 3), 6 + (i % 3) - fall]),
      ),
    },
    values: ['SCORE'],
  },
]
