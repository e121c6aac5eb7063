import { HASH_PRIME, HASH_SEED } from './byte-interner.ts'
import { CR, cellEnds, DIGIT, LF, MAX_CELL_BYTES, NUL, QUOTE, SPACE } from './bytes.ts'
import { FAULT, MISSING, trimEnd, trimStart, VALUE } from './cell-decoder.ts'
import type { GrowingRows } from './growing-rows.ts'
import { planRow, type RowPlan } from './plan-row.ts'
import { daysOf } from './read-date.ts'
import { NO_OFFSET, UTC_ALONE } from './read-instant.ts'
import type { RecordBuffer } from './record-buffer.ts'

/** Reads plain records: most records of most files. What it cannot read it leaves to the general way, cell by cell or whole. */
export class PlainRowReader {
  readonly plan: RowPlan
  private readonly rows: GrowingRows
  private readonly buffer: RecordBuffer
  private readonly delimiter: number
  private readonly ends: Uint8Array
  // Bytes of the unquoted cell a text column held last, in its interner's arena: the next row often holds it again.
  private readonly lastArena: Uint8Array[]
  private readonly lastStart: Int32Array
  private readonly lastLength: Int32Array
  private readonly lastCode: Int32Array

  constructor(rows: GrowingRows, buffer: RecordBuffer, width: number, delimiter: number) {
    const n = rows.slots.length
    this.rows = rows
    this.buffer = buffer
    this.delimiter = delimiter
    this.ends = cellEnds(delimiter)
    this.plan = planRow(width, rows.slots, delimiter)
    this.lastArena = rows.slots.map((slot) => slot.interner.arena)
    this.lastStart = new Int32Array(n)
    this.lastLength = new Int32Array(n)
    this.lastCode = new Int32Array(n)
  }

