import { FOLLOW_UPS, type RecordTable } from '@afferent/records'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainRows, printFindings, type SettledFiles, settleFiles, studyOf, validateText } from './hand-made.fixture.ts'

/** Treated attacks with readings in columns of the row. */
const WIDE = `
  - name: attacks
    files: 'attacks*.csv'
    layout: attacks
    columns:
      subject: id
      treatmentStart: { constant: 2026-03-01 }
      attack: nr
      t0: t0
      pain: p0
      nausea: n0
      mbs: mbs
      rescueAfter: rescue
      nextHeadache: next
    followUps:
      30: { pain: p30 }
      120: { pain: p120, nausea: n120, taken: time120 }
      1440: { pain: p24 }
`
const LONG = `
  - name: readings
    files: 'readings*.csv'
    layout: follow-ups
    columns: { subject: id, attack: nr, t0: t0, minutes: min, taken: at, followUp: what, pain: pain, nausea: nausea }
`
const studyWith = (...sources: string[]) =>
  studyOf(`study: acute\npreset: migraine-acute\ntimezone: Europe/Berlin\nsources:${sources.join('')}`)

const HEADER = 'id,nr,t0,p0,n0,mbs,rescue,next,p30,p120,n120,time120,p24'
const LONG_HEADER = 'id,nr,t0,min,at,what,pain,nausea'

interface Plain {
  readonly [name: string]: string | number
}

/** Follow-ups of settled files: kind, pain and minutes after t0, in that order. */
function followUpsOf({ settled }: SettledFiles): string[] {
  const rows = plainRows(settled.followUps, settled.subjects) as Plain[]
  return rows.map(({ subject, kind, pain, seconds, taken }) => {
    const when = taken ?? (seconds === undefined ? '' : `${Number(seconds) / 60} min`)
    return `${subject} ${FOLLOW_UPS[kind as number]} ${pain ?? '-'} ${when}`
  })
}

const settleWide = (rows: string[], ...sources: string[]) =>
  settleFiles(studyWith(WIDE, ...sources), { 'attacks.csv': [HEADER, ...rows].join('\n') })

