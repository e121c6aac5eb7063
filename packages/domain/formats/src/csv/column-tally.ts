import { type ColumnProfile, compareBytes } from '@afferent/records'
import { ByteInterner, hashBytes } from './byte-interner.ts'
import { textOf } from './bytes.ts'
import type { Encoding } from './dialect.ts'
import { DATE_BAD, DATE_OK, DateReader } from './read-date.ts'
import { InstantReader } from './read-instant.ts'
import {
  NO_MARK,
  NUMBER_OK,
  NumberReader,
  WITH_COMMA,
  WITH_COMMA_EITHER,
  WITH_POINT,
  WITH_POINT_EITHER,
} from './read-number.ts'

const MAX_DISTINCT = 1000
const MAX_SHOWN = 20
/** Longer cells are text, whatever they hold. */
const MAX_TYPED_BYTES = 64
/** Of a lowest or highest text. */
const MAX_TEXT_BYTES = 200

/** Texts that exports write where a number or a date is missing. */
const TOKENS = new Set([
  'NA',
  'N/A',
  'n/a',
  'na',
  'NaN',
  'nan',
  'NULL',
  'null',
  'None',
  '\\N',
  '.',
  '-',
  '#N/A',
  'missing',
])

const FLAGS = new Set(['y', 'n', 'yes', 'no', 't', 'f', 'true', 'false'])

const TOKEN_STARTS = new Set([...TOKENS].map((token) => token.charCodeAt(0)))

class Extremes {
  min = Number.POSITIVE_INFINITY
  max = Number.NEGATIVE_INFINITY
  minText: string | null = null
  maxText: string | null = null
  fits = true

  add(value: number, text: () => string): void {
    if (value < this.min) {
      this.min = value
      this.minText = text()
    }
    if (value > this.max) {
      this.max = value
      this.maxText = text()
    }
  }
}

/**
 * What one column of an unknown export holds, cell by cell, in bounded memory. Every type is tried until a cell
 * contradicts it; each distinct text is tried once.
 */
export class ColumnTally {
  private readonly encoding: Encoding
  private readonly interner = new ByteInterner()
  private readonly counts: number[] = []
  private readonly tokens = new Map<string, number>()
  private readonly numbers = new Extremes()
  private readonly dayFirst = new Extremes()
  private readonly monthFirst = new Extremes()
  private readonly marks = new Set<number>()
  private readonly number = new NumberReader()
  private readonly date = new DateReader()
  private readonly instant = new InstantReader()
  private empty = 0
  private seen = 0
  private beyond = 0
  private flags = true
  private integers = true
  private anyTime = false
  private orderMatters = false
  private onlyDayFirst = false
  private onlyMonthFirst = false
  private lowest: Uint8Array | null = null
  private highest: Uint8Array | null = null

  constructor(encoding: Encoding) {
    this.encoding = encoding
  }

  addEmpty(): void {
    this.empty++
  }

  /** A cell without blanks around it, not empty. */
  add(buf: Uint8Array, start: number, end: number): void {
    const hash = hashBytes(buf, start, end)
    const known = this.interner.find(buf, start, end, hash)
    if (known >= 0) {
      this.counts[known]++
      return
    }
    if (end - start <= 7 && TOKEN_STARTS.has(buf[start]) && this.addToken(textOf(buf, start, end, 'utf-8'))) return
    this.seen++
    if (this.interner.count < MAX_DISTINCT) {
      this.interner.add(buf, start, end, hash)
      this.counts.push(1)
    } else this.beyond++
    this.classify(buf, start, end)
  }

  private addToken(text: string): boolean {
    if (!TOKENS.has(text)) return false
    this.tokens.set(text, (this.tokens.get(text) ?? 0) + 1)
    return true
  }

  private classify(buf: Uint8Array, start: number, end: number): void {
    const short = end - start <= MAX_TYPED_BYTES
    const decode = (): string => this.text(buf, start, end)
    if (short && this.numbers.fits) this.tryNumber(buf, start, end, decode)
    else this.numbers.fits = false
    if (short && (this.dayFirst.fits || this.monthFirst.fits)) this.tryDate(buf, start, end, decode)
    else {
      this.dayFirst.fits = false
      this.monthFirst.fits = false
    }
    if (this.flags && !(end - start <= 5 && FLAGS.has(decode().toLowerCase()))) this.flags = false
    if (!this.numbers.fits && !this.isDate()) this.addText(buf.subarray(start, Math.min(end, start + MAX_TEXT_BYTES)))
  }

  private text(buf: Uint8Array, start: number, end: number): string {
    return textOf(buf, start, end, this.encoding)
  }

  /** Byte order of the cells is that of their texts; in Windows-1252 as far as ASCII goes. */
  private addText(cell: Uint8Array): void {
    if (this.lowest === null || before(cell, this.lowest)) this.lowest = cell.slice()
    if (this.highest === null || before(this.highest, cell)) this.highest = cell.slice()
  }

  private tryNumber(buf: Uint8Array, start: number, end: number, text: () => string): void {
    const padded = end - start > 1 && buf[start] === 48 && buf[start + 1] >= 48 && buf[start + 1] <= 57
    if (padded || this.number.read(buf, start, end, null) !== NUMBER_OK) {
      this.numbers.fits = false
      return
    }
    const { value, mark } = this.number
    if (mark !== NO_MARK) this.marks.add(mark)
    if (mark !== NO_MARK || !Number.isSafeInteger(value)) this.integers = false
    this.numbers.add(value, text)
  }

