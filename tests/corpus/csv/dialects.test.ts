import { describe, expect, test } from 'vitest'
import { type Asked, type Cell, readExport } from './read-export.ts'

const text = { kind: 'text' } as const
const date = { kind: 'date', order: null } as const
const decimal = { kind: 'number', integer: false, min: null, max: null, divisor: 1, decimal: null } as const
const instant = { kind: 'instant', order: null, dateOnly: true, epoch: null } as const

const utf8 = (content: string): Uint8Array => new TextEncoder().encode(content)
const latin = (content: string): Uint8Array => Uint8Array.from([...content].map((c) => c.charCodeAt(0)))

function utf16(content: string, bigEndian: boolean, mark: boolean): Uint8Array {
  const all = (mark ? '\uFEFF' : '') + content
  const view = new DataView(new ArrayBuffer(all.length * 2))
  for (let i = 0; i < all.length; i++) view.setUint16(i * 2, all.charCodeAt(i), !bigEndian)
  return new Uint8Array(view.buffer)
}

const column = async (
  bytes: Uint8Array,
  type: Asked['columns'][string],
  name = 'x',
): Promise<readonly Cell[] | undefined> =>
  (await readExport(bytes, { columns: { id: text, [name]: type } })).read?.columns[name]

const TABLE = 'id,name\n1,Zoë\n2,"a ""b"", c\nd"\n3,中国人\n4,😀\n'
const NAMES = ['Zoë', 'a "b", c\nd', '中国人', '😀']