describe('treated attacks, a row each', () => {
  it('become an attack and one follow-up per reading, rescue and headache that the row holds', async () => {
    const settled = await settleWide(['A,1,2026-03-02 10:00,2,yes,nausea,95,2026-03-03 06:00,1,0,no,2026-03-02 11:58,'])
    expect(plainRows(settled.settled.attacks, settled.settled.subjects)).toEqual([
      {
        subject: 'A',
        day: '2026-03-02',
        number: 1,
        t0: '2026-03-02T09:00',
        t0Offset: 60,
        pain: 2,
        features: 'nausea',
        featuresAsked: 'nausea',
        mbs: 0,
      },
    ])
    expect(followUpsOf(settled)).toEqual([
      'A reading 1 30 min',
      'A rescue - 95 min',
      'A reading 0 2026-03-02T10:58',
      'A headache - 2026-03-03T05:00',
    ])
    expect(settled.settled.counts).toMatchObject({ read: 1, used: 1, quarantined: 0, excluded: {} })
  })

  it('take the time a column stands for where the actual time is empty', async () => {
    const settled = await settleWide(['A,1,2026-03-02 10:00,2,,,,,,0,,,'])
    expect(followUpsOf(settled)).toEqual(['A reading 0 120 min'])
  })

  it('date a follow-up by its own day, also across midnight and the change of clocks', async () => {
    // 29 March 2026: clocks go from 02:00 to 03:00. 24 h after 28 March 23:30 is 30 March 00:30.
    const settled = await settleWide(['A,1,2026-03-28 23:30,2,,,,,,0,,,1'])
    const days = plainRows(settled.settled.followUps, settled.settled.subjects, ['day', 'seconds']) as Plain[]
    expect(days.map(({ day, seconds }) => `${day} ${seconds}`)).toEqual(['2026-03-29 7200', '2026-03-30 86400'])
  })

  it('elapsed time is what counts when clocks change: 03:15 is 45 min after 01:30', async () => {
    const { settled } = await settleWide(['A,1,2026-03-29 01:30,2,,,,,,0,,2026-03-29 03:15,'])
    const { t0 } = settled.attacks?.columns ?? {}
    const { taken } = settled.followUps?.columns ?? {}
    expect(((taken?.values[0] ?? 0) - (t0?.values[0] ?? 0)) / 60_000).toBe(45)
  })

  it('read a clock that shows a time twice as the later one where the earlier would lie before t0', async () => {
    // 25 October 2026: 02:00 to 03:00 exists twice. t0 02:50 is the earlier; 02:20 was 30 min after it.
    const { settled, findings } = await settleWide(['A,1,2026-10-25 02:50,2,,,,,,0,,2026-10-25 02:20,'])
    const { t0 } = settled.attacks?.columns ?? {}
    const { taken } = settled.followUps?.columns ?? {}
    expect(((taken?.values[0] ?? 0) - (t0?.values[0] ?? 0)) / 60_000).toBe(30)
    expect(findings.map(({ rule }) => rule)).not.toContain('follow-up-before-attack')
  })

  it('are quarantined without t0, with a date alone, with pain 4, an unknown symptom, or a follow-up before t0', async () => {
    const rows = [
      'A,1,,2,,,,,,0,,,',
      'A,2,2026-03-03,2,,,,,,0,,,',
      'A,3,2026-03-04 10:00,4,,,,,,0,,,',
      'A,4,2026-03-05 10:00,2,,vertigo,,,,0,,,',
      'A,5,2026-03-06 10:00,2,,,,,,0,,2026-03-06 09:58,',
      'A,6,2026-03-07 10:00,2,,,-5,,,0,,,',
      'A,7,2026-03-08 10:00,2.5,,,,,,0,,,',
    ]
    const { findings, settled } = await settleWide(rows)
    expect(printFindings(findings.filter(({ line }) => line !== 0)).sort()).toEqual([
      '2 t0="" value-missing',
      '3 t0="2026-03-03" date-invalid',
      '4 p0="4" out-of-range',
      '5 mbs="vertigo" value-unknown',
      '6 time120="2026-03-06 09:58" follow-up-before-attack',
      '7 rescue="-5" value-type',
      '8 p0="2.5" out-of-range',
    ])
    expect(settled.attacks).toBeNull()
  })

  it('with the same t0 are one attack: equal copies collapse, of differing pain the worse counts (R-DUP)', async () => {
    const rows = [
      'A,1,2026-03-02 10:00,2,,,,,,0,,,',
      'A,1,2026-03-02 10:00,2,,,,,,0,,,',
      'A,2,2026-03-04 10:00,2,,,,,,0,,,',
      'A,2,2026-03-04 10:00,3,,,,,,1,,,',
    ]
    const settled = await settleWide(rows)
    const attacks = plainRows(settled.settled.attacks, ['A'], ['number', 'pain']) as Plain[]
    expect(attacks.map(({ number, pain }) => `${number} ${pain}`)).toEqual(['1 2', '2 3'])
    expect(followUpsOf(settled)).toEqual(['A reading 0 120 min', 'A reading 1 120 min'])
    expect(printFindings(settled.findings.filter(({ rule }) => rule.startsWith('duplicate'))).sort()).toEqual([
      '3 t0="2026-03-02" duplicate-copy',
      '4 p0="2" duplicate-conflict',
      '4 p120="0" duplicate-conflict',
    ])
    expect(settled.settled.counts).toMatchObject({ read: 4, used: 2 })
  })

  it('of one number are two attacks, and somebody should look', async () => {
    const { findings, settled } = await settleWide([
      'A,1,2026-03-02 10:00,2,,,,,,0,,,',
      'A,1,2026-03-05 10:00,2,,,,,,0,,,',
    ])
    expect(settled.attacks?.rows).toBe(2)
    expect(findings.map(({ rule }) => rule)).toContain('attack-number-twice')
  })

  it('before study day 1 are found, and are no treated attack', async () => {
    const { findings, facts } = await settleWide([
      'A,1,2026-02-27 10:00,2,,,,,,0,,,',
      'A,2,2026-03-05 10:00,2,,,,,,0,,,',
    ])
    expect(findings.map(({ rule }) => rule)).toContain('attack-before-treatment')
    expect(facts.attacks).toBe(1)
  })

  it('are late by the date of the last thing their row holds, not by that of t0', async () => {
    const study = studyWith(WIDE.replace('attack: nr', 'submitted: nr'))
    const validated = await validateText(
      study,
      'attacks.csv',
      [
        HEADER,
        // A reading at 24 h, 3 March: in time until the end of 5 March.
        'A,2026-03-05 23:59,2026-03-02 10:00,2,,,,,,0,,,0',
        'B,2026-03-06 00:01,2026-03-02 10:00,2,,,,,,0,,,0',
        'C,2026-03-05 00:01,2026-03-02 10:00,2,,,,,,0,,,',
        'D,2026-03-02 09:59,2026-03-02 10:00,2,,,,,,0,,,',
      ].join('\n'),
    )
    if (validated.kind !== 'dataset') throw new Error('refused')
    const { counts } = validated.pieces[0]
    expect(counts).toMatchObject({ read: 4, used: 1, quarantined: 1, excluded: { 'late-entry': 2 } })
  })
})

