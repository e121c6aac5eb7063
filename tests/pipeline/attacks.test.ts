import { describe, expect, it } from 'vitest'
import { answerOf, givenText, type Row } from '../testkit/analyze.ts'

/** From exports of treated attacks to result tables, in both layouts, and cluster headache. */

const WIDE = `
study: attacks
preset: migraine-acute
timezone: Europe/Berlin
arms: { A: Active, S: { name: Sham, reference: true } }
dataCut: 2026-04-30
primary: { parameter: PF2H, visit: 1 }
sources:
  - files: 'attacks*.csv'
    layout: attacks
    columns:
      subject: id
      arm: arm
      treatmentStart: first
      t0: started
      pain: { column: pain, values: { none: none, mild: mild, mod: moderate, sev: severe } }
      photophobia: light
      mbs: { column: worst, values: { light: photophobia, sick: nausea } }
      rescue: rescue
    followUps:
      120: { pain: p2h, photophobia: light2h, taken: at2h }
      1440: { pain: p24h }
`
const HEADER = 'id,arm,first,started,pain,light,worst,rescue,p2h,light2h,at2h,p24h'

/** EX-A5: PF2H by subject YNY / N / YY, the second and third in the sham arm. */
const ROWS = [
  'P1,A,2026-03-02,2026-03-02 10:00,mod,yes,light,,0,no,2026-03-02 11:58,0',
  'P1,A,2026-03-02,2026-03-10 08:00,sev,yes,light,2026-03-10 09:35,0,no,,0',
  'P1,A,2026-03-02,2026-03-29 01:30,mod,no,light,,0,no,2026-03-29 04:30,1',
  'P2,S,2026-03-03,2026-03-03 10:00,mod,yes,light,,,,,',
  'P3,S,2026-03-04,2026-03-04 10:00,mod,,sick,2026-03-04 20:00,0,,,0',
  'P3,S,2026-03-04,2026-03-06 10:00,sev,,,,0,,2026-03-06 12:30,',
]

const cells = (rows: readonly Row[], code: string): string[] =>
  rows
    .filter(({ PARAMCD }) => PARAMCD === code)
    .map((row) => `${row.USUBJID?.slice(-2)} ${row.AVISIT} ${row.AVALC === '' ? row.AREASON : row.AVALC}`)

describe('treated attacks, a row each', () => {
  it('become rows of adeff, answers of adsl, and cohort rows with attacks as units', async () => {
    const answer = await answerOf(WIDE, [givenText('attacks.csv', [HEADER, ...ROWS].join('\n'))])
    const adeff = answer.rows('adeff')
    // P1's third: 01:30 to 04:30 on the night the clocks change are 120 min. P2: no reading.
    expect(cells(adeff, 'PF2H')).toEqual([
      'P1 Attack 1 Y',
      'P1 Attack 2 N',
      'P1 Attack 3 Y',
      'P2 Attack 1 N',
      'P3 Attack 1 Y',
      'P3 Attack 2 Y',
    ])
    expect(cells(adeff, 'MBSF2H')).toEqual([
      'P1 Attack 1 Y',
      'P1 Attack 2 N',
      'P1 Attack 3 NOT_EVALUABLE',
      'P2 Attack 1 N',
      'P3 Attack 1 N',
      'P3 Attack 2 MISSING_ITEMS',
    ])
    expect(cells(adeff, 'SPF24')).toEqual([
      'P1 Attack 1 Y',
      'P1 Attack 2 N',
      'P1 Attack 3 N',
      'P2 Attack 1 N',
      'P3 Attack 1 N',
      'P3 Attack 2 MISSING_ITEMS',
    ])
    expect(cells(adeff, 'PF50ATT')).toEqual(['P1 All attacks Y', 'P2 All attacks N', 'P3 All attacks Y'])
    const third = adeff.find(({ PARAMCD, AVISITN }) => PARAMCD === 'PF2H' && AVISITN === '3')
    expect(third).toMatchObject({ ADY: '28', ADT: '2026-03-29', AVALU: 'Y/N', DTYPE: '' })
    const adsl = answer.rows('adsl')
    expect(adsl.map(({ PF2H, PF50ATT }) => `${PF2H} ${PF50ATT}`)).toEqual(['Y Y', 'N N', 'Y Y'])
    expect(Object.keys(adsl[0] ?? {})).not.toContain('CHTYPE')
  })

  it('EX-A5 pooled 4 of 6 attacks (66.7 %), mean of subject proportions 55.6 %, PF50ATT in 2 of 3', async () => {
    const answer = await answerOf(WIDE, [givenText('attacks.csv', [HEADER, ...ROWS].join('\n'))])
    const cohort = answer.rows('cohort')
    const row = (code: string, stat: string, arm = '') =>
      cohort.find(({ PARAMCD, STAT, ARM }) => PARAMCD === code && STAT === stat && ARM === arm)
    expect(row('PF2H', 'POOLED')).toMatchObject({ ANALYSIS: 'ATTACKS', AVISIT: 'All attacks', NUMER: '4', DENOM: '6' })
    expect(100 * Number(row('PF2H', 'POOLED')?.ESTIMATE)).toBeCloseTo(66.7, 1)
    // (2/3 + 0 + 1) / 3
    expect(Number(row('PF2H', 'SUBJMEAN')?.ESTIMATE)).toBeCloseTo(5 / 9, 12)
    expect(row('PF2H', 'SUBJMEAN')).toMatchObject({ N: '3', NDATA: '3' })
    expect(row('PF50ATT', 'YES')).toMatchObject({ NUMER: '2', DENOM: '3' })
    expect(row('PF2H', 'POOLED', 'Active')).toMatchObject({ NUMER: '2', DENOM: '3' })
    expect(row('PF2H', 'POOLED', 'Sham')).toMatchObject({ NUMER: '2', DENOM: '3', NSET: '2' })
    // 2/3 of one subject, and (0 + 1) / 2
    expect(Number(row('PF2H', 'SUBJMEAN', 'Sham')?.ESTIMATE)).toBe(0.5)
    expect(row('PF2H', 'GEE', 'Active')).toMatchObject({ ESTIMATE: '', REASON: 'NO_ESTIMATE' })
  })

  it('count nothing twice, whatever the order of rows and files', async () => {
    const expected = await answerOf(WIDE, [givenText('attacks.csv', [HEADER, ...ROWS].join('\n'))])
    const reversed = [...ROWS].reverse()
    const parts = [reversed.slice(0, 2), reversed.slice(2)].map((rows, k) =>
      givenText(`attacks-${k}.csv`, [HEADER, ...rows].join('\n')),
    )
    const answer = await answerOf(WIDE, parts)
    for (const table of ['adeff', 'adsl', 'cohort']) expect(answer.rows(table)).toEqual(expected.rows(table))
  })
})

