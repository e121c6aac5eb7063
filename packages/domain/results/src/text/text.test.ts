import type { Column, ColumnTable } from '@afferent/records'
import { describe, expect, it } from 'vitest'
import { howToRead } from './how-to-read.ts'
import { responderBlock, responderTable } from './responder-table.ts'

const text = (cells: readonly (string | null)[]): Column => {
  const dictionary = [...new Set(cells.filter((cell) => cell !== null))]
  const values = Int32Array.from(cells, (cell) => (cell === null ? 0 : dictionary.indexOf(cell)))
  return { kind: 'text', values, valid: mask(cells), dictionary }
}
const number = (cells: readonly (number | null)[]): Column => ({
  kind: 'f64',
  values: Float64Array.from(cells, (cell) => cell ?? 0),
  valid: mask(cells),
})
const mask = (cells: readonly unknown[]): Uint8Array => {
  const valid = new Uint8Array(Math.ceil(cells.length / 8))
  cells.forEach((cell, i) => {
    if (cell !== null) valid[i >> 3] = (valid[i >> 3] as number) | (1 << (i & 7))
  })
  return valid
}

type Row = [
  arm: string | null,
  analysis: string,
  stat: string,
  estimate: number,
  numer: number | null,
  denom: number | null,
]

function cohort(rows: readonly Row[], subgroup: string | null = null): ColumnTable {
  return {
    rows: rows.length,
    columns: {
      PARAMCD: text(rows.map(() => 'MMD')),
      AVISIT: text(rows.map(() => 'Weeks 9 to 12')),
      SUBGRP: text(rows.map(() => subgroup)),
      ARM: text(rows.map(([arm]) => arm)),
      ANALYSIS: text(rows.map(([, analysis]) => analysis)),
      STAT: text(rows.map(([, , stat]) => stat)),
      ESTIMATE: number(rows.map(([, , , estimate]) => estimate)),
      NUMER: number(rows.map(([, , , , numer]) => numer)),
      DENOM: number(rows.map(([, , , , , denom]) => denom)),
    },
  }
}

const ROWS: readonly Row[] = [
  [null, 'AVAL', 'N', 80, null, null],
  ['nVNS', 'AVAL', 'N', 40, null, null],
  ['nVNS', 'BASE', 'MEAN', 8.25, null, null],
  ['nVNS', 'CHG', 'MEAN', -2.25, null, null],
  ['nVNS', 'RESPONSE', 'RSP50', 0.3, 12, 40],
  ['nVNS', 'RESPONSE', 'RSP100', 0, 0, 0],
]
const CUTS = [50, 100]

describe('the responder table', () => {
  it('gives numerator and denominator beside every percentage', () => {
    const block = responderBlock(cohort(ROWS), CUTS, 'MMD', 'Weeks 9 to 12')
    // -2.25 is shown as -2.3: halves go away from zero.
    expect(block === null ? [] : responderTable(block)).toEqual([
      'MMD, Weeks 9 to 12   n  baseline  change  50 %            100 %',
      'nVNS                40       8.3    -2.3  12/40 (30.0 %)  0/0',
      'all                 80         -       -',
    ])
  })

  it('of an answer gives how many said yes', () => {
    const rows: readonly Row[] = [
      [null, 'RESPONSE', 'YES', 0.25, 20, 80],
      ['nVNS', 'RESPONSE', 'YES', 0.3, 12, 40],
    ]
    const block = responderBlock(cohort(rows), CUTS, 'MMD', 'Weeks 9 to 12')
    expect(block === null ? [] : responderTable(block)).toEqual([
      'MMD, Weeks 9 to 12   n  yes',
      'nVNS                40  12/40 (30.0 %)',
      'all                 80  20/80 (25.0 %)',
    ])
  })

  it('leaves subgroups out, and says nothing about a visit nobody computed', () => {
    expect(responderBlock(cohort(ROWS, 'BASETYPE'), CUTS, 'MMD', 'Weeks 9 to 12')).toBeNull()
    expect(responderBlock(cohort(ROWS), CUTS, 'MMD', 'Weeks 13 to 16')).toBeNull()
  })
})

describe('how to read a table elsewhere', () => {
  it('gives Arrow to R and Python, CSV to DuckDB', () => {
    const ways = howToRead({ arrow: '/data/my "own"/adeff.arrow', csv: "/data/it's/adeff.csv" })
    expect(ways.map(({ tool }) => tool)).toEqual(['R', 'Python', 'DuckDB'])
    expect(ways[0]?.lines[1]).toBe('adeff <- read_feather("/data/my \\"own\\"/adeff.arrow")')
    expect(ways[2]?.lines[0]).toBe("SELECT * FROM read_csv('/data/it''s/adeff.csv', header = true);")
  })

  it('leaves out what was not written', () => {
    expect(howToRead({ arrow: null, csv: 'adeff.csv' }).map(({ tool }) => tool)).toEqual(['DuckDB'])
  })
})