describe('follow-ups, a row each', () => {
  const settleLong = (attacks: string[], rows: string[]) =>
    settleFiles(studyWith(WIDE, LONG), {
      'attacks.csv': [HEADER, ...attacks].join('\n'),
      'readings.csv': [LONG_HEADER, ...rows].join('\n'),
    })
  const ATTACK = 'A,1,2026-03-02 10:00,2,,,,,,,,,'

  it('follow an attack by its number or its t0, at an instant or minutes after t0', async () => {
    const settled = await settleLong(
      [ATTACK],
      [
        'A,1,,120,,,0,no',
        'A,,2026-03-02 10:00,,2026-03-02 10:30,reading,1,',
        'A,1,,2 h,,RESCUE,,',
        'A,1,,,2026-03-03 06:00,headache,,',
        'A,1,,180,,dose,,',
      ],
    )
    expect(followUpsOf(settled).sort()).toEqual(
      [
        'A reading 1 2026-03-02T09:30',
        'A reading 0 120 min',
        'A rescue - 120 min',
        'A dose - 180 min',
        'A headache - 2026-03-03T05:00',
      ].sort(),
    )
    expect(settled.settled.counts).toMatchObject({ read: 6, used: 6 })
  })

  it('of no attack, before their attack, without a time or without an attack are not used', async () => {
    const settled = await settleLong(
      [ATTACK],
      [
        'A,2,,120,,,0,',
        'A,1,,,2026-03-02 09:59,,0,',
        'A,,2026-03-02 10:00,,2026-03-02 09:00,,0,',
        'A,1,,,,,0,',
        'A,,,120,,,0,',
        'A,1,,120,,,,',
        'A,1,,-120,,,0,',
        'B,1,,120,,,0,',
      ],
    )
    expect(settled.settled.followUps?.rows).toBe(0)
    expect(settled.settled.counts).toMatchObject({
      read: 4,
      used: 1,
      quarantined: 1,
      excluded: { 'follow-up-without-attack': 2 },
    })
    expect(printFindings(settled.findings.filter(({ line }) => line !== 0)).sort()).toEqual([
      '2 ="" follow-up-without-attack',
      '3 at="2026-03-02" follow-up-before-attack',
      '4 at="2026-03-02 09:00" follow-up-before-attack',
      '5 at="" value-missing',
      '6 nr="" value-missing',
      '7 ="" row-without-values',
      '8 min="-120" value-type',
      '9 ="" follow-up-without-attack',
    ])
  })

  it('of an attack that another rule leaves out go with it', async () => {
    const study = studyWith(WIDE.replace('attack: nr', 'lastDay: nr'))
    const { settled, findings } = await settleFiles(study, {
      'attacks.csv': `${HEADER}\nA,2026-03-01,2026-03-02 10:00,2,,,,,1,0,,,\n`,
    })
    expect(settled.attacks?.rows).toBe(0)
    expect(settled.followUps?.rows).toBe(0)
    expect(settled.counts).toMatchObject({ read: 1, used: 0, excluded: { 'after-last-day': 1 } })
    expect(findings.map(({ rule }) => rule)).not.toContain('follow-up-without-attack')
  })
})

