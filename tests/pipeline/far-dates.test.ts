import { expect, it } from 'vitest'
import { answerOf, givenText } from '../testkit/analyze.ts'
import { diaryFile, SMALL_STUDY, subjectNames } from './small-study.ts'

it('one date at the other end of the calendar does not stop the analysis of the others', async () => {
  const good = diaryFile(subjectNames(3))
  const far = `${good}P9999,sham,2026-01-29,9999-12-31,yes\nP9998,sham,0001-01-01,2026-02-01,no\n`
  const plain = (await answerOf(SMALL_STUDY, [givenText('diary.csv', good)])).rows('adeff')
  const rows = (await answerOf(SMALL_STUDY, [givenText('diary.csv', far)])).rows('adeff')
  const firstPeriod = (given: typeof rows) =>
    given.filter((r) => r.PARAMCD === 'MHD' && r.AVISITN === '1' && /P000\d$/.test(r.USUBJID ?? '')).map((r) => r.AVAL)
  expect(firstPeriod(plain)).toHaveLength(3)
  expect(firstPeriod(rows)).toEqual(firstPeriod(plain))
})
