import { PARAMETERS } from '../peers/duckdb-sql.ts'
import { query } from './ask-duckdb.ts'

/** Parameters that need no minimum of days. */
const ALWAYS = ['DIARYOBS', 'DIARYCMP']

/**
 * Fails unless two wide tables of metrics (subject, visit, O, one column per parameter) hold the same values within 1e-9.
 * `product` leaves windows with too few days empty; a `peer` gives raw rates, emptied here by the same rule (20 days of
 * baseline, 14 of a period). Only a window without any entry may stand in the product's table alone. Returns how many
 * values it compared.
 */
export async function assertSameMetrics(product: string, peer: string): Promise<number> {
  const codes = PARAMETERS.map(({ code }) => code)
  const types = codes.map((code) => `'${code}': 'DOUBLE'`).join(', ')
  const read = (file: string): string =>
    `read_csv('${file}', header = true, nullstr = ['', 'NA'], types = {'subject': 'VARCHAR', ${types}})`
  const expected = codes.map((code) =>
    ALWAYS.includes(code) ? code : `CASE WHEN O >= CASE WHEN visit = 0 THEN 20 ELSE 14 END THEN ${code} END AS ${code}`,
  )
  const wrong = codes.map(
    (code) => `(NOT coalesce(a.${code} IS NOT DISTINCT FROM b.${code}
      OR abs(a.${code} - b.${code}) <= 1e-9 * greatest(1, abs(b.${code})), false))::INTEGER`,
  )
  const [found] = await query(`
    SELECT count(*) FILTER (WHERE a.O IS NOT NULL AND b.O IS NOT NULL)::INTEGER AS windows,
      count(*) FILTER (WHERE a.O IS NULL OR b.O IS NULL)::INTEGER AS alone,
      count(*) FILTER (WHERE a.O IS DISTINCT FROM b.O)::INTEGER AS days,
      coalesce(sum(${wrong.join(' + ')}) FILTER (WHERE a.O IS NOT NULL AND b.O IS NOT NULL), 0)::INTEGER AS wrong,
      count(a.MMD)::INTEGER AS present
    FROM (FROM ${read(product)} WHERE O > 0) a
    FULL JOIN (SELECT subject, visit, O, ${expected.join(', ')} FROM ${read(peer)}) b USING (subject, visit)`)
  const { windows, present, ...differences } = found as Record<string, number>
  if (windows === 0 || present === 0) throw new Error('no values to compare')
  if (Object.values(differences).some((n) => n !== 0)) {
    throw new Error(`${product} and ${peer} differ: ${JSON.stringify(found)}`)
  }
  return (windows as number) * codes.length
}
