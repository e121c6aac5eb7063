import { csv, dateOf, days, type SampleStudy } from './sample-study.ts'

/** P1 to P3 treat attacks: with every reading, without one, below the least pain, near the cut and the last study day. */
const acute: SampleStudy = {
  name: 'treated attacks',
  yaml: `study: acute
preset: migraine-acute
timezone: none
dataCut: ${dateOf(40)}
arms: { A: Active, S: { name: Sham, reference: true } }
primary: { parameter: PF2H, visit: 1 }
sources:
  - files: attacks.csv
    layout: attacks
    columns: { subject: id, arm: arm, treatmentStart: first, lastDay: last, t0: t0, pain: p0, mbs: mbs, rescueAfter: rescue }
    followUps:
      30: { pain: p30 }
      60: { pain: p60 }
      120: { pain: p120, nausea: n120 }
      1440: { pain: p1440 }
      2880: { pain: p2880 }
`,
  files: {
    'attacks.csv': csv('id,arm,first,last,t0,p0,mbs,rescue,p30,p60,p120,n120,p1440,p2880', [
      ['P1', 'A', dateOf(1), '', `${dateOf(2)} 10:00`, 2, 'nausea', '', 1, 0, 0, 'no', 0, 0],
      ['P1', 'A', dateOf(1), '', `${dateOf(6)} 10:00`, 3, 'nausea', 90, 2, 1, 0, 'yes', 0, ''],
      ['P1', 'A', dateOf(1), '', `${dateOf(9)} 10:00`, 1, '', '', 1, 0, 0, '', '', ''],
      ['P1', 'A', dateOf(1), '', `${dateOf(12)} 10:00`, '', '', '', '', '', '', '', '', ''],
      ['P1', 'A', dateOf(1), '', `${dateOf(39)} 10:00`, 2, '', '', 1, 0, 0, '', '', ''],
      ['P2', 'S', dateOf(1), dateOf(8), `${dateOf(3)} 10:00`, 2, 'nausea', '', 2, 2, '', '', '', ''],
      ['P2', 'S', dateOf(1), dateOf(8), `${dateOf(8)} 22:30`, 2, 'nausea', '', 2, 1, 0, 'no', '', ''],
      ['P3', 'S', dateOf(1), '', `${dateOf(4)} 10:00`, 1, '', '', '', '', 0, '', '', ''],
    ]),
  },
}

/** K1 logs every day, K2 stops, K3 logs too little; attacks come as episodes and as treated attacks. */
const LOGGED = { K1: days(-14, 28), K2: days(-14, 5), K3: [...days(-14, -12), ...days(1, 3)] } as const
const log = Object.entries(LOGGED).flatMap(([id, logged]) =>
  logged.map((day) => [id, id === 'K2' ? 'S' : 'A', dateOf(1), id === 'K2' ? dateOf(5) : '', 'chronic', dateOf(day)]),
)
const CLUSTER_FILES = {
  'log.csv': csv('id,arm,first,last,type,date', log),
  'episodes.csv': csv('id,start,end', [
    ...days(-14, -1).map((day) => ['K1', `${dateOf(day)} 04:00`, `${dateOf(day)} 04:50`]),
    ...days(15, 21).map((day) => ['K1', `${dateOf(day)} 04:00`, `${dateOf(day)} 04:50`]),
    ...days(-14, -8).map((day) => ['K2', `${dateOf(day)} 04:00`, `${dateOf(day)} 04:50`]),
  ]),
  'treated.csv': csv('id,t0,p0,p15,p60', [
    ['K1', `${dateOf(15)} 04:10`, 3, 1, 1],
    ['K1', `${dateOf(16)} 04:10`, 4, 0, ''],
    ['K1', `${dateOf(17)} 04:10`, 1, 0, ''],
    ['K1', `${dateOf(18)} 04:10`, '', 0, ''],
    ['K2', `${dateOf(2)} 04:10`, 2, '', ''],
  ]),
  'intakes.csv': csv('id,at,class', [
    ['K1', `${dateOf(16)} 04:40`, 'oxygen'],
    ['K1', `${dateOf(16)} 05:40`, 'triptan'],
  ]),
}

const cluster = (preset: string, cut: number): SampleStudy => ({
  name: `cluster headache, ${preset}, cut on day ${cut}`,
  yaml: `study: cluster
preset: cluster-prevention
cluster: ${preset}
timezone: none
weeks: { count: 4 }
dataCut: ${dateOf(cut)}
arms: { A: Active, S: { name: Sham, reference: true } }
primary: { parameter: CHATT, visit: 1 }
sources:
  - files: log.csv
    layout: daily
    columns: { subject: id, arm: arm, treatmentStart: first, lastDay: last, clusterType: type, date: date }
  - { files: episodes.csv, layout: episodes, columns: { subject: id, start: start, end: end } }
  - files: treated.csv
    layout: attacks
    columns: { subject: id, t0: t0, pain: p0 }
    followUps: { 15: { pain: p15 }, 60: { pain: p60 } }
  - { files: intakes.csv, layout: intakes, columns: { subject: id, taken: at, medicationClass: class } }
`,
  files: CLUSTER_FILES,
})

export const ATTACK_SAMPLES: readonly SampleStudy[] = [
  acute,
  cluster('preva', 40),
  cluster('gal-ech', 40),
  cluster('weekly', 20),
]