  /**
   * The hot loop: cells of one record without line ends inside quotes, without faults, of the right number. Returns where its
   * line ends; -1: it is something else. Tight on purpose: no strings, no objects, no calls for plain cells; the numbers of
   * the cases are the actions of plan-row.ts, as literals, because only these become a jump table.
   */
  read(start: number, row: number): number {
    const buf = this.buffer.bytes
    const { action, slot, low, high, divisor, mark, votes, single } = this.plan
    const { ends, delimiter, lastArena, lastStart, lastLength, lastCode, rows } = this
    const { pending, u8, i16, i32, f64, offsets } = rows
    const digit = DIGIT
    const lf = LF
    const cr = CR
    const quote = QUOTE
    const monthStart = MONTH_START
    const firstYear = FIRST_YEAR
    const lastMonth = monthStart.length - 1
    const noOffset = NO_OFFSET
    const utcAlone = UTC_ALONE
    const last = action.length - 1
    let p = start
    rows.pendingVotes = 0
    let column = 0
    for (;;) {
      const k = slot[column]
      const at = p
      // A quoted cell is decoded like any other and must end at its closing quote.
      let quoted = buf[p] === quote
      if (quoted) p++
      switch (action[column]) {
        case 0 /* SKIP */:
          if (quoted) p = this.skipQuoted(at)
          else while (ends[buf[p]] === 0) p++
          quoted = false
          break
        case 1 /* TEXT */:
          {
            const arena = lastArena[k]
            const from = lastStart[k]
            const length = lastLength[k]
            let i = 0
            while (i < length && buf[p + i] === arena[from + i]) i++
            if (i > 0 && i === length && ends[buf[p + i]] !== 0) {
              i32[k][row] = lastCode[k]
              p += length
            } else {
              p = quoted ? this.quotedText(k, row, at) : this.textCell(k, row, at)
              quoted = false
            }
            break
          }
        case 2 /* BYTE */:
          {
            const value = single[(k << 8) | buf[p]]
            if (value >= 0 && ends[buf[p + 1]] !== 0) {
              u8[k][row] = value
              p++
            } else {
              p = this.otherCell(k, row, at)
              quoted = false
            }
            break
          }
        case 3 /* WHOLE_U8 */:
        case 4 /* WHOLE_I16 */:
          {
            let value = digit[buf[p]]
            const none = value > 9
            if (value < 10) {
              let d = digit[buf[++p]]
              while (d < 10) {
                value = value * 10 + d
                d = digit[buf[++p]]
              }
            }
            if (value >= low[k] && value <= high[k] && !none && ends[buf[p]] !== 0) {
              if (action[column] === 3) u8[k][row] = value
              else i16[k][row] = value
            } else {
              p = this.otherCell(k, row, at)
              quoted = false
            }
            break
          }
        case 5 /* NUMBER */:
          {
            const from = p
            let value = 0
            let d = digit[buf[p]]
            while (d < 10) {
              value = value * 10 + d
              d = digit[buf[++p]]
            }
            const whole = p - from
            let fraction = 0
            let scale = 1
            if (buf[p] === mark[k]) {
              d = digit[buf[++p]]
              while (d < 10) {
                value = value * 10 + d
                scale *= 10
                fraction++
                d = digit[buf[++p]]
              }
              if (fraction === 0) fraction = 16
            }
            // Up to 15 digits value and scale are exact, so their quotient is the double nearest to the text.
            if (whole > 0 && whole + fraction <= 15 && ends[buf[p]] !== 0) {
              const number = value / scale
              if (number >= low[k] && number <= high[k]) {
                f64[k][row] = number / divisor[k]
                if (fraction > 0 && votes[k] === 1) {
                  const either = fraction === 3 && whole <= 3 && buf[from] !== 48
                  pending[rows.pendingVotes++] = (k << 3) | (either ? 5 : 4)
                }
                break
              }
            }
            p = this.otherCell(k, row, at)
            quoted = false
            break
          }
        case 6 /* DATE */:
        case 8 /* INSTANT */:
          {
            const y1 = digit[buf[p]]
            const y2 = digit[buf[p + 1]]
            const y3 = digit[buf[p + 2]]
            const y4 = digit[buf[p + 3]]
            const m1 = digit[buf[p + 5]]
            const m2 = digit[buf[p + 6]]
            const d1 = digit[buf[p + 8]]
            const d2 = digit[buf[p + 9]]
            const isDate = (y1 | y2 | y3 | y4 | m1 | m2 | d1 | d2) < 16 && buf[p + 4] === 45 && buf[p + 7] === 45
            const day = d1 * 10 + d2
            const month = (((y1 * 10 + y2) * 10 + y3) * 10 + y4 - firstYear) * 12 + m1 * 10 + m2 - 1
            const known = isDate && month >= 0 && month < lastMonth && (m1 | m2) > 0 && m1 * 10 + m2 <= 12
            if (known && day >= 1 && day <= monthStart[month + 1] - monthStart[month]) {
              const days = monthStart[month] + day - 1
              p += 10
              if (action[column] === 6 && ends[buf[p]] !== 0) {
                i32[k][row] = days
                break
              }
              const h1 = digit[buf[p + 1]]
              const h2 = digit[buf[p + 2]]
              const n1 = digit[buf[p + 4]]
              const n2 = digit[buf[p + 5]]
              const isTime =
                action[column] === 8 &&
                (h1 | h2 | n1 | n2) < 16 &&
                h1 * 10 + h2 < 24 &&
                n1 < 6 &&
                buf[p + 3] === 58 &&
                (buf[p] === 84 || buf[p] === 32)
              if (isTime) {
                let seconds = 0
                let offset: number = noOffset
                p += 6
                if (buf[p] === 58 && digit[buf[p + 1]] < 6 && digit[buf[p + 2]] < 10) {
                  seconds = digit[buf[p + 1]] * 10 + digit[buf[p + 2]]
                  p += 3
                }
                const sign = buf[p]
                if (sign === 90) {
                  offset = utcAlone
                  p++
                } else if ((sign === 43 || sign === 45) && buf[p + 3] === 58) {
                  const o1 = digit[buf[p + 1]]
                  const o2 = digit[buf[p + 2]]
                  const o3 = digit[buf[p + 4]]
                  const o4 = digit[buf[p + 5]]
                  if ((o1 | o2 | o3 | o4) < 16 && o1 * 10 + o2 <= 14 && o3 < 6) {
                    offset = (sign === 45 ? -60 : 60) * (o1 * 10 + o2) + (sign === 45 ? -1 : 1) * (o3 * 10 + o4)
                    p += 6
                  }
                }
                if (ends[buf[p]] !== 0) {
                  f64[k][row] = ((days * 24 + h1 * 10 + h2) * 3600 + (n1 * 10 + n2) * 60 + seconds) * 1000
                  offsets[k][row] = offset
                  break
                }
              }
            }
            p = this.otherCell(k, row, at)
            quoted = false
            break
          }
        default:
          p = this.sharedCell(column, row, at)
          quoted = false
      }
      if (quoted) {
        if (buf[p] === quote) p++
        else p = this.otherCell(k, row, at)
      }
      if (p < 0) return -1
      const c = buf[p]
      if (c !== delimiter) return column === last && (c === lf || c === cr) ? p : -1
      if (column === last) return -1
      column++
      p++
    }
  }

