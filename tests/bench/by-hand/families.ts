import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { CLI } from '../measure/product.ts'
import { type Measured, repeat, wholeProcess } from '../measure/whole-process.ts'
import { type FamiliesData, familiesOf } from '../trials/families-data.ts'

/**
 * What families cost the studies that use them: `node tests/bench/by-hand/families.ts [diary rows] [episodes] [runs]`, from CSV to the
 * metrics of every subject. The same diary and episodes under a study of headache alone, and under one with ten families and
 * the files they read. On a small trial first: headache comes out the same under both, and every family has rows.
 */
const rows = Number(process.argv[2] ?? 1_000_000)
const episodes = Number(process.argv[3] ?? 200_000)
const runs = Number(process.argv[4] ?? 3)
/** One code of each family that is switched on. */
const TEN = {
  diary: 'DIARYCMP',
  headache: 'MMD',
  medication: 'AMD',
  overuse: 'MOSTAT',
  pain: 'FLARE',
  response: 'WORSE',
  individual: 'NAP',
  questionnaires: 'HIT6',
  mood: 'DUALRSP',
  laboratory: 'CRP',
}

type Row = Record<string, string>

async function effectsOf({ folder }: FamiliesData, part: FamiliesData['plain']): Promise<Row[]> {
  const out = join(folder, 'out')
  await wholeProcess(CLI, ['analyze', ...part.files, '--study', part.study, '--out', out], { answers: [0, 1] })
  const effects = parse(readFileSync(join(out, 'adeff.csv')), { columns: true }) as Row[]
  await rm(out, { recursive: true })
  return effects
}

async function assertAnswers(): Promise<void> {
  const small = await familiesOf(20_000, 4_000)
  const [plain, whole] = [await effectsOf(small, small.plain), await effectsOf(small, small.whole)]
  const headache = (all: readonly Row[]): string[] =>
    all
      .filter(({ PARAMCD }) => PARAMCD === 'MHD' || PARAMCD === 'MMD')
      .map(({ USUBJID, PARAMCD, AVISITN, AVAL, NEVT }) => [USUBJID, PARAMCD, AVISITN, AVAL, NEVT].join())
  const [a, b] = [headache(plain), headache(whole)]
  if (a.length === 0 || a.join() !== b.join()) throw new Error('other families changed MHD or MMD')
  for (const [family, code] of Object.entries(TEN)) {
    const answered = whole.filter(({ PARAMCD, AVAL }) => PARAMCD === code && AVAL !== '').length
    if (answered === 0) throw new Error(`${family}: ${code} has no value`)
  }
  console.log(`${a.length} rows of MHD and MMD are the same; each of ${Object.keys(TEN).length} families has values`)
}

await assertAnswers()
const data = await familiesOf(rows, episodes)
const run =
  ({ study, files }: FamiliesData['plain']) =>
  () =>
    wholeProcess('programs/product-metrics.js', [study, ...files])
const print = (name: string, { seconds, peakBytes }: Measured, read: number): void =>
  console.log(
    `${name.padEnd(26)}${seconds.toFixed(2).padStart(7)} s${Math.round(read / seconds / 1000)
      .toLocaleString('en-US')
      .padStart(8)} thousand rows/s` +
      `${Math.round((peakBytes ?? 0) / 1e6)
        .toString()
        .padStart(7)} MB  (${read.toLocaleString('en-US')} rows read)`,
  )
const [plain, whole] = [await repeat(run(data.plain), runs), await repeat(run(data.whole), runs)]
print('headache alone', plain, data.plain.rows)
print('ten families', whole, data.whole.rows)
