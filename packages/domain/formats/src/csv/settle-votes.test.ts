import { findingAt } from '@afferent/records'
import { describe, expect, test } from 'vitest'
import type { CellType, ColumnVotes } from './request.ts'
import { settleVotes } from './settle-votes.ts'

const NONE: ColumnVotes = { dayFirst: 0, monthFirst: 0, either: 0, point: 0, pointEither: 0, comma: 0, commaEither: 0 }
const date: CellType = { kind: 'date', order: null }
const number: CellType = { kind: 'number', integer: false, min: null, max: null, divisor: 1, decimal: null }

function settle(type: CellType, ...votes: readonly Partial<ColumnVotes>[]) {
  const request = { column: 0, name: 'x', type, missing: [], required: false }
  const { requests, again, findings } = settleVotes(
    [request],
    votes.map((vote) => ({ votes: [{ ...NONE, ...vote }] })),
  )
  const decided = requests[0].type
  const answer = decided.kind === 'date' ? decided.order : decided.kind === 'number' ? decided.decimal : null
  return { answer, again, says: findings.count > 0 ? findingAt(findings, 0).rule : null }
}

describe('votes', () => {
  test('on dates: one order seen anywhere decides the column and it is read again', () => {
    expect(settle(date, { either: 9 }, { dayFirst: 1 })).toEqual({ answer: 'dmy', again: true, says: null })
    expect(settle(date, { monthFirst: 2 }, { either: 9 })).toEqual({ answer: 'mdy', again: true, says: null })
    expect(settle(date, { monthFirst: 1 }, { dayFirst: 1 })).toEqual({ answer: 'mixed', again: true, says: null })
    expect(settle(date, { either: 9 })).toEqual({ answer: null, again: false, says: 'date-ambiguous' })
    expect(settle(date, {})).toEqual({ answer: null, again: false, says: null })
  })

  test('on decimals: what was read stands where one mark is certain', () => {
    for (const vote of [{}, { point: 1, pointEither: 5 }, { comma: 1, commaEither: 5 }]) {
      expect(settle(number, vote)).toEqual({ answer: null, again: false, says: null })
    }
  })

  test('on decimals: doubt is read again, with a verdict that makes findings', () => {
    expect(settle(number, { pointEither: 1 }).answer).toBe('thousands')
    expect(settle(number, { commaEither: 1 }, { pointEither: 1 }).answer).toBe('thousands')
    expect(settle(number, { point: 1 }, { commaEither: 1 }).answer).toBe('.')
    expect(settle(number, { comma: 1 }, { pointEither: 1 }).answer).toBe(',')
    expect(settle(number, { comma: 1 }, { point: 1 }).answer).toBe('mixed')
  })

  test('on what is declared do not count', () => {
    expect(settle({ ...number, decimal: ',' }, { point: 3 }).again).toBe(false)
    expect(settle({ kind: 'date', order: 'dmy' }, { monthFirst: 3 }).again).toBe(false)
  })
})
