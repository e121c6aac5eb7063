import { CR, DIGIT, LF, QUOTE } from './bytes.ts'
import { BYTE, DATE, FLAG, INSTANT, NUMBER, type RowPlan, SKIP, TEXT, WHOLE_I16, WHOLE_U8 } from './plan-row.ts'
import { daysOf } from './read-date.ts'
import { NO_OFFSET, UTC_ALONE } from './read-instant.ts'
import type { BitPlace } from './request.ts'

/** First days of the months of 1900 to 2199, which the loop knows by heart, as days since 1970-01-01. */
const FIRST_YEAR = 1900
const MONTHS = 300 * 12
const MONTH_START = Int32Array.from({ length: MONTHS + 1 }, (_, i) =>
  daysOf(FIRST_YEAR + Math.floor(i / 12), (i % 12) + 1, 1),
)

/** What the code knows by heart. */
export const TABLES = { digit: DIGIT, monthStart: MONTH_START }

/** The arrays that cells of some columns need, as constants named after the slot. */
export function arraysCode(plan: RowPlan, columns: readonly number[]): string {
  const lines = ['const { ends } = cells']
  for (const column of columns) {
    const k = plan.slot[column]
    if (plan.action[column] === FLAG) lines.push(`const single${k} = cells.single[${k}]`)
    const array = ARRAYS[plan.action[column]]
    if (array === undefined) continue
    lines.push(`const values${k} = rows.slots[${k}].${array}, missing${k} = rows.slots[${k}].missing`)
    if (plan.action[column] === TEXT) lines.push(`let ${lastText(k)}`)
    if (plan.action[column] === BYTE) lines.push(`const single${k} = cells.single[${k}]`)
    if (plan.action[column] === INSTANT) lines.push(`const offsets${k} = rows.slots[${k}].offsets`)
  }
  return lines.join('\n')
}

const ARRAYS: Readonly<Record<number, string>> = {
  [TEXT]: 'i32',
  [BYTE]: 'u8',
  [WHOLE_U8]: 'u8',
  [WHOLE_I16]: 'i16',
  [NUMBER]: 'f64',
  [DATE]: 'i32',
  [INSTANT]: 'f64',
}

/** What a text column held last; as a declaration or, once the cell was looked up, as assignments. */
const lastText = (k: number): string =>
  `lastArena${k} = cells.lastArena[${k}], lastStart${k} = cells.lastStart[${k}], lastLength${k} = cells.lastLength[${k}], lastCode${k} = cells.lastCode[${k}]`

/** Numbers of the sets whose bits some columns are. */
const setsOf = (plan: RowPlan, columns: readonly number[]): number[] => {
  const sets = columns.flatMap((column) =>
    plan.action[column] === FLAG ? [plan.bits[plan.slot[column]]?.set ?? 0] : [],
  )
  return [...new Set(sets)]
}

/** Empties the bits of a row before its cells are read, as they are put into them one after the other. */
export const emptyBitsCode = (plan: RowPlan): string =>
  Array.from(
    { length: plan.sets },
    (_, set) => `
        bitsOf${set}[row] = 0
        askedOf${set}[row] = 0`,
  ).join('')

/** The arrays of all sets, as constants named after the set. */
export const setArraysCode = (plan: RowPlan): string =>
  Array.from(
    { length: plan.sets },
    (_, set) => `
        const bitsOf${set} = rows.sets[${set}].bits, askedOf${set} = rows.sets[${set}].asked\n`,
  ).join('')

/**
 * The cells of some columns, `p` from the first byte of each to the first of the next (of the last one: to its line end). `stop` is the
 * byte that must follow what was read in place: the closing quote of a quoted cell, else the delimiter or line end.
 */
export const cellsCode = (plan: RowPlan, columns: readonly number[]): string => {
  const sets = setsOf(plan, columns)
  const begin = sets.map(
    (set) => `
        let bits${set} = 0, asked${set} = 0`,
  )
  const end = sets.map(
    (set) => `
        bitsOf${set}[row] |= bits${set}
        askedOf${set}[row] |= asked${set}`,
  )
  return [...begin, ...columns.map((column) => cellCode(plan, column)), ...end].join('')
}