describe('attacks of cluster headache', () => {
  const study = studyOf(`
study: cluster
preset: cluster-acute
timezone: none
sources:${WIDE.replace('mbs: mbs', 'clusterType: mbs')}
`)

  it('have pain up to 4, and a type that is episodic or chronic', async () => {
    const { settled, findings } = await settleFiles(study, {
      'attacks.csv': [
        HEADER,
        'A,1,2026-03-02 10:00,4,,Chronic,,,,0,,,',
        'B,1,2026-03-02 10:00,5,,episodic,,,,0,,,',
        'C,1,2026-03-02 10:00,3,,both,,,,0,,,',
      ].join('\n'),
    })
    expect(plainRows(settled.attacks, settled.subjects, ['pain'])).toEqual([{ subject: 'A', pain: 4 }])
    expect(settled.facts.clusterType.dictionary).toEqual(['chronic'])
    expect(printFindings(findings.filter(({ line }) => line !== 0))).toEqual([
      '3 p0="5" out-of-range',
      '4 mbs="both" value-unknown',
    ])
  })

  it('have pain up to 4 as episodes too (section 5), unless headache days are computed from them', async () => {
    const files = { 'e.csv': 'id,start,end,peak\nA,2026-03-02 10:00,2026-03-02 11:00,4\nA,2026-03-03 10:00,,5' }
    const episodesOf = (families: string) =>
      settleFiles(
        studyOf(`
study: cluster
${families}
timezone: none
sources:
  - files: e.csv
    layout: episodes
    columns: { subject: id, start: start, end: end, severity: peak, clusterType: { constant: chronic }, treatmentStart: { constant: 2026-03-01 } }
`),
        files,
      )
    const faults = ({ findings }: Awaited<ReturnType<typeof episodesOf>>) =>
      printFindings(findings.filter(({ rule }) => rule === 'out-of-range'))
    const cluster = await episodesOf('preset: cluster-prevention')
    expect(plainRows(cluster.settled.episodes, cluster.settled.subjects, ['severity'])).toEqual([
      { subject: 'A', severity: 4 },
    ])
    expect(faults(cluster)).toEqual(['3 peak="5" out-of-range'])
    const both = await episodesOf('preset: cluster-prevention\nheadache: any\nperiods: { missing: prorate14 }')
    expect(faults(both)).toEqual(['2 peak="4" out-of-range', '3 peak="5" out-of-range'])
  })
})

describe('rows of attacks in any order, and spread over files', () => {
  const rows = [
    'A,1,2026-03-02 10:00,2,yes,nausea,95,,1,0,no,,',
    'A,2,2026-03-04 10:00,3,,,,2026-03-05 06:00,2,1,,2026-03-04 12:10,0',
    'B,1,2026-03-03 08:00,2,no,,,,,0,,,0',
    'B,1,2026-03-03 08:00,1,no,,,,,2,,,0',
    'B,2,2026-03-09 08:00,1,,,,,0,0,,,',
  ]
  const study = studyWith(WIDE)
  const tablesOf = async (files: Readonly<Record<string, string>>) => {
    const { settled } = await settleFiles(study, files)
    const plain = (table: RecordTable<'attacks'> | RecordTable<'followUps'> | null) =>
      plainRows(table, settled.subjects)
    return { attacks: plain(settled.attacks), followUps: plain(settled.followUps), used: settled.counts.used }
  }

  it('settle to the same records', async () => {
    const expected = await tablesOf({ 'attacks.csv': [HEADER, ...rows].join('\n') })
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(rows, { minLength: rows.length }),
        fc.integer({ min: 0, max: rows.length }),
        async (shuffled, cut) => {
          const files = {
            'attacks-1.csv': [HEADER, ...shuffled.slice(0, cut)].join('\n'),
            'attacks-2.csv': [HEADER, ...shuffled.slice(cut)].join('\n'),
          }
          const given = Object.entries(files).filter(([, text]) => text !== HEADER)
          expect(await tablesOf(Object.fromEntries(given))).toEqual(expected)
        },
      ),
      { numRuns: 30 },
    )
  })
})
