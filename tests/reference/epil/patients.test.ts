import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { answerOf, givenFile, type Row } from '../../testkit/analyze.ts'
import { expectFlag, expectNumber } from '../../testkit/expect-cell.ts'
import { describeReference } from '../../testkit/reference.ts'

/**
 * Seizure counts of the progabide trial (oracles/epil): a baseline of eight weeks, four periods of two weeks, rates per
 * 28 days, the pooled rate over all four periods; 50 % falls that hit the cut exactly are responses.
 */
describeReference('epil', (root) => {
  const oracle = parse(readFileSync(join(root, 'oracles/epil/expected_patients_shared.csv')), {
    columns: true,
  }) as Row[]

  it.each([
    ['long', 'study-long.yaml', 'epil_long.csv'],
    ['wide', 'study-wide.yaml', 'epil_wide.csv'],
  ])('gives the rates and responders of R from the %s file', async (_, study, data) => {
    const text = readFileSync(join(import.meta.dirname, study), 'utf8')
    const { rows } = await answerOf(text, [givenFile(join(root, 'data/epil', data))])
    const adeff = rows('adeff')
    expect(oracle).toHaveLength(30)
    for (const theirs of oracle) {
      const of = (code: string, visit?: string) =>
        adeff.find(
          (r) =>
            r.USUBJID === `epil-${theirs.subject}` &&
            r.PARAMCD === code &&
            (visit === undefined || r.AVISITN === visit),
        ) as Row
      const place = `patient ${theirs.subject}`
      expect(Number(of('SEIZ', '0').AVAL), place).toBe(Number(theirs.rate28_base))
      const pooled = of('SEIZP', '99') ?? of('SEIZP')
      expectNumber(pooled.AVAL, theirs.rate28_post, place)
      expectNumber(pooled.CHG, theirs.change28, place)
      expectNumber(pooled.PCHG, theirs.pct_change, place)
      ;['30', '50', '75', '100'].forEach((cut, i) => {
        expectFlag(pooled[`CRIT${i + 1}FL`], theirs[`resp${cut}`], place)
      })
      for (const period of ['1', '2', '3', '4']) {
        expectNumber(of('SEIZ', period).PCHG, theirs[`pct_change_p${period}`], `${place} period ${period}`)
        expectFlag(of('SEIZ', period).CRIT2FL, theirs[`resp50_p${period}`], `${place} period ${period}`)
      }
    }
  })

  it('gives the same tables from the long and the wide file', async () => {
    const tables = []
    for (const layout of ['long', 'wide']) {
      const study = readFileSync(join(import.meta.dirname, `study-${layout}.yaml`), 'utf8')
      tables.push(await answerOf(study, [givenFile(join(root, `data/epil/epil_${layout}.csv`))]))
    }
    expect(tables[0]?.rows('adeff')).toEqual(tables[1]?.rows('adeff'))
    expect(tables[0]?.rows('adsl')).toEqual(tables[1]?.rows('adsl'))
  })
})
