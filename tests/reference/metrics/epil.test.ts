import { expect, it } from 'vitest'
import { describeReference } from '../../testkit/reference.ts'
import { answer, type ExportedValue, only, readStudy, readTable, settle } from './hand-fed.ts'

const FACTS = { cut: null, periods: 0, weeks: 0, phases: [], treatments: [] }

describeReference('metrics of the progabide trial (epil), wide export fed by hand', (root) => {
  const table = readTable(`${root}/data/epil/epil_wide.csv`)
  const expected = readTable(`${root}/oracles/epil/expected_patients_shared.csv`)
  const values = table.flatMap((row): ExportedValue[] =>
    ['base', 'y1', 'y2', 'y3', 'y4'].map((name, visit) => ({
      subject: row.subject as string,
      parameter: 'SEIZ',
      visit,
      value: Number(row[name]),
    })),
  )
  const arms = new Map(table.map((row) => [row.subject as string, row.trt]))
  const { effects } = answer(settle(arms, { values }), readStudy('epil/study-wide.yaml'), FACTS)

  it('gives every patient of the reference his rates, percent changes and responder flags', () => {
    expect(expected).toHaveLength(30)
    for (const row of expected) {
      const pooled = only(effects, { USUBJID: row.subject as string, PARAMCD: 'SEIZP', AVISITN: 99 })
      const place = `patient ${row.subject}`
      expect(pooled.BASE, place).toBe(Number(row.rate28_base))
      expect(pooled.AVAL, place).toBe(Number(row.rate28_post))
      expect(pooled.CHG, place).toBe(Number(row.change28))
      expect(pooled.PCHG, place).toBeCloseTo(Number(row.pct_change), 10)
      for (const [k, cut] of [30, 50, 75, 100].entries()) {
        expect(pooled[`CRIT${k + 1}FL`], `${place}, ${cut} %`).toBe(row[`resp${cut}`] === '1' ? 'Y' : 'N')
      }
      for (const k of [1, 2, 3, 4]) {
        const period = only(effects, { USUBJID: row.subject as string, PARAMCD: 'SEIZ', AVISITN: k })
        expect(period.PCHG, place).toBeCloseTo(Number(row[`pct_change_p${k}`]), 10)
        expect(period.CRIT2FL, place).toBe(row[`resp50_p${k}`] === '1' ? 'Y' : 'N')
      }
    }
  })
})
