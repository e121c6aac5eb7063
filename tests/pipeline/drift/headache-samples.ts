import { csv, dateOf, days, type SampleStudy, START_DATE } from './sample-study.ts'

/** Which days each patient filled in: whole, sparse after the start, no baseline, left early, ill on no day. */
const PATIENTS = [
  { id: 'P1', filled: days(-28, 90), every: 3, lastDay: '' },
  { id: 'P2', filled: [...days(-28, -1), ...days(1, 90).filter((day) => day % 4 === 0)], every: 4, lastDay: '' },
  { id: 'P3', filled: days(1, 90), every: 3, lastDay: '' },
  { id: 'P4', filled: days(-28, 20), every: 3, lastDay: dateOf(20) },
  { id: 'P5', filled: days(-28, 90), every: 1000, lastDay: '' },
] as const

const ill = (day: number, every: number): boolean => Math.abs(day) % every === 0

/** A headache every `every` days before the start, half as often after it. */
const hasHeadache = ({ every }: { readonly every: number }, day: number): boolean =>
  ill(day, day < 0 ? every : 2 * every)

const forms = csv(
  'id,start,last,date,headache,severity,hours,unilateral,pulsating,nausea,aura,ergot,triptan,opioid,combination,paracetamol,asa,nsaid,gepant,ditan,effective',
  PATIENTS.flatMap((patient) =>
    patient.filled.map((day) => {
      const headache = hasHeadache(patient, day)
      const taken = Array.from({ length: 9 }, (_, k) => (headache && Math.abs(day) % 9 === k ? 1 : 0))
      const features = headache ? ['yes', 'yes', 'yes'] : ['no', 'no', 'no']
      const how = headache ? [2, 5] : [0, '']
      return [
        patient.id,
        START_DATE,
        patient.lastDay,
        dateOf(day),
        headache ? 'yes' : 'no',
        ...how,
        ...features,
        0,
        ...taken,
        headache ? 'yes' : 'no',
      ]
    }),
  ),
)

const episodes = csv(
  'id,start,end,severity,unilateral,pulsating,nausea',
  PATIENTS.flatMap((patient) =>
    patient.filled
      .filter((day) => hasHeadache(patient, day))
      .map((day) => [patient.id, `${dateOf(day)}T08:00`, `${dateOf(day)}T13:00`, 2, 'yes', 'yes', 'yes']),
  ),
)

const FACTS = 'subject: id, treatmentStart: start, lastDay: last'
const DAILY = `headache: headache, severity: severity, hours: hours, unilateral: unilateral, pulsating: pulsating, nausea: nausea,
      auraMinutes: aura, ergot: ergot, triptan: triptan, opioid: opioid, combination: combination, paracetamol: paracetamol,
      asa: asa, nsaid: nsaid, gepant: gepant, ditan: ditan, effective: effective`

const diary = (columns: string): string => `
  - files: forms.csv
    layout: daily
    ignore: ['*']
    columns: { ${FACTS}, date: date, ${columns} }`

const log = `
  - files: episodes.csv
    layout: episodes
    columns: { subject: id, start: start, end: end, severity: severity, unilateral: unilateral, pulsating: pulsating, nausea: nausea }`

const subjects = csv(
  'id,start,last',
  PATIENTS.map(({ id, lastDay }) => [id, START_DATE, lastDay]),
)

export const HEADACHE_SAMPLES: readonly SampleStudy[] = [
  {
    name: 'headache with forms and episodes',
    yaml: `study: headache\npreset: migraine-prevention\ntimezone: none\ndataCut: ${dateOf(100)}\nperiods: { count: 4 }\nsources:${diary(DAILY)}${log}\n`,
    files: { 'forms.csv': forms, 'episodes.csv': episodes },
  },
  {
    name: 'headache as yes or no, observed cases',
    yaml: `study: yesno\npreset: migraine-prevention\nresponders: { missing: OC }\nperiods: { count: 3, missing: strict80 }\nsources:${diary('headache: headache')}\n`,
    files: { 'forms.csv': forms },
  },
  {
    name: 'headache by forms alone, observed cases',
    yaml: `study: forms\npreset: chronic-migraine\nresponders: { missing: OC, zeroBaseline: nonresponder }\nperiods: { count: 2 }\nsources:${diary(DAILY)}\n`,
    files: { 'forms.csv': forms },
  },
  {
    name: 'episodes without any form',
    yaml: `study: episodes\npreset: migraine-prevention\ntimezone: none\nperiods: { count: 2 }\nsources:\n  - { files: subjects.csv, layout: subjects, columns: { ${FACTS} } }${log}\n`,
    files: { 'subjects.csv': subjects, 'episodes.csv': episodes },
  },
]
