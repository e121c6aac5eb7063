import { parseIsoDay } from '@afferent/study'
import { describe, expect, it } from 'vitest'
import { parsePartialDate } from './partial-date.ts'

const span = (from: string, to: string) => ({ from: parseIsoDay(from), to: parseIsoDay(to) })

describe('a date of which a part may be unknown', () => {
  it.each([
    ['2026-03-05', '2026-03-05', '2026-03-05'],
    ['2026-03-05T14:30', '2026-03-05', '2026-03-05'],
    ['2026-03', '2026-03-01', '2026-03-31'],
    ['2026-03--', '2026-03-01', '2026-03-31'],
    ['2026', '2026-01-01', '2026-12-31'],
    ['2026---05', '2026-01-05', '2026-12-05'],
    ['2028-02', '2028-02-01', '2028-02-29'],
    ['05-MAR-2026', '2026-03-05', '2026-03-05'],
    ['UN-MAR-2026', '2026-03-01', '2026-03-31'],
    ['Mar 2026', '2026-03-01', '2026-03-31'],
    ['UN-UNK-2026', '2026-01-01', '2026-12-31'],
    ['UN/03/2026', '2026-03-01', '2026-03-31'],
    ['UN/UN/2026', '2026-01-01', '2026-12-31'],
    ['03/2026', '2026-03-01', '2026-03-31'],
  ])('%s means the days from %s to %s', (text, from, to) => {
    expect(parsePartialDate(text, null)).toEqual(span(from, to))
  })

  it('with day and month as numbers follows the declared order, and is no date without one', () => {
    expect(parsePartialDate('05/03/2026', 'dmy')).toEqual(span('2026-03-05', '2026-03-05'))
    expect(parsePartialDate('05/03/2026', 'mdy')).toEqual(span('2026-05-03', '2026-05-03'))
    expect(parsePartialDate('05.03.2026', null)).toBeNull()
  })

  it.each(['2026-02-30', '2026-13', '26-03', 'yesterday', '', '2026-03-05x', '32/03/2026'])('%s is none', (text) => {
    expect(parsePartialDate(text, 'dmy')).toBeNull()
  })
})
