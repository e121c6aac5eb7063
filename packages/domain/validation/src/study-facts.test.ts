import { toIsoDay } from '@afferent/study'
import { describe, expect, it } from 'vitest'
import { settleFiles, studyOf } from './hand-made.fixture.ts'

const yaml = (more = '', start = '2026-01-01') => `
study: s
preset: migraine-prevention
${more}
sources:
  - files: "*.csv"
    layout: daily
    columns: { subject: id, date: day, headache: headache, lastDay: last, treatmentStart: { constant: "${start}" } }
`
const diary = (...days: readonly (readonly [string, string, string?])[]) => ({
  'a.csv': `id,day,headache,last\n${days.map(([id, day, last]) => `${id},${day},Y,${last ?? ''}`).join('\n')}\n`,
})

describe('the data cut (R-CUT)', () => {
  it('closes 48 hours after the end of the latest diary day, so that a window ending that day is closed', async () => {
    const { facts } = await settleFiles(studyOf(yaml()), diary(['A', '2026-01-28'], ['B', '2026-01-20']))
    expect(toIsoDay(facts.cut ?? 0)).toBe('2026-01-30')
  })

  it('takes a declared date as it is', async () => {
    const { facts } = await settleFiles(studyOf(yaml('dataCut: "2026-01-10"')), diary(['A', '2026-01-28']))
    expect(toIsoDay(facts.cut ?? 0)).toBe('2026-01-10')
  })

  it('is not moved by a row after the last study day of its subject', async () => {
    const { facts } = await settleFiles(
      studyOf(yaml()),
      diary(['A', '2026-01-28', '2026-02-01'], ['A', '2026-05-01', '2026-02-01'], ['B', '2026-01-28']),
    )
    expect(toIsoDay(facts.cut ?? 0)).toBe('2026-01-30')
  })

  it('does not exist where days are counted without dates', async () => {
    const study = studyOf(`
study: s
preset: headache-diary
sources:
  - files: "*.csv"
    layout: daily
    columns: { subject: id, studyDay: day, headache: headache }
`)
    const { facts } = await settleFiles(study, { 'a.csv': 'id,day,headache\nA,28,Y\n' })
    expect(facts.cut).toBe(null)
    expect(facts.periods).toBe(1)
  })
})

describe('scheduled periods and weeks', () => {
  it('are as many whole ones as the longest-observed subject has: 55 days are one period of 28, 56 are two', async () => {
    const short = await settleFiles(studyOf(yaml()), diary(['A', '2026-02-24'], ['B', '2026-02-24']))
    const long = await settleFiles(studyOf(yaml()), diary(['A', '2026-02-25'], ['B', '2026-02-25']))
    expect([short.facts.periods, short.facts.weeks]).toEqual([1, 7])
    expect([long.facts.periods, long.facts.weeks]).toEqual([2, 8])
  })

  it('are those of the study file where it says so', async () => {
    const { facts } = await settleFiles(studyOf(yaml('periods: { count: 3 }')), diary(['A', '2026-02-25']))
    expect(facts.periods).toBe(3)
  })

  it('say when they rest on one subject, and what they would be without him', async () => {
    const { findings } = await settleFiles(studyOf(yaml()), diary(['A', '2026-02-25'], ['B', '2026-02-24']))
    expect(findings.filter(({ rule }) => rule.includes('on-one'))).toMatchObject([
      {
        rule: 'cut-rests-on-one',
        subject: 'A',
        detail: 'latest day 2026-02-25; without this subject latest day 2026-02-24',
      },
      { rule: 'periods-rest-on-one', subject: 'A', detail: '2 periods; without this subject 1 periods' },
    ])
  })

  it('rest on nobody else in a study of one subject, which is no finding', async () => {
    const { findings } = await settleFiles(studyOf(yaml()), diary(['A', '2026-02-25']))
    expect(findings.map(({ rule }) => rule)).toEqual([])
  })
})
