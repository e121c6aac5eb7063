import { PARAMETERS } from '../peers/duckdb-sql.ts'
import { query } from './ask-duckdb.ts'

/**
 * Fails unless the product's adeff.csv and DuckDB's long table hold the same values for every subject, parameter and window
 * that DuckDB computes: AVAL, BASE, CHG, PCHG within 1e-9, criteria letter by letter. Only a window without any entry may
 * stand in the product's table alone (R-NOPOST gives it a row; a GROUP BY sees nothing). Returns how many rows it compared.
 */
export async function assertEqual(product: string, duckdb: string): Promise<number> {
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
  const [found] = (await query(sql)) as Record<string, number>[]
  if (found === undefined || found.rows === 0) throw new Error('no rows to compare')
  if (found.alone !== 0 || found.values !== 0 || found.flags !== 0) {
    throw new Error(`product and DuckDB differ: ${JSON.stringify(found)}`)
  }
  return found.rows as number
}

/** Fails unless both adsl hold the same subjects with the same facts and responses. Returns how many. */
export async function assertEqualSubjects(product: string, duckdb: string): Promise<number> {
  const columns = 'USUBJID, SITEID, ARM, TRTP, TRTA, AGE, SEX, BMI, PDURY, TRTSDT, EOSDT, RSP30, RSP50, RSP75, RSP100'
  const read = (file: string): string =>
    `(SELECT ${columns} FROM read_csv('${file}', header = true, all_varchar = true))`
  const numbers = ['AGE', 'BMI', 'PDURY'].map((name) => `a.${name}::DOUBLE IS NOT DISTINCT FROM b.${name}::DOUBLE`)
  const texts = columns
    .split(', ')
    .filter((name) => !['AGE', 'BMI', 'PDURY'].includes(name))
    .map((name) => `a.${name} IS NOT DISTINCT FROM b.${name}`)
  const [found] = (await query(`
    SELECT count(*)::INTEGER AS rows, count(*) FILTER (WHERE NOT (${[...texts, ...numbers].join(' AND ')}))::INTEGER AS wrong,
      count(a.RSP50)::INTEGER AS answers
    FROM ${read(product)} a FULL JOIN ${read(duckdb)} b USING (USUBJID)`)) as Record<string, number>[]
  if (found === undefined || found.rows === 0 || found.answers === 0) throw new Error('no subjects to compare')
  if (found.wrong !== 0) throw new Error(`adsl of product and DuckDB differ: ${JSON.stringify(found)}`)
  return found.rows as number
}