  /** Behind the closing quote of a cell on one line; -1: the record is not plain. */
  private skipQuoted(at: number): number {
    const { bytes } = this.buffer
    let p = at + 1
    for (;;) {
      const c = bytes[p]
      if (c === LF || c === CR || c === NUL) return -1
      if (c === QUOTE) {
        if (bytes[p + 1] !== QUOTE) return p - at > MAX_CELL_BYTES ? -1 : p + 1
        p++
      }
      p++
    }
  }

  /** An unquoted text cell that differs from the one before. */
  private textCell(k: number, row: number, at: number): number {
    const { bytes } = this.buffer
    const { ends } = this
    let hash = HASH_SEED
    let p = at
    while (ends[bytes[p]] === 0) hash = Math.imul(hash ^ bytes[p++], HASH_PRIME)
    return this.takeText(k, row, at, p, hash) ? p : this.otherCell(k, row, at)
  }

  /** The same in quotes, as long as no delimiter and no quote is inside. */
  private quotedText(k: number, row: number, at: number): number {
    const { bytes } = this.buffer
    const { ends } = this
    let hash = HASH_SEED
    let p = at + 1
    while (ends[bytes[p]] === 0) hash = Math.imul(hash ^ bytes[p++], HASH_PRIME)
    const closed = bytes[p] === QUOTE && bytes[p + 1] !== QUOTE
    return closed && this.takeText(k, row, at + 1, p, hash) ? p + 1 : this.otherCell(k, row, at)
  }

  /** False: empty, blank at an end, missing or too long, which `otherCell` judges. */
  private takeText(k: number, row: number, start: number, end: number, hash: number): boolean {
    const { bytes } = this.buffer
    if (start === end || bytes[start] <= SPACE || bytes[end - 1] <= SPACE || end - start > MAX_CELL_BYTES) return false
    const slot = this.rows.slots[k]
    if (slot.lookHashed(bytes, start, end, hash) !== VALUE) return false
    slot.i32[row] = slot.value
    this.lastArena[k] = slot.interner.arena
    this.lastStart[k] = slot.interner.starts[slot.entry]
    this.lastLength[k] = end - start
    this.lastCode[k] = slot.value
    return true
  }

  /** Any cell of a plain record; -1: it needs a finding, or the record is not plain. */
  private otherCell(k: number, row: number, at: number): number {
    const { bytes } = this.buffer
    const slot = this.rows.slots[k]
    const quoted = bytes[at] === QUOTE
    if (!quoted && this.ends[bytes[at]] !== 0 && !slot.request.required) {
      slot.writeMissing(row)
      return at
    }
    const next = quoted ? this.skipQuoted(at) : this.endOfCell(at)
    if (next < 0) return -1
    let start = quoted ? at + 1 : at
    let end = quoted ? next - 1 : next
    if (quoted && hasQuote(bytes, start, end)) return -1
    if (!quoted || slot.request.type.kind !== 'text') {
      start = trimStart(bytes, start, end)
      end = trimEnd(bytes, start, end)
    }
    const status = slot.look(bytes, start, end)
    if (status >= FAULT || (status === MISSING && slot.request.required)) return -1
    if (slot.vote !== 0) this.rows.pending[this.rows.pendingVotes++] = (k << 3) | slot.vote
    slot.write(row)
    return next
  }

  private sharedCell(column: number, row: number, at: number): number {
    const shared = this.plan.shared.get(column)
    if (shared === undefined) return this.otherCell(this.plan.slot[column], row, at)
    let next = -1
    for (const k of shared) {
      next = this.otherCell(k, row, at)
      if (next < 0) return -1
    }
    return next
  }

  private endOfCell(at: number): number {
    const { bytes } = this.buffer
    let p = at
    while (this.ends[bytes[p]] === 0) p++
    return p - at > MAX_CELL_BYTES ? -1 : p
  }
}

/** First days of the months of 1900 to 2199, which the row loop knows by heart, as days since 1970-01-01. */
const FIRST_YEAR = 1900
const LAST_MONTH = 300 * 12
const MONTH_START = Int32Array.from({ length: LAST_MONTH + 1 }, (_, i) =>
  daysOf(FIRST_YEAR + Math.floor(i / 12), (i % 12) + 1, 1),
)

function hasQuote(bytes: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end; p++) if (bytes[p] === QUOTE) return true
  return false
}
