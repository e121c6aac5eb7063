import type { Column, Dataset } from '@afferent/records'
import { NO_FINDINGS } from '@afferent/records'
import { expect, test } from 'vitest'
import { narrowTo } from './narrow.ts'

const dataset: Dataset = {
  subjects: ['A', 'B', 'C', 'D'],
  calendar: 'relative',
  tables: {
    subjects: {
      rows: 3,
      subject: Int32Array.of(0, 2, 3),
      columns: { arm: { kind: 'text', values: Uint8Array.of(0, 1, 0), valid: null, dictionary: ['T', 'C'] } },
      lines: Int32Array.of(9, 4, 2),
      firstLine: 0,
    },
    diary: {
      rows: 5,
      subject: Int32Array.of(0, 1, 1, 2, 3),
      columns: {
        day: { kind: 'i32', values: Int32Array.of(1, 2, 3, 4, 5), valid: null },
        severity: { kind: 'u8', values: Uint8Array.of(3, 0, 2, 0, 1), valid: Uint8Array.of(0b10101) },
      },
      lines: null,
      firstLine: 2,
    },
  },
  covariates: { sites: { kind: 'f64', values: Float64Array.of(7, 8, 9), valid: null } },
  findings: NO_FINDINGS,
  counts: { read: 8, used: 8, quarantined: 0, excluded: {} },
}

test('some subjects keep their rows, values, lines and covariates, whoever is left out', () => {
  const { subjects, tables, covariates } = narrowTo(dataset, 'B', 'CC')
  expect(subjects).toEqual(['B', 'C'])
  expect(Array.from(tables.diary?.subject ?? [])).toEqual([0, 0, 1])
  expect(plain(tables.diary?.columns.day)).toEqual([[2, 3, 4], null])
  expect(plain(tables.diary?.columns.severity)).toEqual([[0, 2, 0], [0b010]])
  expect([tables.diary?.rows, tables.diary?.lines, tables.diary?.firstLine]).toEqual([3, null, 3])
  expect(Array.from(tables.subjects?.subject ?? [])).toEqual([1])
  expect(plain(tables.subjects?.columns.arm)).toEqual([[1], null])
  expect(Array.from(tables.subjects?.lines ?? [])).toEqual([4])
  expect(plain(covariates.sites)).toEqual([[8], null])
})

test('all subjects are the dataset itself', () => {
  expect(narrowTo(dataset, 'A', 'D')).toBe(dataset)
})

const plain = (column: Column | undefined) => [
  Array.from(column?.values ?? []),
  column?.valid === null || column === undefined ? null : Array.from(column.valid),
]
