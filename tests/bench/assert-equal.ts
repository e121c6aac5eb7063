import { DuckDBInstance } from '@duckdb/node-api'
import { PARAMETERS } from './duckdb-sql.ts'

/**
 * Fails unless the product's adeff.csv and DuckDB's long table hold the same values for every subject, parameter and window
 * that DuckDB computes: AVAL, BASE, CHG, PCHG within 1e-9, criteria letter by letter. Only a window without any entry may
 * stand in the product's table alone (R-NOPOST gives it a row; a GROUP BY sees nothing). Returns how many rows it compared.
 */
export async function assertEqual(product: string, duckdb: string): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  const codes = PARAMETERS.map(({ code }) => `'${code}'`).join(', ')
  const read = (file: string): string =>
    `(SELECT USUBJID, PARAMCD, AVISITN, NOBS, AVAL, BASE, CHG, PCHG, CRIT1FL, CRIT2FL, CRIT3FL, CRIT4FL
      FROM read_csv('${file}', header = true, types = {'AVAL': 'DOUBLE', 'BASE': 'DOUBLE', 'CHG': 'DOUBLE', 'PCHG': 'DOUBLE',
        'CRIT1FL': 'VARCHAR', 'CRIT2FL': 'VARCHAR', 'CRIT3FL': 'VARCHAR', 'CRIT4FL': 'VARCHAR'})
      WHERE PARAMCD IN (${codes}))`
  const near = (column: string): string =>
    `(a.${column} IS NOT DISTINCT FROM b.${column} OR abs(a.${column} - b.${column}) <= 1e-9 * greatest(1, abs(a.${column})))`
  const same = ['AVAL', 'BASE', 'CHG', 'PCHG'].map(near)
  const flags = [1, 2, 3, 4].map((n) => `a.CRIT${n}FL IS NOT DISTINCT FROM b.CRIT${n}FL`)
  const sql = `
    SELECT count(*)::INTEGER AS rows,
      count(*) FILTER (WHERE a.NOBS IS NULL OR (b.NOBS IS NULL AND a.NOBS > 0))::INTEGER AS alone,
      count(*) FILTER (WHERE b.NOBS IS NOT NULL AND NOT coalesce(${same.join(' AND ')}, false))::INTEGER AS values,
      count(*) FILTER (WHERE b.NOBS IS NOT NULL AND NOT (${flags.join(' AND ')}))::INTEGER AS flags
    FROM ${read(product)} a FULL JOIN ${read(duckdb)} b USING (USUBJID, PARAMCD, AVISITN)`
  const [found] = (await connection.runAndReadAll(sql)).getRowObjectsJson() as Record<string, number>[]
  connection.closeSync()
  if (found === undefined || found.rows === 0) throw new Error('no rows to compare')
  if (found.alone !== 0 || found.values !== 0 || found.flags !== 0) {
    throw new Error(`product and DuckDB differ: ${JSON.stringify(found)}`)
  }
  return found.rows as number
}
