import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ShardResult } from '@afferent/records'
import { arrowFile, joinParts, readyBatch } from '@afferent/records/arrow'
import { ADEFF, writeRun } from '@afferent/results'
import { DuckDBInstance } from '@duckdb/node-api'
import pl from 'nodejs-polars'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testkit/temporary-folder.ts'
import { MemoryFolder, runOf, shard } from './sample-run.ts'

/** Written by us, read by others: polars takes Arrow from bytes, DuckDB takes CSV from a file. */
type Row = Record<string, unknown>

const polars = (bytes: Buffer): Row[] => pl.readIPC(bytes).toRecords().map(plain)

/** Dates and empty cells in one form for both readers. */
function plain(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Date ? value.toISOString().slice(0, 10) : value === undefined ? null : value,
    ]),
  )
}

async function duckdb(bytes: Buffer, sql: string): Promise<Row[]> {
  const file = join(temporaryFolder(), 'table.csv')
  writeFileSync(file, bytes)
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    enable_external_file_cache: 'false',
  })
  const connection = await instance.connect()
  const result = await connection.runAndReadAll(sql.replace('$file', `'${file}'`))
  connection.closeSync()
  return result.getRowObjectsJson() as Row[]
}

const TYPES = { text: 'VARCHAR', integer: 'INTEGER', number: 'DOUBLE', date: 'DATE' } as const
const typed = `SELECT * FROM read_csv($file, header=true, quote='"', escape='"', columns={${ADEFF.map(
  ({ name, type }) => `'${name}': '${TYPES[type]}'`,
).join(', ')}})`

async function written(shards: readonly ShardResult[]): Promise<MemoryFolder> {
  const folder = new MemoryFolder()
  await writeRun(runOf(shards), folder)
  return folder
}

const SHARDS = [shard(['a1', 'a2', 'a3']), shard(['b1']), shard(['c1', 'c2'])]

describe('adeff read by polars and by DuckDB', () => {
  it('holds the same rows, types and missing values in Arrow and in CSV', async () => {
    const folder = await written(SHARDS)
    const fromArrow = polars(folder.file('adeff.arrow'))
    const fromCsv = await duckdb(folder.file('adeff.csv'), typed)
    expect(fromArrow).toHaveLength(24)
    expect(fromCsv.map((row) => ({ ...row }))).toEqual(fromArrow)
  })

  it('says what was computed, with labels, dates and treatment from the study file', async () => {
    const folder = await written(SHARDS)
    const rows = polars(folder.file('adeff.arrow'))
    // Day 1 is day 20,512 (2026-02-28); ADY 28 is 27 days later, ADY -1 one day before.
    expect(rows[5]).toMatchObject({
      STUDYID: 'demo',
      USUBJID: 'demo-a2',
      TRTP: 'sham',
      PARAMCD: 'MHD',
      PARAM: 'Days, MHD (d/28 d)',
      AVISIT: 'Weeks 1 to 4',
      ADT: '2026-03-27',
      AVAL: 56 / 9,
      DTYPE: 'PRORATE',
      CRIT1: 'PCHG <= -30',
      CRIT3: null,
      CRIT1FL: 'Y',
      METHOD: 'ihs-4h; prorate14; NRI',
    })
    expect(rows[0]).toMatchObject({ ADT: '2026-02-27', AVISIT: 'Baseline', ABLFL: 'Y', CHG: null })
    expect(rows[1]).toMatchObject({ AVAL: null, AREASON: 'INSUFFICIENT_DAYS', DTYPE: 'NRI', CRIT1FL: 'N' })
  })

  it('keeps every negative number as a number', async () => {
    const lines = (await written(SHARDS)).file('adeff.csv').toString().split('\n')
    expect(lines[1]).toContain(',-28,-1,2026-02-27,-1,10,')
    expect(lines.join('\n')).not.toContain("'-")
  })

  it('has the types the field expects: categories, dates, whole and real numbers', async () => {
    const { schema } = pl.readIPC((await written(SHARDS)).file('adeff.arrow'))
    const kinds = Object.fromEntries(Object.entries(schema).map(([name, type]) => [name, String(type)]))
    expect(kinds.PARAMCD).toContain('Categorical')
    expect(kinds.USUBJID).toContain('Categorical')
    expect(kinds.ADT).toContain('Date')
    expect(kinds.AVISITN).toContain('Int32')
    expect(kinds.AVAL).toContain('Float64')
    expect(Object.keys(kinds)).toEqual(ADEFF.map(({ name }) => name))
  })

  it('does not depend on how the subjects were cut into shards, nor on the day it is written', async () => {
    const one = await written(SHARDS)
    const cut = await written([shard(['a1', 'a2', 'a3']), shard(['b1']), shard(['c1', 'c2'])])
    expect([...cut.files.keys()]).toEqual([...one.files.keys()])
    for (const [name, bytes] of one.files) expect(cut.file(name).equals(bytes), name).toBe(true)
  })

  it('can be read when it has no rows', async () => {
    const folder = await written([])
    expect(pl.readIPC(folder.file('adeff.arrow')).height).toBe(0)
    expect(pl.readIPC(folder.file('adsl.arrow')).columns).toContain('RSP50')
    expect(await duckdb(folder.file('adeff.csv'), typed)).toEqual([])
  })
})

