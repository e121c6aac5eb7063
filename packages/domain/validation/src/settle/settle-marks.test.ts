import { MARKS } from '@afferent/records'
import { toIsoDay } from '@afferent/study'
import { describe, expect, it } from 'vitest'
import { settleFiles, studyOf } from '../hand-made.fixture.ts'

const STUDY = studyOf(`
study: marks
preset: migraine-prevention
pain: { threshold: 4 }
timezone: Europe/Berlin
sources:
  - files: 'diary*.csv'
    layout: daily
    columns: { subject: id, date: date, treatmentStart: start, headache: pain, submitted: sent }
  - files: 'vas*.csv'
    layout: daily
    columns: { subject: id, date: date, treatmentStart: start, painAvg: { column: pain, unit: vas } }
  - files: 'nrs*.csv'
    layout: daily
    columns: { subject: id, date: date, treatmentStart: start, painAvg: pain }
  - files: 'episodes*.csv'
    layout: episodes
    columns: { subject: id, treatmentStart: start0, start: begin, end: end }
`)

async function marksOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const { settled } = await settleFiles(STUDY, files)
  const { marks } = settled
  return Array.from({ length: marks?.rows ?? 0 }, (_, row) => {
    const day = toIsoDay(marks?.columns.day?.values[row] as number)
    return `${settled.subjects[marks?.subject[row] as number]} ${day} ${MARKS[marks?.columns.kind?.values[row] as number]}`
  })
}

const DIARY = [
  'id,date,start,pain,sent',
  'P1,2026-03-01,2026-03-01,no,2026-03-01 20:00',
  'P1,2026-03-02,2026-03-01,yes,2026-03-09 20:00',
  'P1,2026-03-03,2026-03-01,no,2026-03-03 20:00',
  'P1,2026-03-03,2026-03-01,yes,2026-03-03 20:00',
  'P2,2026-03-01,2026-03-01,no,2026-03-01 20:00',
]

describe('marks', () => {
  it('tell of entries that came too late and of copies that contradict each other', async () => {
    expect(await marksOf({ 'diary.csv': DIARY.join('\n') })).toEqual([
      'P1 2026-03-02 late.diary',
      'P1 2026-03-03 conflict.diary',
    ])
  })

  it('do not depend on the order of rows or on how they are spread over files', async () => {
    const [header, ...rows] = DIARY
    const one = await marksOf({ 'diary.csv': DIARY.join('\n') })
    expect(await marksOf({ 'diary.csv': [header, ...rows.toReversed()].join('\n') })).toEqual(one)
    const half = (from: number, to: number) => [header, ...rows.slice(from, to)].join('\n')
    expect(await marksOf({ 'diary-a.csv': half(0, 3), 'diary-b.csv': half(3, 5) })).toEqual(one)
  })

  it('tell of an hour that exists twice', async () => {
    // Clocks went back from 03:00 to 02:00 that night.
    const episodes = ['id,start0,begin,end', 'P1,2026-03-01,2026-10-25 02:30,2026-10-25 09:00']
    expect(await marksOf({ 'episodes.csv': episodes.join('\n') })).toEqual(['P1 2026-10-25 clock.events'])
  })

  it('tell of ratings on the visual scale where the sources differ', async () => {
    const rated = (id: string, pain: number) => `id,date,start,pain\n${id},2026-03-01,2026-03-01,${pain}`
    expect(await marksOf({ 'vas.csv': rated('P1', 63), 'nrs.csv': rated('P2', 6) })).toEqual(['P1 2026-03-01 vas.avg'])
  })

  it('are none where nothing happened, and count no rows', async () => {
    const quiet = [DIARY[0], DIARY[1]].join('\n')
    const { settled } = await settleFiles(STUDY, { 'diary.csv': quiet })
    expect(settled.marks).toBeNull()
    const { settled: late } = await settleFiles(STUDY, { 'diary.csv': DIARY.join('\n') })
    expect(late.counts).toMatchObject({ read: 4, used: 3, quarantined: 0, excluded: { 'duplicate-conflict': 1 } })
  })
})
