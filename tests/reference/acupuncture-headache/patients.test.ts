import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { answerOf, givenFile, type Row } from '../../testkit/analyze.ts'
import { expectFlag, expectNumber } from '../../testkit/expect-cell.ts'
import { describeReference } from '../../testkit/reference.ts'

/**
 * The acupuncture trial (oracles/acupuncture_headache): one row per patient, a score and headache days at baseline, 3 and
 * 12 months. A missing follow-up diary is stored as 0 days beside an empty score: 175 false zeros among 4 true ones.
 */
describeReference('acupuncture for chronic headache', (root) => {
  const study = readFileSync(join(import.meta.dirname, 'study.yaml'), 'utf8')
  const files = ['acupuncture.csv', 'withdrawal.csv'].map((name) =>
    givenFile(join(root, 'data/acupuncture_headache', name)),
  )

  it('gives changes and responders of R for score and days at 3 and 12 months', async () => {
    const path = join(root, 'oracles/acupuncture_headache/expected_patients_shared.csv')
    const oracle = parse(readFileSync(path), { columns: true }) as Row[]
    const { rows } = await answerOf(study, files)
    const byKey = new Map(rows('adeff').map((r) => [`${r.USUBJID}/${r.PARAMCD}/${r.AVISITN}`, r]))
    expect(oracle.length).toBeGreaterThan(190)
    for (const theirs of oracle) {
      for (const [measure, code] of [
        ['score', 'HASCORE'],
        ['days', 'HADAYS'],
      ] as const) {
        for (const [month, visit] of [
          ['m3', '3'],
          ['m12', '12'],
        ] as const) {
          const place = `patient ${theirs.id} ${measure} ${month}`
          const row = byKey.get(`acupuncture-headache-${theirs.id}/${code}/${visit}`) as Row
          expectNumber(row.CHG, theirs[`${measure}_change_${month}`], place)
          expectNumber(row.PCHG, theirs[`${measure}_pct_${month}`], place)
          ;['30', '50', '75', '100'].forEach((cut, i) => {
            expectFlag(row[`CRIT${i + 1}FL`], theirs[`${measure}_resp${cut}_${month}`], `${place} ${cut} %`)
          })
        }
      }
    }
  })

  it('takes none of the 175 false zeros for a headache-free month, and all four true ones', async () => {
    const { rows } = await answerOf(study, files)
    const days = rows('adeff').filter((r) => r.PARAMCD === 'HADAYS')
    const count = (visit: string, value: string) => days.filter((r) => r.AVISITN === visit && r.AVAL === value).length
    // acu.trap.zero_days: 75 and 100 false zeros, 2 and 2 true ones.
    expect([count('3', ''), count('12', ''), count('3', '0'), count('12', '0')]).toEqual([75, 100, 2, 2])
  })
})