describe('one table, written in many ways, is one table', () => {
  const forms: readonly [string, Uint8Array, string][] = [
    ['UTF-8', utf8(TABLE), 'utf-8'],
    ['UTF-8 with a byte-order mark', utf8(`\uFEFF${TABLE}`), 'utf-8'],
    ['UTF-16LE with a mark', utf16(TABLE, false, true), 'utf-16le'],
    ['UTF-16BE with a mark', utf16(TABLE, true, true), 'utf-16be'],
    ['CRLF', utf8(TABLE.replaceAll('\n', '\r\n').replace('c\r\n', 'c\n')), 'utf-8'],
    ['bare CR', utf8(TABLE.replaceAll('\n', '\r').replace('c\r', 'c\n')), 'utf-8'],
    ['no line end at the end', utf8(TABLE.trimEnd()), 'utf-8'],
    ['semicolons', utf8(TABLE.replaceAll(',', ';').replace('; c', ', c')), 'utf-8'],
    ['tabs', utf8(TABLE.replaceAll(',', '\t').replace('\t c', ', c')), 'utf-8'],
    ['pipes', utf8(TABLE.replaceAll(',', '|').replace('| c', ', c')), 'utf-8'],
    ['everything quoted', utf8(TABLE.replace(/^(\w+),([^"\n]+)$/gm, '"$1","$2"')), 'utf-8'],
  ]
  test.each(forms)('%s', async (_, bytes, encoding) => {
    const { read, findings } = await readExport(bytes, { columns: { id: text, name: text } })
    expect(findings).toEqual([])
    expect(read?.columns).toEqual({ id: ['1', '2', '3', '4'], name: NAMES })
    expect(read?.lines).toEqual([2, 3, 5, 6])
    expect(read?.dialect.encoding).toBe(encoding)
  })

  test('UTF-16 without a mark is known by its NULs', async () => {
    for (const bigEndian of [false, true]) {
      const { read } = await readExport(utf16('id;name\n1;Zoë\n2;Ann\n', bigEndian, false), { columns: { name: text } })
      expect(read?.columns.name).toEqual(['Zoë', 'Ann'])
    }
  })

  test('eleven forms were read', () => expect(forms.length).toBe(11))
})

describe('Windows-1252', () => {
  test('is what a file is that is not UTF-8, and the byte that tells is named', async () => {
    const { read, findings } = await readExport(latin('id,preis\n1,5 \x80 \x84x\x94\n'), { columns: { preis: text } })
    expect(read?.columns.preis).toEqual(['5 € „x”'])
    expect(findings).toEqual(['0 file-encoding (decoded as Windows-1252 (not valid UTF-8 at byte 13))'])
  })

  test('is decided by the last byte of a large file as well as by the first, for the whole file', async () => {
    const rows = Array.from({ length: 150_000 }, (_, i) => `${i},abcdefgh`)
    const bytes = latin(`id,name\n0,M\xc3\xbcller\n${rows.join('\n')}\n1,M\xfcller`)
    for (const threads of [1, 3]) {
      const { read, findings } = await readExport(bytes, { columns: { name: text }, threads, minRangeBytes: 1 << 18 })
      const at = (bytes.length - 5).toLocaleString('en-US')
      expect(findings).toEqual([`0 file-encoding (decoded as Windows-1252 (not valid UTF-8 at byte ${at}))`])
      expect([read?.columns.name[0], read?.columns.name.at(-1)]).toEqual(['MÃ¼ller', 'Müller'])
      expect(read?.dialect.encoding).toBe('windows-1252')
    }
  })
})

describe('the header', () => {
  const preamble = '"Date","Time Period"\n"none",""\n\n"#","Started","Notes"\n"1","a","b"\n'
  test('is found by the names that are wanted, also below another table', async () => {
    const { read } = await readExport(utf8(preamble), { columns: { Started: text } })
    expect(read).toMatchObject({ columns: { Started: ['a'] }, lines: [5], dialect: { headerLine: 4 } })
  })

  test('may be declared, and records after it left out (Qualtrics)', async () => {
    const content = 'remark\nid,x\n"Question, \none","two"\n{ImportId},{}\n7,8\n'
    const options = { headerLine: 2, skipAfterHeader: 2, delimiter: ',' } as const
    const { read } = await readExport(utf8(content), { columns: { id: text, x: text }, options })
    expect(read).toMatchObject({ columns: { id: ['7'], x: ['8'] }, lines: [6] })
  })

  test('without a wanted column names it, and a near one', async () => {
    const { findings } = await readExport(utf8('ID,pain_avg\n1,2\n'), { columns: { ID: text, 'Pain avg': text } })
    expect(findings).toEqual(['1 column-missing Pain avg (did you mean "pain_avg"?)'])
  })

  test('may hold a name twice unless it is wanted', async () => {
    const bytes = utf8('a,b,b\n1,2,3\n')
    expect((await readExport(bytes, { columns: { a: text } })).read?.rows).toBe(1)
    expect((await readExport(bytes, { columns: { b: text } })).findings).toEqual([
      '1 column-duplicate b (it stands 2 times)',
    ])
  })

  test('without any delimiter is refused when more than one column is wanted', async () => {
    const { findings } = await readExport(utf8('id name\n1 2\n'), { columns: { id: text, name: text } })
    expect(findings).toEqual(['1 file-delimiter'])
  })

  test('of one column is fine', async () => {
    expect((await readExport(utf8('value\n01\n002\n'), { columns: { value: text } })).read?.columns.value).toEqual([
      '01',
      '002',
    ])
  })
})

describe('numbers', () => {
  test('with decimal commas are known per column: another column of the file may have points', async () => {
    const bytes = utf8('id;x;y\n1;1,54;22.1\n2;0,5;3\n3;7;-1.25\n')
    const { read, findings } = await readExport(bytes, { columns: { x: decimal, y: decimal } })
    expect(read?.columns).toEqual({ x: [1.54, 0.5, 7], y: [22.1, 3, -1.25] })
    expect(findings).toEqual([])
  })

  test('1.234 alone may be 1234: refused, never guessed', async () => {
    const { read, findings } = await readExport(utf8('id,x\n1,23.824\n2,17\n'), { columns: { x: decimal } })
    expect(findings).toEqual(['2 number-thousands x="23.824"'])
    expect(read?.columns.x).toEqual([null, 17])
  })

  test('1.234 beside 0.5 is a decimal number', async () => {
    expect(await column(utf8('id,x\n1,1.234\n2,0.5\n'), decimal)).toEqual([1.234, 0.5])
  })

  test('1,234 beside 0.5 has a separator of thousands', async () => {
    const { findings } = await readExport(utf8('id,x\n1,"1,234"\n2,0.5\n3,"1,234.5"\n4,1 234\n'), {
      columns: { x: decimal },
    })
    expect(findings).toEqual([
      '2 number-thousands x="1,234"',
      '4 number-thousands x="1,234.5"',
      '5 number-thousands x="1 234"',
    ])
  })

  test('a column with both decimal marks is refused cell by cell', async () => {
    const { findings } = await readExport(utf8('id;x\n1;1,5\n2;2.5\n3;4\n'), { columns: { x: decimal } })
    const detail = '(the column holds decimal points and decimal commas)'
    expect(findings).toEqual([`2 value-type x="1,5" ${detail}`, `3 value-type x="2.5" ${detail}`])
  })
})

describe('dates', () => {
  test('in day-month order are known by one day above 12, be it in the last of many rows', async () => {
    const rows = Array.from({ length: 30_000 }, () => '1,03/04/2024')
    const bytes = utf8(`id,x\n${rows.join('\n')}\n1,13/04/2024\n`)
    const { read, findings } = await readExport(bytes, { columns: { x: date }, threads: 2, minRangeBytes: 1 << 16 })
    expect(findings).toEqual([])
    expect([read?.columns.x[0], read?.columns.x.at(-1)]).toEqual(['2024-04-03', '2024-04-13'])
  })

  test('in month-day order are known by one second part above 12', async () => {
    expect(await column(utf8('id,x\n1,3/4/24\n2,12/31/68\n3,1-2-69\n'), date)).toEqual([
      '2024-03-04',
      '2068-12-31',
      '1969-01-02',
    ])
  })

  test('that all fit both orders ask for a declaration', async () => {
    const { findings } = await readExport(utf8('id,x\n1,03.04.2024\n2,05.06.2024\n'), { columns: { x: date } })
    expect(findings).toEqual(['0 date-ambiguous x (2 dates, all fit both 03/04 = 3 April and 03/04 = 4 March)'])
  })

  test('of both orders in one column are refused cell by cell', async () => {
    const { findings } = await readExport(utf8('id,x\n1,13/04/2024\n2,04/13/2024\n3,2024-04-13\n'), {
      columns: { x: date },
    })
    const detail = '(the column holds day-month and month-day dates)'
    expect(findings).toEqual([`2 date-invalid x="13/04/2024" ${detail}`, `3 date-invalid x="04/13/2024" ${detail}`])
  })

  test('with the year first or a month name need no order', async () => {
    const bytes = utf8(
      'id,x\n1,2024/03/04\n2,20240305\n3,6 Mar 2024\n4,7-MAR-24\n5,8th March 2024\n6,2024-03-09 23:10\n',
    )
    expect(await column(bytes, date)).toEqual([
      '2024-03-04',
      '2024-03-05',
      '2024-03-06',
      '2024-03-07',
      '2024-03-08',
      '2024-03-09',
    ])
  })

  test('that do not exist are findings', async () => {
    const { findings } = await readExport(utf8('id,x\n1,2023-02-29\n2,2024-04-31\n3,31/02/2024\n4,soon\n'), {
      columns: { x: date },
    })
    expect(findings).toEqual(
      ['2023-02-29', '2024-04-31', '31/02/2024', 'soon'].map((value, i) => `${i + 2} date-invalid x="${value}"`),
    )
  })

  test('declared day-month are read so, and a month above 12 is a finding', async () => {
    const { read, findings } = await readExport(utf8('id,x\n1,03/04/2024\n2,04/13/2024\n'), {
      columns: { x: { kind: 'date', order: 'dmy' } },
    })
    expect(read?.columns.x).toEqual(['2024-04-03', null])
    expect(findings).toEqual(['3 date-invalid x="04/13/2024"'])
  })
})

describe('instants', () => {
  test('keep the clock on the wall and the offset apart', async () => {
    const bytes = utf8(
      'id,x\n1,2020-01-01T15:00:00Z\n2,2020-01-01T15:00:00+03:00\n3,2022-05-25 10.39.15\n4,2024-03-01 11:05 PM\n5,2024-03-01\n6,2024-03-01T1:02:03.0456-0530\n',
    )
    expect(await column(bytes, instant)).toEqual([
      '2020-01-01T15:00:00.000 Z',
      '2020-01-01T15:00:00.000 180',
      '2022-05-25T10:39:15.000',
      '2024-03-01T23:05:00.000',
      '2024-03-01T00:00:00.000',
      '2024-03-01T01:02:03.045 -330',
    ])
  })

  test('as Unix seconds are read only where declared', async () => {
    const bytes = utf8('id,x\n1,1700000000\n')
    expect(await column(bytes, { ...instant, epoch: 'seconds' })).toEqual(['2023-11-14T22:13:20.000 Z'])
    expect((await readExport(bytes, { columns: { x: instant } })).findings).toEqual(['2 date-invalid x="1700000000"'])
  })

  test('without a time of day are findings where a time is needed', async () => {
    const { findings } = await readExport(utf8('id,x\n1,2024-03-01\n2,2024-03-01 24:10\n'), {
      columns: { x: { ...instant, dateOnly: false } },
    })
    expect(findings).toEqual([
      '2 date-invalid x="2024-03-01" (a time of day is expected)',
      '3 date-invalid x="2024-03-01 24:10"',
    ])
  })
})

describe('other cells', () => {
  test('durations are read in the forms of diary apps, in the unit of the column', async () => {
    const bytes = utf8('id,x\n1,01h 00m\n2,1d 02h 15m\n3,2:30\n4,90\n5,\n')
    expect(await column(bytes, { kind: 'duration', unit: 'minutes' })).toEqual([60, 1575, 150, 90, null])
    expect(await column(bytes, { kind: 'duration', unit: 'hours' })).toEqual([1, 26.25, 2.5, 90, null])
  })

  test('flags are words or counts', async () => {
    const bytes = utf8('id,x\n1,Yes\n2,n\n3,0\n4,3\n5,TRUE\n6,\n7,maybe\n')
    expect(await column(bytes, { kind: 'flag' })).toEqual([1, 0, 0, 1, 1, null, null])
  })

  test('missing values are compared exactly after trimming, numbers among them', async () => {
    const { read, findings } = await readExport(utf8('id,x\n1, NA \n2,99\n3,9\n4,na\n'), {
      columns: { x: decimal },
      missing: ['NA', '99'],
    })
    expect(read?.columns.x).toEqual([null, null, 9, null])
    expect(findings).toEqual(['5 value-type x="na" (a number is expected)'])
  })

  test('outside their range say what was expected', async () => {
    const nrs = { kind: 'number', integer: true, min: 0, max: 10, divisor: 1, decimal: null } as const
    const { findings } = await readExport(utf8('id,x\n1,11\n2,5.5\n3,-1\n'), { columns: { x: nrs } })
    const detail = '(a whole number from 0 to 10 is expected)'
    expect(findings).toEqual([
      `2 out-of-range x="11" ${detail}`,
      `3 out-of-range x="5.5" ${detail}`,
      `4 out-of-range x="-1" ${detail}`,
    ])
  })

  test('are looked at with their findings on all columns, not only the first', async () => {
    const { findings } = await readExport(utf8('id,x,y\n1,a,b\n'), { columns: { x: decimal, y: date } })
    expect(findings).toEqual(['2 value-type x="a" (a number is expected)', '2 date-invalid y="b"'])
  })
})
