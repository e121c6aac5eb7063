import { assertSameMetrics } from '../answers/assert-same-metrics.ts'
import { productMetrics, productWide } from '../measure/product.ts'
import { scratch } from '../measure/scratch.ts'
import { compare, wholeProcess } from '../measure/whole-process.ts'
import { besides, type Work } from '../measure/work.ts'
import { diaryOf } from '../trials/data.ts'

/** The same as a lazy query of Polars. */
export const metricsBesidePolars: Work = {
  name: 'metrics-polars',
  async run({ quick, runs }) {
    const data = await diaryOf(quick ? 1_000_000 : 10_000_000)
    const { diary, subjects } = data
    const polars = (...out: string[]) => wholeProcess('peers/polars.ts', [diary, subjects, ...out])
    const answers = await scratch('polars-metrics.csv')
    await polars(answers)
    await assertSameMetrics(await productWide(data), answers)
    const both = await compare(
      () => productMetrics(data),
      () => polars(),
      runs,
    )
    return [besides(`${quick ? '1M' : '10M'} rows, CSV to metrics`, 'Polars', both, { ratio: 0.2 })]
  },
}