const LONG = `
study: long
preset: migraine-acute
timezone: none
acute: early
responders: { missing: OC }
dataCut: 2026-04-30
sources:
  - { files: 'subjects.csv', layout: subjects, columns: { subject: id, treatmentStart: first } }
  - { files: 'attacks.csv', layout: attacks, columns: { subject: id, attack: nr, t0: start, pain: pain } }
  - files: 'readings.csv'
    layout: follow-ups
    columns:
      subject: id
      attack: nr
      minutes: after
      followUp: { column: what, values: { R: reading, M: rescue, H: headache } }
      pain: pain
  - files: 'intakes.csv'
    layout: intakes
    columns: { subject: id, taken: at, product: drug }
    products: { sumatriptan: triptan, stimulator: device }
  - { files: 'diary.csv', layout: daily, columns: { subject: id, date: date, headache: ha } }
`

describe('follow-ups in rows of their own', () => {
  it('join attacks by number, with intakes as rescue and daily forms as later look', async () => {
    const answer = await answerOf(LONG, [
      givenText('subjects.csv', 'id,first\nP1,2026-03-02\nP2,2026-03-02\n'),
      givenText(
        'attacks.csv',
        'id,nr,start,pain\nP1,1,2026-03-02 10:00,1\nP1,2,2026-03-10 10:00,2\nP2,1,2026-03-05 10:00,3\n',
      ),
      givenText(
        'readings.csv',
        'id,nr,after,what,pain\nP1,1,2 h,R,0\nP1,2,120,R,0\nP1,2,1200,H,\nP2,1,118,R,1\nP2,7,120,R,0\nP2,1,-5,R,0\n',
      ),
      givenText('intakes.csv', 'id,at,drug\nP1,2026-03-02 10:30,stimulator\nP2,2026-03-05 11:00,Sumatriptan\n'),
      givenText('diary.csv', 'id,date,ha\nP1,2026-03-02,yes\nP1,2026-03-03,no\nP1,2026-03-04,no\n'),
    ])
    const adeff = answer.rows('adeff')
    const of = (code: string) => cells(adeff, code)
    expect(of('PF2H')).toEqual(['P1 Attack 1 Y', 'P1 Attack 2 Y', 'P2 Attack 1 N'])
    expect(of('SPF48')).toEqual(['P1 Attack 1 Y', 'P1 Attack 2 N', 'P2 Attack 1 N'])
    expect(of('RELAP48')).toEqual(['P1 Attack 1 N', 'P1 Attack 2 Y', 'P2 Attack 1 NOT_EVALUABLE'])
    expect(of('PR2H')).toEqual(['P1 Attack 1 Y', 'P1 Attack 2 Y', 'P2 Attack 1 N'])
    expect(of('RESC24')).toEqual(['P1 Attack 1 N', 'P1 Attack 2 N', 'P2 Attack 1 Y'])
    const findings = answer.rows('findings').filter(({ FILE }) => FILE === 'readings.csv')
    expect(findings.map(({ RULE, LINE, SUBJECT }) => `${RULE} ${LINE} ${SUBJECT}`).sort()).toEqual([
      'follow-up-without-attack 6 P2',
      'value-type 7 P2',
    ])
  })
})