function cellCode(plan: RowPlan, column: number): string {
  const isLast = column === plan.action.length - 1
  const end = isLast ? LF : plan.delimiter
  const ended = isLast ? `(bytes[p] === stop || (stop === ${LF} && bytes[p] === ${CR}))` : 'bytes[p] === stop'
  const checkEnd = isLast
    ? `if (bytes[p] !== ${LF} && bytes[p] !== ${CR}) break record`
    : `if (bytes[p] !== ${end}) break record
          p++`
  return `
        { // column ${column}
          const at = p
          let stop = ${end}
          if (bytes[p] === ${QUOTE}) {
            stop = ${QUOTE}
            p++
          }
          ${readCode(plan, column, ended)}
          if (stop === ${QUOTE}) p++
          ${checkEnd}
        }`
}

/** Reads one cell in place or leaves it to CellReader, which reads its quotes too. */
function readCode(plan: RowPlan, column: number, ended: string): string {
  const k = plan.slot[column]
  const action = plan.action[column]
  const elsewhere = (call: string): string => `p = cells.${call}
            if (p < 0) break record
            stop = 0`
  if (action === SKIP) {
    return `if (stop === ${QUOTE}) {
            ${elsewhere('skipQuoted(at)')}
          } else while (ends[bytes[p]] === 0) p++`
  }
  const inPlace = IN_PLACE[action]
  if (inPlace === undefined) return elsewhere(`sharedCell(${column}, row, at)`)
  const other = action === TEXT ? textElsewhere(k) : elsewhere(`otherCell(${k}, row, at)`)
  return `value: {
            ${inPlace(plan, k, ended)}
            ${other}
          }`
}

const textElsewhere = (
  k: number,
): string => `p = stop === ${QUOTE} ? cells.quotedText(${k}, row, at) : cells.textCell(${k}, row, at)
            if (p < 0) break record
            stop = 0
            ${lastText(k)}`

type InPlace = (plan: RowPlan, k: number, ended: string) => string

/** Code that stores the value of slot k and leaves the block `value`, or goes on behind it where the cell is another. */
const IN_PLACE: Readonly<Record<number, InPlace>> = {
  [TEXT]: (plan, k, ended) => `
            let i = 0
            while (i < lastLength${k} && bytes[p + i] === lastArena${k}[lastStart${k} + i]) i++
            if (i > 0 && i === lastLength${k}) {
              p += i
              if (${ended}) {
                values${k}[row] = lastCode${k}
                break value
              }
            }${missingCode(plan, k, ended)}`,
  [BYTE]: (plan, k, ended) => `
            const value = single${k}[bytes[p]]
            if (value >= 0) {
              p++
              if (${ended}) {
                values${k}[row] = value
                break value
              }
            }${missingCode(plan, k, ended)}`,
  [FLAG]: flagCode,
  [WHOLE_U8]: wholeCode,
  [WHOLE_I16]: wholeCode,
  [NUMBER]: numberCode,
  [DATE]: dateCode,
  [INSTANT]: instantCode,
}

function flagCode(plan: RowPlan, k: number, ended: string): string {
  const { set, bit } = plan.bits[k] as BitPlace
  const missing = plan.required[k] === 1 ? '' : ` else if (${ended}) break value`
  return `
            const value = single${k}[bytes[p]]
            if (value >= 0) {
              p++
              if (${ended}) {
                bits${set} |= value * ${bit}
                asked${set} |= ${bit}
                break value
              }
            }${missing}`
}

/** An empty cell; what stands there in vain cannot be one, so the position is no more than compared. */
const missingCode = (plan: RowPlan, k: number, ended: string, offset = ''): string =>
  plan.required[k] === 1
    ? ''
    : ` else if (${ended}) {
              values${k}[row] = 0
              missing${k}[row >> 3] |= 1 << (row & 7)${offset}
              break value
            }`

function wholeCode(plan: RowPlan, k: number, ended: string): string {
  return `
            let value = digit[bytes[p]]
            if (value < 10) {
              let d = digit[bytes[++p]]
              while (d < 10) {
                value = value * 10 + d
                d = digit[bytes[++p]]
              }
              if (${within('value', plan, k)}${ended}) {
                values${k}[row] = value
                break value
              }
            }${missingCode(plan, k, ended)}`
}

