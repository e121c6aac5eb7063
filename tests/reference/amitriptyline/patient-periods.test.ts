import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { answerOf, givenFile, type Row } from '../../testkit/analyze.ts'
import { expectFlag, expectNumber } from '../../testkit/expect-cell.ts'
import { describeReference } from '../../testkit/reference.ts'

/**
 * A crossover trial of weekly pain (oracles/amitriptyline_hivsn): each patient and period has a baseline and a treatment of
 * its own; lines end in a bare CR; 20 second periods begin without pain, so percent change does not exist there.
 */
describeReference('amitriptyline crossover', (root) => {
  const study = readFileSync(join(import.meta.dirname, 'study.yaml'), 'utf8')
  const data = givenFile(join(root, 'data/amitriptyline_hivsn/xoverPP.csv'))

  it('gives change, percent change and responders per patient and period as R does', async () => {
    const path = join(root, 'oracles/amitriptyline_hivsn/expected_patient_periods_shared.csv')
    const oracle = parse(readFileSync(path), { columns: true }) as Row[]
    const { rows } = await answerOf(study, [data])
    const last = rows('adeff').filter((r) => r.PARAMCD === 'PAIN' && r.AVISITN === '6')
    expect(last).toHaveLength(244)
    expect(oracle).toHaveLength(124)
    for (const theirs of oracle) {
      const place = `${theirs.ID} period ${theirs.Period}`
      const row = last.find(
        (r) => r.USUBJID === `amitriptyline-hivsn-${theirs.ID}` && r.BASETYPE === theirs.Period,
      ) as Row
      expect(row.TRTA, place).toBe(theirs.Treatment === 'A' ? 'Amitriptyline' : 'Placebo')
      expectNumber(row.CHG, theirs.change, place)
      expectNumber(row.PCHG, theirs.pct_change, place)
      ;['30', '50', '75', '100'].forEach((cut, i) => {
        expectFlag(row[`CRIT${i + 1}FL`], theirs[`resp${cut}`], place)
      })
    }
  })

  it('names the 20 periods that begin without pain, and gives them no percent change', async () => {
    const cases = JSON.parse(readFileSync(join(root, 'oracles/amitriptyline_hivsn/expected_shared.json'), 'utf8')).cases
    const expected = cases.find((c: { id: string }) => c.id === 'ami.zero_baseline').expect
    const { rows } = await answerOf(study, [data])
    const zero = rows('adeff').filter((r) => r.PARAMCD === 'PAIN' && r.AVISITN === '6' && r.BASE === '0')
    expect(zero.map((r) => r.USUBJID?.split('-').at(-1)).sort()).toEqual(expected.ids)
    expect(zero.every((r) => r.PCHG === '' && r.CRIT1FL === '')).toBe(true)
  })
})