  private tryDate(buf: Uint8Array, start: number, end: number, text: () => string): void {
    const yearFirst = this.date.read(buf, start, end, 'iso') === DATE_OK
    const ok = this.tryOrder(buf, start, end, 'dmy', this.dayFirst, text)
    const swapped = this.tryOrder(buf, start, end, 'mdy', this.monthFirst, text)
    if (!ok && !swapped) {
      this.dayFirst.fits = false
      this.monthFirst.fits = false
    }
    if (yearFirst) return
    this.orderMatters = true
    if (ok && !swapped) this.onlyDayFirst = true
    if (swapped && !ok) this.onlyMonthFirst = true
  }

  /** Whether the cell is a date in this order; the extremes of the order go with it. */
  private tryOrder(
    buf: Uint8Array,
    start: number,
    end: number,
    order: 'dmy' | 'mdy',
    extremes: Extremes,
    text: () => string,
  ): boolean {
    const ok = this.instant.read(buf, start, end, order) !== DATE_BAD
    if (!ok) return false
    if (this.instant.timed) this.anyTime = true
    extremes.add(this.instant.wall, text)
    return true
  }

  private isDate(): boolean {
    return this.seen > 0 && this.dayFirst.fits && this.monthFirst.fits
  }

  /** Whether tokens such as NA are missing values here: all else is numbers, dates or yes and no. */
  get usedTokens(): readonly string[] {
    const type = this.type()
    return type === 'text' || type === 'empty' ? [] : [...this.tokens.keys()]
  }

  finish(name: string, index: number, tokens: ReadonlySet<string>): ColumnProfile {
    const kept = [...this.tokens].filter(([text]) => !tokens.has(text))
    const type = kept.length > 0 && this.seen === 0 ? 'text' : this.type()
    const absent = [...this.tokens].filter(([text]) => tokens.has(text)).reduce((sum, [, count]) => sum + count, 0)
    return {
      name,
      index,
      type,
      missing: this.empty + absent,
      distinct: Math.min(MAX_DISTINCT, this.interner.count + this.beyond + kept.length),
      ...this.extremes(type),
      values: this.frequent(kept),
      dateOrder: type === 'date' || type === 'instant' ? this.order() : null,
      decimal: type === 'number' ? this.decimal() : null,
    }
  }

  private type(): ColumnProfile['type'] {
    if (this.seen === 0) return 'empty'
    if (this.flags || this.isZeroOne()) return 'yes-no'
    if (this.numbers.fits) return this.integers ? 'integer' : 'number'
    if (this.isDate()) return this.anyTime ? 'instant' : 'date'
    return 'text'
  }

  private isZeroOne(): boolean {
    const texts = Array.from({ length: Math.min(3, this.interner.count) }, (_, i) => this.interner.text(i, 'utf-8'))
    return texts.length === 2 && texts.includes('0') && texts.includes('1')
  }

  private order(): ColumnProfile['dateOrder'] {
    if (!this.orderMatters) return 'iso'
    if (this.onlyDayFirst === this.onlyMonthFirst) return 'ambiguous'
    return this.onlyDayFirst ? 'dmy' : 'mdy'
  }

  private decimal(): '.' | ',' | null {
    const point = this.marks.has(WITH_POINT)
    const comma = this.marks.has(WITH_COMMA)
    if (point !== comma) return point ? '.' : ','
    if (point || this.marks.has(WITH_POINT_EITHER) || this.marks.has(WITH_COMMA_EITHER)) return null
    return '.'
  }

  private extremes(type: ColumnProfile['type']): { min: string | null; max: string | null } {
    if (type === 'integer' || type === 'number') return { min: this.numbers.minText, max: this.numbers.maxText }
    if (type === 'date' || type === 'instant') {
      const { minText, maxText } = this.order() === 'mdy' ? this.monthFirst : this.dayFirst
      return { min: minText, max: maxText }
    }
    const texts = Array.from({ length: this.interner.count }, (_, i) => this.interner.text(i, this.encoding)).sort(
      compareBytes,
    )
    const beyond = [this.lowest, this.highest].map((cell) => cell && this.text(cell, 0, cell.length))
    const low = [texts[0], beyond[0]].filter((text) => text != null).sort(compareBytes)
    const high = [texts.at(-1), beyond[1]].filter((text) => text != null).sort(compareBytes)
    return { min: low[0] ?? null, max: high.at(-1) ?? null }
  }

  private frequent(kept: readonly (readonly [string, number])[]): ColumnProfile['values'] {
    const all = this.counts.map((count, i) => ({ value: this.interner.text(i, this.encoding), count }))
    for (const [value, count] of kept) all.push({ value, count })
    return all.sort((a, b) => b.count - a.count || compareBytes(a.value, b.value)).slice(0, MAX_SHOWN)
  }
}

function before(a: Uint8Array, b: Uint8Array): boolean {
  const n = Math.min(a.length, b.length)
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return a[i] < b[i]
  return a.length < b.length
}
