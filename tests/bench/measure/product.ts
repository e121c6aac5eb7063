import type { BenchData } from '../trials/data.ts'
import { scratch } from './scratch.ts'
import { type Measured, unweighed, wholeProcess } from './whole-process.ts'

export const CLI = '../../services/cli/src/main.js'

/** Brings the bundle of the command line up to date, as an install does, and that of `productMetrics`. */
export async function makeBundles(): Promise<void> {
  await unweighed('../../services/cli/src/bundle/at-install.js')
  await unweighed('programs/bundle-metrics.js')
}

type Files = Pick<BenchData, 'study' | 'diary' | 'subjects'>

/** CSV to the metrics of every subject, as a whole process. */
export const productMetrics = ({ study, diary, subjects }: Files): Promise<Measured> =>
  wholeProcess('programs/product-metrics.js', [study, diary, subjects])

/** `afferent analyze`, as a whole process; it ends with 1 where findings of severity error were made. */
export const productTables = (
  { diary, subjects }: Pick<BenchData, 'diary' | 'subjects'>,
  study: string,
  out: string,
  ceilingBytes?: number,
): Promise<Measured> =>
  wholeProcess(CLI, ['analyze', diary, subjects, '--study', study, '--out', out], { answers: [0, 1], ceilingBytes })

const wides = new Map<string, Promise<string>>()

/** The product's metrics of a diary in a file, for comparisons of answers; computed once in a run of the suite. */
export function productWide(files: Files): Promise<string> {
  const known = wides.get(files.diary)
  if (known !== undefined) return known
  const wide = writeWide(files, `wide-${wides.size}.csv`)
  wides.set(files.diary, wide)
  return wide
}

async function writeWide({ study, diary, subjects }: Files, name: string): Promise<string> {
  const path = await scratch(name)
  await wholeProcess('programs/product-metrics.js', [study, diary, subjects], { env: { BENCH_WIDE: path } })
  return path
}
