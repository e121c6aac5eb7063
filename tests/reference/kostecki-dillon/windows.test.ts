import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { answerOf, givenFile, type Row } from '../../testkit/analyze.ts'
import { describeReference } from '../../testkit/reference.ts'

/**
 * The real daily headache diary of 133 patients against windows computed in R (oracles/kostecki_dillon, whose script
 * kd_metrics.R gives the definitions): baseline days -28..-1, then four windows of 28 days from the start of treatment.
 */
const WINDOWS = ['B', 'W1', 'W2', 'W3', 'W4']
const here = import.meta.dirname

describeReference('Kostecki-Dillon headache diary', (root) => {
  const data = join(root, 'data/kostecki_dillon/kostecki_dillon.csv')

  it.each([
    ['study.yaml', 'expected_windows_min20_shared.csv', 20],
    ['study-min14.yaml', 'expected_windows_min14_shared.csv', 14],
  ])('gives the windows of R with %s', async (studyFile, oracle, minimum) => {
    const { rows } = await answerOf(readFileSync(join(here, studyFile), 'utf8'), [givenFile(data)])
    const mhd = rows('adeff').filter((row) => row.PARAMCD === 'MHD')
    const ours = new Map(mhd.map((row) => [`${row.USUBJID?.split('-').at(-1)}/${row.AVISITN}`, row]))
    const expected = parse(readFileSync(join(root, 'oracles/kostecki_dillon', oracle)), { columns: true }) as Row[]
    expect(expected.length).toBeGreaterThan(300)
    expect(ours.size).toBe(133 * 5)

    let values = 0
    for (const theirs of expected) {
      const row = ours.get(`${theirs.id}/${WINDOWS.indexOf(theirs.window as string)}`) as Row
      const place = `patient ${theirs.id} ${theirs.window}`
      expect(Number(row.NOBS || 0), place).toBe(Number(theirs.diary_days))
      if (theirs.rate28 === '') {
        expect(row.AVAL, place).toBe('')
        expect(row.AREASON, place).toBe(theirs.window === 'B' ? 'NO_BASELINE' : 'INSUFFICIENT_DAYS')
      } else {
        values++
        expect(Number(theirs.diary_days)).toBeGreaterThanOrEqual(minimum)
        expect(Number(row.AVAL), place).toBeCloseTo(Number(theirs.rate28), 9)
      }
      for (const [our, their] of [
        ['CHG', 'change'],
        ['PCHG', 'pct_change'],
      ] as const) {
        if (theirs[their] === '') expect(theirs.window === 'B' ? '' : row[our], place).toBe('')
        else expect(Number(row[our]), place).toBeCloseTo(Number(theirs[their]), 9)
      }
      // R leaves a flag missing where the percent change is; with NRI (the study files say OC here) it would be N.
      ;[30, 50, 75, 100].forEach((cut, i) => {
        const flag = theirs[`resp${cut}`]
        if (theirs.window !== 'B')
          expect(row[`CRIT${i + 1}FL`], `${place} ${cut} %`).toBe(flag === '' ? '' : flag === '1' ? 'Y' : 'N')
      })
    }
    expect(values).toBeGreaterThan(30)
  })

  it('gives NO_BASELINE to everybody without a valid baseline, never a zero', async () => {
    const { rows } = await answerOf(readFileSync(join(here, 'study.yaml'), 'utf8'), [givenFile(data)])
    const baseline = rows('adeff').filter((row) => row.PARAMCD === 'MHD' && row.AVISITN === '0')
    expect(baseline).toHaveLength(133)
    const without = baseline.filter((row) => row.AREASON === 'NO_BASELINE')
    expect(without.every((row) => row.AVAL === '' && row.BASE === '')).toBe(true)
    // kd.baseline.min20: ten patients have 20 or more diary days before treatment.
    expect(baseline.length - without.length).toBe(10)
  })

  it('collapses the one day recorded twice and reports it', async () => {
    const { rows } = await answerOf(readFileSync(join(here, 'study.yaml'), 'utf8'), [givenFile(data)])
    const copies = rows('findings').filter((row) => row.RULE === 'duplicate-copy')
    expect(copies).toHaveLength(1)
    expect(copies[0]?.SUBJECT).toMatch(/90$/)
  })
})
