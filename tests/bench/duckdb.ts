import { DuckDBInstance } from '@duckdb/node-api'
import { longSql, wideSql } from './duckdb-sql.ts'

/**
 * One DuckDB run as a whole process: `node duckdb.ts metrics|tables DIARY SUBJECTS OUT`.
 * metrics: aggregates into a table in memory, and with OUT writes it for the comparison. tables: writes the long table.
 */
const [task, diary, subjects, out] = process.argv.slice(2) as [string, string, string, string | undefined]

const instance = await DuckDBInstance.create(':memory:', {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  enable_external_file_cache: 'false',
  preserve_insertion_order: 'false',
})
const connection = await instance.connect()
if (task === 'metrics') {
  await connection.run(`CREATE TABLE metrics AS ${wideSql(diary, subjects)}`)
  if (out !== undefined) await connection.run(`COPY (FROM metrics ORDER BY subject, visit) TO '${out}' (HEADER)`)
} else {
  await connection.run(`COPY (${longSql(diary, subjects, 'simulated-migraine-prevention')}) TO '${out}' (HEADER)`)
}
connection.closeSync()
instance.closeSync()
