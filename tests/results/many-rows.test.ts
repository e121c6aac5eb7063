import { openCompute } from '@afferent/compute'
import { BATCH_ROWS, type Compute, isPresent, pickRows, type ShardResult } from '@afferent/records'
import { writeRun } from '@afferent/results'
import pl from 'nodejs-polars'
import { describe, expect, it } from 'vitest'
import { MemoryFolder, runOf, shard } from './sample-run.ts'

/** Four rows per subject: a batch of Arrow (65,536 rows) ends inside the subjects, and inside a byte of the masks. */
const SUBJECTS = Array.from({ length: 16_999 }, (_, i) => `s${String(i).padStart(5, '0')}`)

const WHOLE = shard(SUBJECTS)

async function written(shards: readonly ShardResult[], compute?: Compute): Promise<MemoryFolder> {
  const folder = new MemoryFolder()
  await writeRun(runOf(shards), folder, compute)
  return folder
}

const cutAt = (...cuts: number[]): ShardResult[] => {
  return cuts.map((from, i) => part(WHOLE, from, cuts[i + 1] ?? SUBJECTS.length))
}

/** Subjects `from` to `to` of a shard as a shard of its own. */
function part(whole: ShardResult, from: number, to: number): ShardResult {
  const rows = 4 * (to - from)
  const slice = (column: ShardResult['effects']['columns'][string], first: number, n: number) => {
    const valid = new Uint8Array((n + 7) >> 3)
    for (let row = 0; row < n; row++) {
      if (isPresent(column.valid, first + row)) valid[row >> 3] = (valid[row >> 3] as number) | (1 << (row & 7))
    }
    return { ...column, values: column.values.slice(first, first + n), valid } as typeof column
  }
  const columns = Object.fromEntries(
    Object.entries(whole.effects.columns).map(([name, column]) => [name, slice(column, 4 * from, rows)]),
  )
  const subject = columns.SUBJECT?.values as Int32Array
  for (let row = 0; row < rows; row++) subject[row] = (subject[row] as number) - from
  const { covariates, ...facts } = whole.facts
  const cut = Object.fromEntries(Object.entries(facts).map(([name, column]) => [name, slice(column, from, to - from)]))
  return {
    ...whole,
    subjects: whole.subjects.slice(from, to),
    effects: { rows, columns },
    facts: { ...cut, covariates } as unknown as ShardResult['facts'],
  }
}

const withoutRows = (one: ShardResult): ShardResult => ({ ...one, effects: pickRows(one.effects, new Int32Array(0)) })

describe('a table of more rows than a batch', () => {
  it('has the same bytes however the subjects were cut into shards', async () => {
    const whole = await written(cutAt(0))
    const cut = await written(cutAt(0, 3, 5001, 5002, 12_005))
    for (const [name, bytes] of whole.files) expect(cut.file(name).equals(bytes), name).toBe(true)
  })

  it('may end with subjects who have no row, just where a batch is full', async () => {
    const full = BATCH_ROWS / 4
    const table = pl.readIPC(
      (await written([part(WHOLE, 0, full), withoutRows(part(WHOLE, full, full + 9))])).file('adeff.arrow'),
    )
    expect(table.height).toBe(BATCH_ROWS)
    expect(table.getColumn('USUBJID').nUnique()).toBe(full)
  })

  it('has its columns where nobody has a row', async () => {
    const folder = await written([withoutRows(part(WHOLE, 0, 9))])
    const table = pl.readIPC(folder.file('adeff.arrow'))
    expect(table.height).toBe(0)
    expect(table.columns).toContain('AVAL')
    expect(folder.file('adeff.csv').toString().trimEnd().split('\n')).toHaveLength(1)
    expect(pl.readIPC(folder.file('adsl.arrow')).height).toBe(9)
  })

  it('has the same bytes when threads spell its rows out', async () => {
    const compute = openCompute({ threads: 2 })
    try {
      const alone = await written(cutAt(0, 777))
      const threaded = await written(cutAt(0, 777), compute)
      for (const [name, bytes] of alone.files) expect(threaded.file(name).equals(bytes), name).toBe(true)
    } finally {
      await compute.close()
    }
  })

  it('holds every row, value and missing value, across the batches', async () => {
    const table = pl.readIPC((await written(cutAt(0, 5001))).file('adeff.arrow'))
    expect(table.height).toBe(4 * SUBJECTS.length)
    expect(table.getColumn('AVAL').nullCount()).toBe(2) // the first subject, two parameters
    expect(table.getColumn('CHG').nullCount()).toBe(2 * SUBJECTS.length + 2) // baselines have none
    // Each subject: 10 + 56/9 per parameter; the first has its baselines alone.
    const sum = 2 * SUBJECTS.length * 10 + 2 * (SUBJECTS.length - 1) * (56 / 9)
    expect(table.getColumn('AVAL').sum()).toBeCloseTo(sum, 4)
    expect(table.getColumn('USUBJID').nUnique()).toBe(SUBJECTS.length)
  })
})
