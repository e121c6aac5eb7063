import { assertSameMetrics } from '../answers/assert-same-metrics.ts'
import { productMetrics, productWide } from '../measure/product.ts'
import { scratch } from '../measure/scratch.ts'
import { compare, wholeProcess } from '../measure/whole-process.ts'
import { besides, type Work } from '../measure/work.ts'
import { diaryOf } from '../trials/data.ts'

/** Ten million diary rows to period metrics beside the same aggregates in SQL; in `--quick` as well. */
export const metricsBesideDuckdb: Work = {
  name: 'metrics-duckdb',
  async run({ runs }) {
    const data = await diaryOf(10_000_000)
    const { diary, subjects } = data
    const duckdb = (...out: string[]) => wholeProcess('peers/duckdb.ts', ['metrics', diary, subjects, ...out])
    const answers = await scratch('duckdb-metrics.csv')
    await duckdb(answers)
    const equal = await assertSameMetrics(await productWide(data), answers)
    const both = await compare(
      () => productMetrics(data),
      () => duckdb(),
      runs,
    )
    const target = { ratio: 0.5, memoryRatio: 1 }
    return [
      besides('10M rows, CSV to metrics', 'DuckDB', both, target, `${equal.toLocaleString('en-US')} equal values`),
    ]
  },
}
