import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { assertEqual, assertEqualSubjects } from '../answers/assert-equal.ts'
import { productTables } from '../measure/product.ts'
import { scratch } from '../measure/scratch.ts'
import { compare, wholeProcess } from '../measure/whole-process.ts'
import { besides, type Work } from '../measure/work.ts'
import { diaryOf } from '../trials/data.ts'

/** CSV to all tables, as Arrow and CSV; DuckDB writes adsl and adeff as Parquet and CSV. */
export const tablesBesideDuckdb: Work = {
  name: 'tables-duckdb',
  async run({ quick, runs }) {
    const data = await diaryOf(quick ? 500_000 : 10_000_000)
    const [ours, theirs] = [await scratch('tables'), await scratch('duckdb-tables')]
    // Nothing lies where the tables go: to give gigabytes back is not what is measured.
    const product = async () => {
      await rm(ours, { recursive: true, force: true })
      return productTables(data, data.study, ours)
    }
    const duckdb = async () => {
      await rm(theirs, { recursive: true, force: true })
      await mkdir(theirs, { recursive: true })
      return wholeProcess('peers/duckdb.ts', ['tables', data.diary, data.subjects, theirs])
    }
    await product()
    await duckdb()
    const equal = await assertEqual(join(ours, 'adeff.csv'), join(theirs, 'adeff.csv'))
    await assertEqualSubjects(join(ours, 'adsl.csv'), join(theirs, 'adsl.csv'))
    const both = await compare(product, duckdb, runs)
    for (const folder of [ours, theirs]) await rm(folder, { recursive: true })
    const work = `${quick ? '0.5M' : '10M'} rows, CSV to adsl and adeff as Arrow and CSV`
    const note = `${equal.toLocaleString('en-US')} equal rows of adeff; DuckDB writes Parquet and 17 of 22 parameters`
    return [besides(work, 'DuckDB', both, { ratio: 0.6, memoryRatio: 0.5 }, note)]
  },
}
