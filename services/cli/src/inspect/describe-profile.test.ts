import type { ColumnProfile, ExportProfile } from '@afferent/records'
import { expect, it } from 'vitest'
import { describeProfile } from './describe-profile.ts'

const column = (name: string, more: Partial<ColumnProfile>): ColumnProfile => ({
  name,
  index: 0,
  type: 'text',
  missing: 0,
  distinct: 1,
  min: null,
  max: null,
  values: [],
  dateOrder: null,
  decimal: null,
  ...more,
})

const profile: ExportProfile = {
  file: 'diary.csv',
  rows: 4152,
  encoding: 'windows-1252',
  encodingReason: 'not valid UTF-8 at byte 5,021',
  delimiter: ';',
  decimal: ',',
  headerLine: 3,
  columns: [
    column('Datum', { type: 'date', dateOrder: 'ambiguous', min: '01.02.2026', max: '12.11.2026', distinct: 1000 }),
    column('Kopfschmerz', { type: 'yes-no', missing: 12, distinct: 2, values: [{ value: 'nein', count: 3000 }] }),
  ],
}

it('tells encoding with its reason, delimiter, and per column type, gaps, range and frequent values', () => {
  expect(describeProfile(profile).split('\n')).toEqual([
    'diary.csv: 4,152 rows, 2 columns',
    'encoding   windows-1252 (not valid UTF-8 at byte 5,021)',
    'delimiter  semicolon, decimal comma, header in line 3',
    '',
    'column       type                        missing  distinct        from          to  most frequent',
    'Datum        date (day or month first?)        0    1,000+  01.02.2026  12.11.2026',
    'Kopfschmerz  yes-no                           12         2                          nein (3,000)',
    '',
  ])
})

it('shows no control character of the file to the terminal, and no value in full length', () => {
  const hostile = column('a\u001b[2Jb', { values: [{ value: 'x'.repeat(500), count: 1 }] })
  const text = describeProfile({ ...profile, file: 'x\u202e.csv', columns: [hostile] })
  expect(text).not.toContain('\u001b')
  expect(text).not.toContain('\u202e')
  expect(text).toContain(`${'x'.repeat(21)}... (1)`)
})
