import { expect, it } from 'vitest'
import { describeReference } from '../../testkit/reference.ts'
import { answer, type FormDay, readStudy, readTable, settle } from './hand-fed.ts'

const FACTS = { cut: null, periods: 4, weeks: 0, phases: [], treatments: [] }
const WINDOWS = ['B', 'W1', 'W2', 'W3', 'W4']

describeReference('metrics of the Kostecki-Dillon headache diary, fed by hand', (root) => {
  const table = readTable(`${root}/data/kostecki_dillon/kostecki_dillon.csv`)
  const byKey = new Map<string, FormDay>()
  for (const row of table) {
    const day = Number(row.time)
    byKey.set(`${row.id} ${day}`, { subject: row.id as string, day, headache: row.headache === 'yes' })
  }
  const arms = new Map(table.map((row) => [row.id as string, undefined]))
  const settled = settle(arms, { forms: [...byKey.values()] })

  it.each([
    ['study.yaml', 'expected_windows_min20_shared.csv'],
    ['study-min14.yaml', 'expected_windows_min14_shared.csv'],
  ])('%s: every window of every patient of the reference', (study, oracle) => {
    const { effects } = answer(settled, readStudy(`kostecki-dillon/${study}`), FACTS)
    const expected = readTable(`${root}/oracles/kostecki_dillon/${oracle}`)
    expect(expected.length).toBeGreaterThan(300)
    const mhd = effects.filter((row) => row.PARAMCD === 'MHD')
    const byWindow = new Map(mhd.map((row) => [`${row.USUBJID} ${row.AVISITN}`, row]))
    for (const row of expected) {
      const visit = WINDOWS.indexOf(row.window as string)
      const found = byWindow.get(`${row.id} ${visit}`) ?? {}
      const place = `patient ${row.id} ${row.window}`
      expect(found.NOBS, place).toBe(Number(row.diary_days))
      expect(found.NEVT, place).toBe(Number(row.headache_days))
      expectClose(found.AVAL, row.rate28, place)
      if (visit === 0) continue
      expectClose(found.CHG, row.change, place)
      expectClose(found.PCHG, row.pct_change, place)
      for (const [k, cut] of [30, 50, 75, 100].entries()) {
        const flag = row[`resp${cut}`]
        expect(found[`CRIT${k + 1}FL`], `${place}, ${cut} %`).toBe(flag === '' ? null : flag === '1' ? 'Y' : 'N')
      }
    }
  })

  it('gives the 78 patients without any day before treatment NO_BASELINE, never zero', () => {
    const { effects } = answer(settled, readStudy('kostecki-dillon/study-min14.yaml'), FACTS)
    const before = new Set(table.filter((row) => Number(row.time) < 0).map((row) => row.id))
    const base = effects.filter((row) => row.PARAMCD === 'MHD' && row.AVISITN === 0)
    const none = base.filter((row) => !before.has(row.USUBJID as string))
    expect(none).toHaveLength(78)
    for (const row of none) expect(row).toMatchObject({ NOBS: 0, AVAL: null, BASE: null, AREASON: 'NO_BASELINE' })
  })
})

function expectClose(ours: number | string | null | undefined, theirs: string | undefined, place: string): void {
  if (theirs === '') expect(ours, place).toBeNull()
  else expect(ours, place).toBeCloseTo(Number(theirs), 10)
}
