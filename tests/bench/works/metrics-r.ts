import { assertSameMetrics } from '../answers/assert-same-metrics.ts'
import { productMetrics, productWide } from '../measure/product.ts'
import { rscript, whyNoR } from '../measure/rscript.ts'
import { scratch } from '../measure/scratch.ts'
import { compare } from '../measure/whole-process.ts'
import { besides, type Row, skipped, type Work } from '../measure/work.ts'
import { type BenchData, diaryOf } from '../trials/data.ts'

/** The same in R, as fast as data.table and dplyr can; dplyr reads with fread. */
export const metricsBesideR: Work = {
  name: 'metrics-r',
  async run({ quick, runs }) {
    const data = await diaryOf(quick ? 1_000_000 : 10_000_000)
    const work = `${quick ? '1M' : '10M'} rows, CSV to metrics`
    return [
      await beside(work, 'R data.table', ['data.table'], 'metrics-data-table.R', data, runs, 0.5),
      await beside(work, 'R dplyr', ['dplyr', 'data.table'], 'metrics-dplyr.R', data, Math.min(runs, 3), 0.1),
    ]
  },
}

async function beside(
  work: string,
  peer: string,
  packages: readonly string[],
  program: string,
  data: BenchData,
  runs: number,
  ratio: number,
): Promise<Row> {
  const why = whyNoR(...packages)
  if (why !== null) return skipped(work, peer, why)
  const answers = await scratch(`${program}.csv`)
  await rscript(program, data.diary, data.subjects, answers)
  await assertSameMetrics(await productWide(data), answers)
  const both = await compare(
    () => productMetrics(data),
    () => rscript(program, data.diary, data.subjects),
    runs,
  )
  return besides(work, peer, both, { ratio })
}