describe('the other tables read by polars and by DuckDB', () => {
  it('adsl has one row per subject with the answer at the primary visit', async () => {
    const rows = polars((await written(SHARDS)).file('adsl.arrow'))
    expect(rows.map(({ USUBJID, RSP30, RSP50 }) => [USUBJID, RSP30, RSP50])).toEqual([
      ['demo-a1', 'N', 'N'],
      ['demo-a2', 'Y', 'N'],
      ['demo-a3', 'Y', 'N'],
      ['demo-b1', 'N', 'N'],
      ['demo-c1', 'N', 'N'],
      ['demo-c2', 'Y', 'N'],
    ])
    expect(rows[1]).toMatchObject({ ARM: 'B', TRTP: 'sham', AGE: 41.5, BMI: null, TRTSDT: '2026-02-28', SEX: 'F' })
  })

  it.each(['adsl', 'adtte', 'cohort', 'findings', 'dictionary'])(
    '%s is the same in Arrow and in CSV',
    async (table) => {
      const folder = await written(SHARDS)
      const sql = 'SELECT * FROM read_csv($file, header=true, all_varchar=true)'
      const asText = (rows: Row[]): Row[] =>
        rows.map((row) =>
          Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)])),
        )
      const fromCsv = await duckdb(folder.file(`${table}.csv`), sql)
      const unguarded = fromCsv.map((row) => ({ ...row, ...(row.VALUE === "'=1+1" ? { VALUE: '=1+1' } : {}) }))
      expect(unguarded).toEqual(asText(polars(folder.file(`${table}.arrow`))))
    },
  )

  it('guards what a spreadsheet would run, in CSV alone', async () => {
    const folder = await written(SHARDS)
    expect(folder.file('findings.csv').toString()).toContain(",pain,'=1+1,")
    expect(polars(folder.file('findings.arrow'))[1]).toMatchObject({ VALUE: '=1+1', LINE: 4, SEVERITY: 'error' })
  })

  it('the dictionary explains every column of every table, and every parameter', async () => {
    const folder = await written(SHARDS)
    const explained = polars(folder.file('dictionary.arrow')).map((row) => `${row.DATASET} ${row.VARIABLE}`)
    for (const table of ['adsl', 'adeff', 'adtte', 'cohort', 'findings', 'dictionary']) {
      for (const name of pl.readIPC(folder.file(`${table}.arrow`)).columns)
        expect(explained).toContain(`${table} ${name}`)
    }
    expect(explained).toContain('adeff AVAL.MMD')
  })
})

describe('the manifest', () => {
  it('is written last and names size and hash of every other file', async () => {
    const folder = await written(SHARDS)
    const names = [...folder.files.keys()]
    expect(names.at(-1)).toBe('manifest.json')
    const manifest = JSON.parse(folder.file('manifest.json').toString())
    const listed = manifest.files.map(({ name }: { name: string }) => name)
    expect([...listed, 'manifest.json'].sort()).toEqual([...names].sort())
    for (const { name, bytes } of manifest.files) expect(folder.file(name).length).toBe(bytes)
    expect(manifest.files.find(({ name }: { name: string }) => name === 'adeff.csv').rows).toBe(24)
  })

  it('lists only what the study file asks for', async () => {
    const folder = new MemoryFolder()
    const run = runOf(SHARDS)
    const study = { ...run.study, operational: { ...run.study.operational, outputs: ['csv'] as const } }
    await writeRun({ ...run, study }, folder)
    expect([...folder.files.keys()].filter((name) => name.endsWith('.arrow'))).toEqual([])
    expect(folder.files.size).toBe(9)
  })
})

describe('a run that does not add up', () => {
  it('is an error, never a shorter table', async () => {
    const run = runOf(SHARDS)
    await expect(writeRun({ ...run, subjects: [...run.subjects, 'zz'] }, new MemoryFolder())).rejects.toThrow(/7/)
    await expect(writeRun({ ...run, subjects: run.subjects.toReversed() }, new MemoryFolder())).rejects.toThrow(/order/)
  })

  it('passes on what the disk says', async () => {
    const folder = new MemoryFolder()
    folder.writeParts = async () => {
      throw new Error('no space left')
    }
    await expect(writeRun(runOf(SHARDS), folder)).rejects.toThrow('no space left')
  })
})

describe('Arrow dictionaries read by polars', () => {
  it.each([128, 129, 32_768, 40_000])('keep %i texts apart', (n) => {
    const dictionary = Array.from({ length: n }, (_, i) => `text ${i}`)
    const type = n > 32_768 ? 'code32' : 'code16'
    const fields = [{ name: 'X', type, dictionary }] as const
    const file = arrowFile(fields)
    const values = Int32Array.from(dictionary, (_, i) => i)
    const columns = { X: { kind: 'text', values, valid: null, dictionary } } as const
    const parts = file.write(readyBatch(fields, { rows: n, columns }))
    const column = pl.readIPC(Buffer.from(joinParts([...parts, ...file.finish()]))).getColumn('X')
    expect(column.toArray()).toEqual(dictionary)
  })
})