const CLUSTER = `
study: cluster
preset: cluster-prevention
cluster: preva
timezone: none
arms: { V: nVNS, C: { name: Control, reference: true } }
dataCut: 2026-05-31
primary: { parameter: CHATT, visit: 1 }
sources:
  - files: 'log.csv'
    layout: daily
    columns: { subject: id, date: date, arm: arm, treatmentStart: first, clusterType: type }
  - files: 'attacks.csv'
    layout: episodes
    columns: { subject: id, start: from, end: to, severity: peak }
  - files: 'treated.csv'
    layout: attacks
    columns: { subject: id, t0: t0, pain: p0 }
    followUps: { 15: { pain: p15 }, 30: { pain: p30 }, 60: { pain: p60 } }
  - { files: 'intakes.csv', layout: intakes, columns: { subject: id, taken: at, medicationClass: class } }
`

describe('cluster headache', () => {
  const DAY_MS = 86_400_000
  const first = Date.UTC(2026, 2, 1)
  const date = (day: number): string => new Date(first + (day > 0 ? day - 1 : day) * DAY_MS).toISOString().slice(0, 10)
  const days = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, k) => from + k).filter((day) => day !== 0)
  const observed = [...days(-14, -1), ...days(1, 26)]
  const log = observed.map((day) => `K1,${date(day)},V,2026-03-01,chronic`)
  // 2 attacks a day in the run-in, one on each of days 15 to 26, the last of them only as a treated attack.
  const attacks = [
    ...days(-14, -1).flatMap((day) => [
      `${date(day)} 04:00,${date(day)} 04:45`,
      `${date(day)} 14:00,${date(day)} 15:00`,
    ]),
    ...days(15, 25).map((day) => `${date(day)} 04:00,${date(day)} 08:00`),
  ].map((times) => `K1,${times},3`)
  const files = [
    givenText('log.csv', ['id,date,arm,first,type', ...log, 'K2,2026-03-02,C,2026-03-01,Episodic'].join('\n')),
    givenText('attacks.csv', ['id,from,to,peak', ...attacks].join('\n')),
    givenText(
      'treated.csv',
      ['id,t0,p0,p15,p30,p60', `K1,${date(15)} 04:20,3,1,1,1`, `K1,${date(26)} 10:00,4,0,,`].join('\n'),
    ),
    givenText('intakes.csv', ['id,at,class', `K1,${date(26)} 10:40,oxygen`, `K1,${date(26)} 15:00,oxygen`].join('\n')),
  ]

  it('EX-C1 EX-C2 EX-C3 from exports to adeff, with the type as a stratum', async () => {
    const answer = await answerOf(CLUSTER, files)
    const adeff = answer.rows('adeff').filter(({ USUBJID }) => USUBJID?.endsWith('K1'))
    const weekly = adeff.filter(({ PARAMCD }) => PARAMCD === 'CHATT')
    expect(weekly.map(({ AVISIT, AVAL, NOBS, NEVT }) => `${AVISIT}: ${AVAL} (${NEVT} in ${NOBS})`)).toEqual([
      'Baseline: 14 (28 in 14)',
      'Weeks 3 to 4: 7 (12 in 12)',
    ])
    expect(weekly[1]).toMatchObject({ PCHG: '-50', CRIT2: 'Reduction from baseline of at least 50 %', CRIT2FL: 'Y' })
    expect(adeff.find(({ PARAMCD, AVISITN }) => PARAMCD === 'CHO2' && AVISITN === '1')).toMatchObject({ NEVT: '2' })
    for (const [code, expected] of [
      ['CHPR15', ['K1 Attack 1 Y', 'K1 Attack 2 N']],
      ['CHPF15', ['K1 Attack 1 N', 'K1 Attack 2 Y']],
      ['CHSUS60', ['K1 Attack 1 Y', 'K1 Attack 2 N']],
    ] as const) {
      expect(cells(adeff, code), code).toEqual(expected)
    }
    const adsl = answer.rows('adsl')
    expect(adsl.map(({ CHTYPE, RSP25, RSP50, RSP75 }) => [CHTYPE, RSP25, RSP50, RSP75])).toEqual([
      ['chronic', 'Y', 'Y', 'N'],
      ['episodic', '', '', ''],
    ])
    const cohort = answer.rows('cohort').filter(({ PARAMCD, ARM }) => PARAMCD === 'CHATT' && ARM === 'nVNS')
    expect(cohort.filter(({ ANALYSIS }) => ANALYSIS === 'RESPONSE').map(({ STAT }) => STAT)).toEqual([
      'RSP25',
      'RSP50',
      'RSP75',
      'RSP100',
      'ZEROBASE',
    ])
  })

  it('attacks longer than 180 min are found, and count', async () => {
    const answer = await answerOf(CLUSTER, files)
    const long = answer.rows('findings').filter(({ RULE }) => RULE === 'attack-duration')
    expect(long).toHaveLength(11)
    expect(long[0]).toMatchObject({ FILE: 'attacks.csv', LINE: '30', COLUMN: 'to', SUBJECT: 'K1' })
    expect(long[0]?.MESSAGE).toContain('240 min')
  })
})
