import { expect, it } from 'vitest'
import { printable } from './printable.ts'
import { textTable } from './text-table.ts'

it('sets texts to the left, numbers to the right, and ends no line in blanks', () => {
  const columns = [{ title: 'arm' }, { title: 'n', align: 'right' as const }, { title: 'note' }]
  const rows = [
    ['active', '104', ''],
    ['sham', '7', 'small'],
  ]
  expect(textTable(columns, rows)).toBe('arm       n  note\nactive  104\nsham      7  small\n')
})

it('does not count colours as width', () => {
  expect(textTable([{ title: 'a' }, { title: 'b' }], [['\u001b[31mok\u001b[39m', 'x']])).toBe(
    'a   b\n\u001b[31mok\u001b[39m  x\n',
  )
})

it('shows a file name that would move the cursor or turn the reading direction as what it is', () => {
  expect(printable('diary\n2.csv')).toBe('diary\\u{a}2.csv')
  expect(printable('diary\u202evsc.exe')).toBe('diary\\u{202e}vsc.exe')
  expect(printable('\u001b[2Jtagebuch-Müller 日記.csv')).toBe('\\u{1b}[2Jtagebuch-Müller 日記.csv')
})
