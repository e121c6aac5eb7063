import { INSTRUMENTS } from '@afferent/instruments'
import { csv, days, type SampleStudy } from './sample-study.ts'

/** Every instrument with every score it has; those that cannot be computed without a licensed table come as totals. */
const settings = INSTRUMENTS.map(({ code, versions, needsVersion, scores }) => {
  const version = needsVersion ? `, version: '${versions[0]}'` : ''
  const orientation = code === 'PGIC' ? ', orientation: 1best' : ''
  return `  ${code}: { licence: true${version}${orientation}, scores: [${scores.map((score) => score.code).join(', ')}] }`
})

const phq9 = (id: string, day: number, answer: number) =>
  Array.from({ length: 9 }, (_, i) => [id, day, 'PHQ9', i + 1, answer] as const)
const mpfid = (id: string, from: number, n: number) =>
  Array.from({ length: n }, (_, d) => [1, 2, 3, 4].map((i) => [id, from + d, 'MPFID', `ea${i}`, 3] as const)).flat()

const answers = csv('id,day,form,item,answer', [
  ...phq9('P1', -1, 2),
  ...phq9('P1', 28, 0),
  ...phq9('P2', -1, 1),
  ['P1', 28, 'PGIC', 1, 2],
  ['P1', 28, 'SF36', 'SFPCS', 45.5],
  ...[1, 2, 3].map((i) => ['P1', -1, 'HIT6', i, 11] as const),
  ...mpfid('P1', -28, 14),
  ...mpfid('P1', 1, 10),
])

const diary = csv(
  'id,day,pain',
  [
    ...days(-28, 28).map((day) => ['P1', day, day < 0 ? 8 : 4] as const),
    ...days(-28, 28).map((day) => ['P2', day, 6] as const),
    ...days(1, 28).map((day) => ['P3', day, 6] as const),
  ].map((row) => [...row]),
)

export const QUESTIONNAIRE_SAMPLES: readonly SampleStudy[] = [
  {
    name: 'questionnaires of every kind',
    yaml: `study: forms
preset: fibromyalgia
periods: { count: 2 }
questionnaires:
${settings.join('\n')}
mood: { scale: PHQ9 }
fibromyalgia: { pain: PNAVGM, function: FIQRF, sleep: ISI, depression: PHQ9, tenderness: none }
sources:
  - { files: diary.csv, layout: daily, columns: { subject: id, studyDay: day, painAvg: pain } }
  - { files: answers.csv, layout: assessments, columns: { subject: id, studyDay: day, instrument: form, item: item, value: answer } }
`,
    files: { 'diary.csv': diary, 'answers.csv': answers },
  },
]
