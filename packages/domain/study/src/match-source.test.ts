import { describe, expect, it } from 'vitest'
import { matchSource, uploadGroup } from './match-source.ts'
import { parseStudy } from './parse/parse-study.ts'

function sourcesFor(...patterns: string[]) {
  const source = (files: string, i: number) =>
    `  - { name: s${i}, files: '${files}', layout: daily, columns: { subject: id, studyDay: day, headache: ha } }\n`
  const parsed = parseStudy(
    `study: demo\npreset: headache-diary\nsources:\n${patterns.map(source).join('')}`,
    'study.yaml',
  )
  if (parsed.kind === 'refused') throw new Error(parsed.findings.map((f) => f.message).join())
  return parsed.study.analytic
}

describe('the source of an upload', () => {
  it('is the first whose pattern fits', () => {
    const study = sourcesFor('special_*.csv', '*.csv')
    expect(matchSource(study, 'special_1.csv')?.name).toBe('s0')
    expect(matchSource(study, 'diary.csv')?.name).toBe('s1')
    expect(matchSource(study, 'diary.txt')).toBeNull()
  })
})

describe('the group of a cumulative export', () => {
  it('joins exports of one site whatever their date, and keeps sites apart', () => {
    const study = sourcesFor('diary_(*)_????-??-??.csv')
    const group = (name: string) => uploadGroup(study, name)
    expect(group('diary_site4_2026-03-01.csv')).toBe(group('diary_site4_2026-04-01.csv'))
    expect(group('diary_site4_2026-03-01.csv')).not.toBe(group('diary_site5_2026-03-01.csv'))
  })

  it('is the whole source without parentheses, and a file that fits nothing is alone', () => {
    const study = sourcesFor('a_*.csv', 'b_*.csv')
    expect(uploadGroup(study, 'a_1.csv')).toBe(uploadGroup(study, 'a_2.csv'))
    expect(uploadGroup(study, 'a_1.csv')).not.toBe(uploadGroup(study, 'b_1.csv'))
    expect(uploadGroup(study, 'x.txt')).not.toBe(uploadGroup(study, 'y.txt'))
  })
})