/** Up to 15 digits the number and its power of ten are exact, so their quotient is the double nearest to the text. */
function numberCode(plan: RowPlan, k: number, ended: string): string {
  const divided = plan.divisor[k] === 1 ? 'number' : `number / ${plan.divisor[k]}`
  const vote =
    plan.votes[k] === 0
      ? ''
      : `
                if (fraction > 0) {
                  const either = fraction === 3 && whole <= 3 && bytes[from] !== 48
                  rows.pending[rows.pendingVotes++] = either ? ${(k << 3) | 5} : ${(k << 3) | 4}
                }`
  return `
            const from = p
            let d = digit[bytes[p]]
            if (d < 10) {
              let units = 0
              while (d < 10) {
                units = units * 10 + d
                d = digit[bytes[++p]]
              }
              const whole = p - from
              let fraction = 0
              let scale = 1
              if (bytes[p] === ${plan.mark[k]}) {
                d = digit[bytes[++p]]
                while (d < 10) {
                  units = units * 10 + d
                  scale *= 10
                  fraction++
                  d = digit[bytes[++p]]
                }
                if (fraction === 0) fraction = 16
              }
              const number = units / scale
              if (whole + fraction <= 15 && ${within('number', plan, k)}${ended}) {
                values${k}[row] = ${divided}${vote}
                break value
              }
            }${missingCode(plan, k, ended)}`
}

const within = (value: string, { low, high }: RowPlan, k: number): string =>
  (Number.isFinite(low[k]) ? `${value} >= ${low[k]} && ` : '') +
  (Number.isFinite(high[k]) ? `${value} <= ${high[k]} && ` : '')

/** yyyy-mm-dd of a day that exists, as `days` since 1970-01-01. */
const dayCode = (then: string): string => `
            const y1 = digit[bytes[p]], y2 = digit[bytes[p + 1]], y3 = digit[bytes[p + 2]], y4 = digit[bytes[p + 3]]
            const m1 = digit[bytes[p + 5]], m2 = digit[bytes[p + 6]], d1 = digit[bytes[p + 8]], d2 = digit[bytes[p + 9]]
            if ((y1 | y2 | y3 | y4 | m1 | m2 | d1 | d2) < 16 && bytes[p + 4] === 45 && bytes[p + 7] === 45) {
              const ofYear = m1 * 10 + m2 - 1
              const month = (((y1 * 10 + y2) * 10 + y3) * 10 + y4 - ${FIRST_YEAR}) * 12 + ofYear
              if (month >= 0 && month < ${MONTHS} && ofYear >= 0 && ofYear < 12) {
                const ofMonth = d1 * 10 + d2 - 1
                const days = monthStart[month] + ofMonth
                if (ofMonth >= 0 && days < monthStart[month + 1]) {
                  p += 10${then}
                }
              }
            }`

function dateCode(plan: RowPlan, k: number, ended: string): string {
  return `${dayCode(`
                  if (${ended}) {
                    values${k}[row] = days
                    break value
                  }`)}${missingCode(plan, k, ended)}`
}

/** The same with hh:mm or hh:mm:ss behind T or a blank, and Z or +hh:mm or nothing behind that. */
function instantCode(plan: RowPlan, k: number, ended: string): string {
  return `${dayCode(`
                  const h1 = digit[bytes[p + 1]], h2 = digit[bytes[p + 2]], n1 = digit[bytes[p + 4]], n2 = digit[bytes[p + 5]]
                  const isTime = (h1 | h2 | n1 | n2) < 16 && h1 * 10 + h2 < 24 && n1 < 6 && bytes[p + 3] === 58
                  if (isTime && (bytes[p] === 84 || bytes[p] === 32)) {
                    p += 6
                    let seconds = 0
                    let offset = ${NO_OFFSET}
                    if (bytes[p] === 58 && digit[bytes[p + 1]] < 6 && digit[bytes[p + 2]] < 10) {
                      seconds = digit[bytes[p + 1]] * 10 + digit[bytes[p + 2]]
                      p += 3
                    }
                    const sign = bytes[p]
                    if (sign === 90) {
                      offset = ${UTC_ALONE}
                      p++
                    } else if ((sign === 43 || sign === 45) && bytes[p + 3] === 58) {
                      const o1 = digit[bytes[p + 1]], o2 = digit[bytes[p + 2]]
                      const o3 = digit[bytes[p + 4]], o4 = digit[bytes[p + 5]]
                      if ((o1 | o2 | o3 | o4) < 16 && o1 * 10 + o2 <= 14 && o3 < 6) {
                        const minutes = (o1 * 10 + o2) * 60 + o3 * 10 + o4
                        offset = sign === 45 ? 0 - minutes : minutes
                        p += 6
                      }
                    }
                    if (${ended}) {
                      values${k}[row] = ((days * 24 + h1 * 10 + h2) * 60 + n1 * 10 + n2) * 60000 + seconds * 1000
                      offsets${k}[row] = offset
                      break value
                    }
                  }`)}${missingCode(
    plan,
    k,
    ended,
    `
              offsets${k}[row] = ${NO_OFFSET}`,
  )}`
}
