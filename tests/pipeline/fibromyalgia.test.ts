import { describe, expect, it } from 'vitest'
import { answerOf, givenText, type Row } from '../testkit/analyze.ts'

/** A short study file: the preset finds the components, the scale of mood and the pain outcome by itself. */
const STUDY = `
study: fm
preset: fibromyalgia
arms: { A: nVNS, S: { name: Sham, reference: true } }
questionnaires: { ISI: { licence: true } }
periods: { count: 1 }
sources:
  - files: diary.csv
    layout: daily
    columns: { subject: id, arm: arm, studyDay: day, painAvg: pain }
  - files: forms.csv
    layout: assessments
    columns: { subject: id, studyDay: day }
    items: { FIQR: 'f{item}', PHQ9: 'p{item}', ISI: 'i{item}' }
`

/** Pain before and after, function per item, PHQ-9 and ISI totals, before and after. */
interface Case {
  readonly arm: 'A' | 'S'
  readonly pain: readonly [number, number]
  readonly physical: readonly [number, number]
  readonly phq: readonly [number, number]
  readonly isi: readonly [number, number] | null
}

const CASES: Readonly<Record<string, Case>> = {
  // pain -50 %, function 10 -> 9 (10 %), PHQ-9 12 -> 6, ISI 20 -> 10
  P1: { arm: 'A', pain: [8, 4], physical: [10, 9], phq: [12, 6], isi: [20, 10] },
  // pain -25 %, mood better
  P2: { arm: 'A', pain: [8, 6], physical: [10, 5], phq: [15, 5], isi: [20, 10] },
  // pain -37.5 %, mood the same, no ISI
  P3: { arm: 'S', pain: [8, 5], physical: [10, 5], phq: [12, 11], isi: null },
  // nothing better, mood below the case level
  P4: { arm: 'S', pain: [8, 8], physical: [10, 10], phq: [5, 5], isi: [20, 20] },
}

const spread = (total: number, n: number, highest: number): number[] =>
  Array.from({ length: n }, (_, i) => Math.min(highest, Math.max(0, total - highest * i)))
const head = (prefix: string, n: number): string[] => Array.from({ length: n }, (_, i) => `${prefix}${i + 1}`)

function files() {
  const diary = Object.entries(CASES).flatMap(([id, { arm, pain }]) =>
    [0, 1].flatMap((k) =>
      Array.from({ length: 28 }, (_, d) => `${id},${arm},${k === 0 ? d - 28 : d + 1},${pain[k as 0 | 1]}`),
    ),
  )
  const forms = Object.entries(CASES).flatMap(([id, { physical, phq, isi }]) =>
    ([0, 1] as const).map((k) => {
      const fiqr = [...Array.from({ length: 9 }, () => physical[k]), ...Array.from({ length: 12 }, () => 5)]
      const sleep = isi === null ? Array.from({ length: 7 }, () => '') : spread(isi[k], 7, 4)
      return [id, k === 0 ? -1 : 28, ...fiqr, ...spread(phq[k], 9, 3), ...sleep].join(',')
    }),
  )
  const columns = ['id', 'day', ...head('f', 21), ...head('p', 9), ...head('i', 7)].join(',')
  return [
    givenText('diary.csv', `${['id,arm,day,pain', ...diary].join('\n')}\n`),
    givenText('forms.csv', `${[columns, ...forms].join('\n')}\n`),
  ]
}

describe('preset fibromyalgia with a pain diary and three questionnaires', async () => {
  const answer = await answerOf(STUDY, files())
  const adeff = (subject: string, code: string) =>
    answer.rows('adeff').find((r) => r.USUBJID === `fm-${subject}` && r.PARAMCD === code && r.AVISITN === '1') as Row
  const cohort = (analysis: string, arm: string) =>
    answer.rows('cohort').filter(({ ANALYSIS, ARM }) => ANALYSIS === analysis && ARM === arm)

  it('judges the components by their parameters', () => {
    expect(adeff('P1', 'FIQRF')).toMatchObject({ BASE: '30', AVAL: '27', PCHG: '-10' })
    expect(adeff('P1', 'FM30S')).toMatchObject({ AVALC: 'Y', CMPMISS: '' })
    expect(adeff('P1', 'FM30L')).toMatchObject({ AVALC: 'Y' }) // sleep 50 %, PHQ-9 50 %
    expect(adeff('P2', 'FM30S')).toMatchObject({ AVALC: 'N' })
    expect(adeff('P3', 'FM30S')).toMatchObject({ AVALC: 'N', CMPMISS: 'SLEEP', AREASON: '' })
  })

  it('fills the four cells and correlates the changes', () => {
    const cells = (arm: string) => cohort('DUAL', arm).map(({ STAT, NUMER, DENOM }) => `${STAT} ${NUMER}/${DENOM}`)
    expect(adeff('P4', 'DUALRSP')).toMatchObject({ AVALC: '', AREASON: 'NOT_EVALUABLE' })
    expect(cells('')).toEqual(['BOTH 1/3', 'PAIN 1/3', 'MOOD 1/3', 'NEITHER 0/3'])
    expect(cells('nVNS')).toEqual(['BOTH 1/2', 'PAIN 0/2', 'MOOD 1/2', 'NEITHER 0/2'])
    // Pain -4, -2, -3, 0 (ranks 1 3 2 4), mood -6, -10, -1, 0 (ranks 2 1 3 4): d -1 2 -1 0, r = 1 - 6 * 6 / (4 * 15) = 0.4
    const [joint] = cohort('JOINT', '')
    expect(Number(joint?.ESTIMATE)).toBeCloseTo(0.4, 10)
    expect(joint).toMatchObject({ STAT: 'R', N: '4', DF: '2', PARAMCD: 'DUALRSP' })
    // atanh 0.4 = 0.423649, SE sqrt(1 + 0.08) = 1.039230: tanh(0.423649 -+ 1.959964 * 1.039230)
    expect(Number(joint?.LOWER)).toBeCloseTo(Math.tanh(0.4236489 - 2.0368554), 6)
    expect(Number(joint?.UPPER)).toBeCloseTo(Math.tanh(0.4236489 + 2.0368554), 6)
  })

  it('lists which core domains are measured, and in how many subjects', () => {
    const rows = cohort('COVERAGE', '').map(({ STAT, PARAMCD, ESTIMATE, NUMER, DENOM }) =>
      [STAT, PARAMCD, ESTIMATE, `${NUMER}/${DENOM}`].join(' '),
    )
    expect(rows).toEqual([
      'PAIN PNAVGM 1 4/4',
      'TENDERNESS  0 0/4',
      'FATIGUE  0 0/4',
      'GLOBAL  0 0/4',
      'FUNCTION FIQRF 1 4/4',
      'SLEEP ISI 1 3/4',
      'DEPRESSION PHQ9 1 4/4',
      'COGNITION  0 0/4',
    ])
  })

  it('counts important changes and remission of scores among those of the cohort', () => {
    const stats = answer
      .rows('cohort')
      .filter((r) => r.PARAMCD === 'PHQ9' && r.ARM === '' && r.ANALYSIS === 'RESPONSE')
      .map(({ STAT, NUMER, DENOM }) => `${STAT} ${NUMER}/${DENOM}`)
    expect(stats).toContain('IMPORTANT 2/4')
    expect(stats).toContain('REMISSION 0/4')
  })
})
