import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import pl from 'nodejs-polars'
import { query } from '../answers/ask-duckdb.ts'
import { scratch } from '../measure/scratch.ts'
import type { Timed } from '../measure/timed.ts'
import { type Compared, median, told } from '../measure/whole-process.ts'
import { besides, type Row, type Work } from '../measure/work.ts'
import { diaryOf } from '../trials/data.ts'

/** What one side took to write the same rows, from memory to a finished file. */
interface Writing {
  readonly rows: number
  readonly csv: Timed
  /** Arrow or Parquet. */
  readonly columnar: Timed
}

/** About 5.7 million rows of adeff, at hand in memory, to files: Arrow beside Parquet and CSV beside CSV. */
export const writingBesideDuckdb: Work = {
  name: 'writing',
  async run({ quick, runs: asked }) {
    const runs = quick ? 1 : Math.min(asked, 3)
    const data = await diaryOf(quick ? 300_000 : 6_000_000)
    const [root, theirs] = [await scratch('writing'), await scratch('duckdb-writing')]
    await mkdir(theirs, { recursive: true })
    const product = async () => {
      await rm(root, { recursive: true, force: true })
      return told<Writing>('programs/product-writing.ts', [data.study, root, data.diary, data.subjects])
    }
    const first = await product()
    const [csv, arrow] = [await writtenFile(root, 'adeff.csv'), await writtenFile(root, 'adeff.arrow')]
    const kept = await scratch('writing-kept.csv')
    await rename(csv, kept)
    const duckdb = () => told<Writing>('peers/duckdb.ts', ['copy', kept, theirs])
    await duckdb()
    await assertSameRows(first.says.rows, kept, arrow, theirs)

    const [ours, peer]: [Writing[], Writing[]] = [[], []]
    for (let i = 0; i < runs; i++) {
      peer.push((await duckdb()).says)
      ours.push((await product()).says)
    }
    for (const path of [root, theirs, kept]) await rm(path, { recursive: true })
    const millions = (first.says.rows / 1e6).toFixed(1)
    return [
      rowOf(`${millions}M rows of adeff to CSV`, 'DuckDB, CSV', ours, peer, 'csv'),
      rowOf(`${millions}M rows of adeff to Arrow`, 'DuckDB, Parquet', ours, peer, 'columnar'),
    ]
  },
}

function rowOf(
  work: string,
  name: string,
  ours: readonly Writing[],
  peer: readonly Writing[],
  of: 'csv' | 'columnar',
): Row {
  const measured = (all: readonly Writing[]) => ({
    seconds: median(all.map((each) => each[of].seconds)),
    peakBytes: null,
    cpuSeconds: median(all.map((each) => each[of].cpuSeconds)),
  })
  const both: Compared = { ours: measured(ours), peer: measured(peer), runs: ours.length }
  return besides(work, name, both, { ratio: 1 }, 'from memory, hashing and all small tables included')
}

async function writtenFile(root: string, name: string): Promise<string> {
  for (const run of await readdir(join(root, 'runs/bench'))) {
    const folder = join(root, 'runs/bench', run)
    if ((await readdir(folder)).includes(name)) return join(folder, name)
  }
  throw new Error(`${name} was not written`)
}

/** Rows, sums of AVAL and of CHG are the same in all four files. */
async function assertSameRows(rows: number, csv: string, arrow: string, theirs: string): Promise<void> {
  const sums = 'count(*)::INTEGER AS rows, round(sum(AVAL), 3) AS aval, round(sum(CHG), 3) AS chg'
  const fromCsv = (file: string) =>
    query(`SELECT ${sums} FROM read_csv('${file}', types = {'AVAL': 'DOUBLE', 'CHG': 'DOUBLE'})`)
  const [ours] = await fromCsv(csv)
  const [peer] = await fromCsv(`${theirs}/adeff.csv`)
  const [parquet] = await query(`SELECT ${sums} FROM '${theirs}/adeff.parquet'`)
  const frame = pl.scanIPC(arrow).select('AVAL', 'CHG').collectSync()
  const round = (value: number): number => Math.round(value * 1e3) / 1e3
  const fromArrow = {
    rows: frame.height,
    aval: round(frame.getColumn('AVAL').sum()),
    chg: round(frame.getColumn('CHG').sum()),
  }
  const all = [ours, peer, parquet, fromArrow].map((each) => JSON.stringify(each))
  if (fromArrow.rows !== rows || new Set(all).size > 1) throw new Error(`files differ: ${all.join(' ')}`)
}
