import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pl from 'nodejs-polars'
import { productTables } from '../measure/product.ts'
import { scratch } from '../measure/scratch.ts'
import type { Measured } from '../measure/whole-process.ts'
import { alone, besides, type Row, skipped, type Work } from '../measure/work.ts'
import { type BenchData, diaryOf } from '../trials/data.ts'

const WORK = '100M rows, CSV to metrics and Arrow'
const PEER = 'itself at 10M'
const TARGET = { ratio: 11, megabytes: 3_000 }
/** What is given up before it takes the machine down. */
const CEILING = 14e9

/**
 * Ten times the rows take at most eleven times as long, in less than 3 GB. The 6 GB of data are made for it and go with it.
 * Its answers are those of the measured run: rows add up, and the first subjects, who are in both trials, have the same values.
 */
export const hundredMillion: Work = {
  name: 'hundred-million',
  async run({ huge }): Promise<Row[]> {
    if (!huge) return [skipped(WORK, PEER, 'only with --huge')]
    const ten = await diaryOf(10_000_000)
    const small = await toArrow(ten)
    const hundred = await diaryOf(100_000_000)
    try {
      const big = await toArrow(hundred).catch((error: Error) => error)
      if (big instanceof Error) return [alone(WORK, NOTHING, 1, TARGET, big.message)]
      if (big.answers !== small.answers) throw new Error('the first subjects of 100M rows differ from those of 10M')
      return [besides(WORK, PEER, { ours: big.measured, peer: small.measured, runs: 1 }, TARGET)]
    } finally {
      await rm(hundred.folder, { recursive: true, force: true })
    }
  },
}

const NOTHING = { seconds: null, peakBytes: null, cpuSeconds: null }

async function toArrow(data: BenchData): Promise<{ measured: Measured; answers: string }> {
  const study = await scratch(`${data.name}-arrow.yaml`)
  await writeFile(study, `${await readFile(data.study, 'utf8')}analysis: { outputs: [arrow] }\n`)
  const out = await scratch(`${data.name}-arrow`)
  const measured = await productTables(data, study, out, CEILING)
  const { counts } = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'))
  if (counts.used !== counts.read || counts.read !== data.rows + counts.subjects) {
    throw new Error(`${data.name}: ${JSON.stringify(counts)} of ${data.rows} rows`)
  }
  const first = pl.scanIPC(join(out, 'adeff.arrow')).select('AVAL', 'CHG').limit(50_000).collectSync()
  await rm(out, { recursive: true })
  return { measured, answers: first.writeCSV().toString() }
}
