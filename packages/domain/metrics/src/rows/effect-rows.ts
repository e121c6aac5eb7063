import {
  AREASONS,
  type Areason,
  allocate,
  type ColumnTable,
  markPresent,
  maskBytes,
  type TextColumn,
} from '@afferent/records'
import { Block, Codes, LateCodes, sorted, widened } from './columns.ts'
import { masksOf, SAYS, wordsFor } from './said.ts'

export const IMPACT = ['minimal', 'moderate', 'none', 'substantial'] as const
export const NO_YES = ['N', 'Y'] as const
const DTYPES = ['NRI', 'PRORATE'] as const
/** Codes of DTYPE. */
export const DTYPE = { NRI: 0, PRORATE: 1 } as const satisfies Record<(typeof DTYPES)[number], number>
const REASONS = sorted(AREASONS)
const CODE_OF_REASON = new Map(REASONS.map((reason, code) => [reason, code]))
const YES = ['Y']

/** CRIT1 to CRIT4 are the cuts of the study or family, CRIT5 and CRIT6 those of Farrar or two of the family's own. */
export const CUT_CRITERIA = 4
const GROWTH = 1.25
/** Columns that every study fills, without the cuts: five of 8 bytes, four of 4, two of 2 and two of 1. */
const ROW_BYTES = 5 * 8 + 4 * 4 + 2 * 2 + 2

/** The texts that columns of adeff can hold in a study, each list in byte order. They depend on the study alone. */
export interface EffectTexts {
  readonly codes: readonly string[]
  readonly phases: readonly string[]
  readonly treatments: readonly string[]
  /** AVALC and AVALCAT1. */
  readonly words: readonly string[]
  readonly categories: readonly string[]
  /** Flags beside the fixed columns, each with what can stand in it. */
  readonly flags: Readonly<Record<string, readonly string[]>>
}

/**
 * The rows of adeff that are computed (EFFECT_COLUMNS and flags of families), written one after the other in their final
 * order. Columns that most rows fill are arrays that a writer may write to at `row`; which of them hold in the row is said
 * by its word (SAYS). Places that nobody wrote to are 0.
 */
export class EffectRows {
  /** The row being written. */
  row = -1
  /** SAYS bits of each row. */
  said: Int32Array<ArrayBuffer>
  awlo: Int32Array
  awhi: Int32Array
  aval: Float64Array
  base: Float64Array
  chg: Float64Array
  pchg: Float64Array
  nevt: Float64Array
  nobs: Int32Array
  dtype: Uint8Array
  /** CRITnFL of the cuts, 0 no and 1 yes. */
  readonly cuts: Uint8Array[]
  private subject: Int32Array
  private visit: Int16Array
  private param: Uint16Array
  private reason: Uint8Array
  /** ADY where some value has a day of its own; null: every row is dated by the last day of its window. */
  private ady: Int32Array | null = null
  private readonly basetype: LateCodes
  private readonly treatment: LateCodes
  private readonly avalc: LateCodes
  private readonly category: LateCodes
  private readonly fifth: LateCodes
  private readonly sixth: LateCodes
  private readonly flags: ReadonlyMap<string, { readonly codes: ReadonlyMap<string, number>; readonly column: Codes }>
  private readonly texts: EffectTexts
  private readonly wordCode: ReadonlyMap<string, number>
  private readonly categoryCode: ReadonlyMap<string, number>
  private readonly noYes: readonly [number, number]
  private rows: number

  /** Room for `rows` rows; `cuts` is how many of CRIT1 to CRIT4 are in use. */
  constructor(rows: number, texts: EffectTexts, cuts: number) {
    this.rows = rows
    this.texts = texts
    this.said = wordsFor(rows)
    const used = Math.min(cuts, CUT_CRITERIA)
    const block = new Block(rows * (ROW_BYTES + used))
    this.aval = block.f64(rows)
    this.base = block.f64(rows)
    this.chg = block.f64(rows)
    this.pchg = block.f64(rows)
    this.nevt = block.f64(rows)
    this.subject = block.i32(rows)
    this.awlo = block.i32(rows)
    this.awhi = block.i32(rows)
    this.nobs = block.i32(rows)
    this.visit = block.i16(rows)
    this.param = block.u16(rows)
    this.dtype = block.u8(rows)
    this.reason = block.u8(rows)
    this.cuts = Array.from({ length: used }, () => block.u8(rows))
    this.basetype = new LateCodes('u16', rows)
    this.treatment = new LateCodes('u16', rows)
    this.avalc = new LateCodes('u16', rows)
    this.category = new LateCodes('u16', rows)
    this.fifth = new LateCodes('u8', rows)
    this.sixth = new LateCodes('u8', rows)
    this.flags = new Map(
      Object.entries(texts.flags).map(([name, words]) => [
        name,
        { codes: codesOf(words), column: new Codes(words, rows) },
      ]),
    )
    this.wordCode = codesOf(texts.words)
    this.categoryCode = codesOf(texts.categories)
    this.noYes = [this.wordCode.get('N') as number, this.wordCode.get('Y') as number]
  }

  /** Makes room for `more` rows behind those written. */
  reserve(more: number): void {
    const needed = this.row + 1 + more
    if (needed <= this.rows) return
    const rows = Math.max(needed, Math.ceil(this.rows * GROWTH))
    this.rows = rows
    const words = wordsFor(rows)
    words.set(this.said)
    this.said = words
    this.subject = widened(this.subject, rows, 'i32')
    this.visit = widened(this.visit, rows, 'i16')
    this.param = widened(this.param, rows, 'u16')
    this.awlo = widened(this.awlo, rows, 'i32')
    this.awhi = widened(this.awhi, rows, 'i32')
    this.aval = widened(this.aval, rows, 'f64')
    this.base = widened(this.base, rows, 'f64')
    this.chg = widened(this.chg, rows, 'f64')
    this.pchg = widened(this.pchg, rows, 'f64')
    this.nevt = widened(this.nevt, rows, 'f64')
    this.nobs = widened(this.nobs, rows, 'i32')
    this.dtype = widened(this.dtype, rows, 'u8')
    this.reason = widened(this.reason, rows, 'u8')
    if (this.ady !== null) this.ady = widened(this.ady, rows, 'i32')
    this.cuts.forEach((values, k) => {
      this.cuts[k] = widened(values, rows, 'u8')
    })
    for (const column of [this.basetype, this.treatment, this.avalc, this.category, this.fifth, this.sixth]) {
      column.reserve(rows)
    }
    for (const { column } of this.flags.values()) column.reserve(rows)
  }

  /** Begins the next row and returns its number. `parameter` is the code's place in the dictionary. */
  next(subject: number, parameter: number, visit: number): number {
    const row = ++this.row
    if (row >= this.rows) throw new Error(`more effect rows than the ${this.rows} that were counted`)
    this.subject[row] = subject
    this.visit[row] = visit
    this.param[row] = parameter
    return row
  }

  /** Adds bits of SAYS to those of the row. */
  say(bits: number): void {
    this.said[this.row] = (this.said[this.row] as number) | bits
  }

  /** Study days of the window, both included; the row is dated by its last day (ADY = AWHI). */
  window(from: number, to: number): void {
    this.awlo[this.row] = from
    this.awhi[this.row] = to
    this.say(SAYS.window)
  }

  /** Study day of the value itself. */
  on(day: number): void {
    this.ady ??= allocate.i32(this.rows)
    this.ady[this.row] = day
    this.say(SAYS.day)
  }

  phase(code: number): void {
    this.basetype.put(this.row, code)
    this.say(SAYS.phase)
  }

  treatmentOf(code: number): void {
    this.treatment.put(this.row, code)
    this.say(SAYS.treatment)
  }

  value(value: number): void {
    this.aval[this.row] = value
    this.say(SAYS.aval)
  }

  baseIs(value: number): void {
    this.base[this.row] = value
    this.say(SAYS.base)
  }

  observed(days: number): void {
    this.nobs[this.row] = days
    this.say(SAYS.nobs)
  }

  counted(events: number): void {
    this.nevt[this.row] = events
    this.say(SAYS.nevt)
  }

  why(reason: Areason): void {
    this.reason[this.row] = CODE_OF_REASON.get(reason) as number
    this.say(SAYS.reason)
  }

  derivedBy(dtype: (typeof DTYPES)[number]): void {
    this.dtype[this.row] = DTYPE[dtype]
    this.say(SAYS.dtype)
  }

  answer(yes: boolean): void {
    this.avalc.put(this.row, this.noYes[yes ? 1 : 0])
    this.say(SAYS.avalc)
    this.value(yes ? 1 : 0)
  }

  /** AVALC; the word is one that an entry of the catalogue names. */
  word(word: string): void {
    const [no, yes] = this.noYes
    this.avalc.put(this.row, word === 'Y' ? yes : word === 'N' ? no : codeIn(this.wordCode, word))
    this.say(SAYS.avalc)
  }

  inCategory(word: string): void {
    this.category.put(this.row, codeIn(this.categoryCode, word))
    this.say(SAYS.category)
  }

  flag(name: string, word: string): void {
    const flag = this.flags.get(name)
    if (flag === undefined) throw new Error(`no entry of the catalogue names the flag ${name}`)
    flag.column.put(this.row, codeIn(flag.codes, word))
  }

  /** CRIT5 or CRIT6: Farrar's, or those of a family that has criteria of its own. */
  criterion(n: 5 | 6, met: boolean): void {
    const column = n === 5 ? this.fifth : this.sixth
    column.put(this.row, met ? 1 : 0)
    this.say(n === 5 ? SAYS.fifth : SAYS.sixth)
  }

  table(): ColumnTable {
    const rows = this.row + 1
    const mask = masksOf(this.said, rows)
    const zeros = allocate.u16(rows)
    const text = (codes: LateCodes, bit: number, dictionary: readonly string[]): TextColumn => ({
      kind: 'text',
      values: codes.of(rows, zeros),
      valid: mask(bit),
      dictionary,
    })
    const short = (values: Uint8Array, bit: number, dictionary: readonly string[]): TextColumn => ({
      kind: 'text',
      values: values.subarray(0, rows),
      valid: mask(bit),
      dictionary,
    })
    const yes = (bit: number): TextColumn => short(new Uint8Array(zeros.buffer), bit, YES)
    const double = (values: Float64Array, bit: number) =>
      ({ kind: 'f64', values: values.subarray(0, rows), valid: mask(bit) }) as const
    const integer = (values: Int32Array, valid: Uint8Array) =>
      ({ kind: 'i32', values: values.subarray(0, rows), valid }) as const
    const cut = (k: number): TextColumn => {
      const values = this.cuts[k]
      return values === undefined ? noText(rows, zeros) : short(values, SAYS.cuts, NO_YES)
    }
    const windows = mask(SAYS.window)
    return {
      rows,
      columns: {
        SUBJECT: { kind: 'i32', values: this.subject.subarray(0, rows), valid: null },
        PARAMCD: { kind: 'text', values: this.param.subarray(0, rows), valid: null, dictionary: this.texts.codes },
        BASETYPE: text(this.basetype, SAYS.phase, this.texts.phases),
        AVISITN: { kind: 'i16', values: this.visit.subarray(0, rows), valid: null },
        AWLO: integer(this.awlo, windows),
        AWHI: integer(this.awhi, windows),
        ADY: this.ady === null ? integer(this.awhi, windows) : this.dated(this.ady, rows),
        AVAL: double(this.aval, SAYS.aval),
        AVALC: text(this.avalc, SAYS.avalc, this.texts.words),
        BASE: double(this.base, SAYS.base),
        CHG: double(this.chg, SAYS.chg),
        PCHG: double(this.pchg, SAYS.pchg),
        AVALCAT1: text(this.category, SAYS.category, this.texts.categories),
        ABLFL: yes(SAYS.baseline),
        NOBS: integer(this.nobs, mask(SAYS.nobs)),
        NEVT: double(this.nevt, SAYS.nevt),
        DTYPE: short(this.dtype, SAYS.dtype, DTYPES),
        CRIT1FL: cut(0),
        CRIT2FL: cut(1),
        CRIT3FL: cut(2),
        CRIT4FL: cut(3),
        CRIT5FL: text(this.fifth, SAYS.fifth, NO_YES),
        CRIT6FL: text(this.sixth, SAYS.sixth, NO_YES),
        ANL01FL: yes(SAYS.analysed),
        AREASON: short(this.reason, SAYS.reason, REASONS),
        PROVFL: yes(SAYS.provisional),
        TRT: text(this.treatment, SAYS.treatment, this.texts.treatments),
        ...Object.fromEntries([...this.flags].map(([name, { column }]) => [name, column.column(rows)])),
      },
    }
  }

  /** ADY: the day of the value, else the last day of its window. */
  private dated(ady: Int32Array, rows: number) {
    const valid = allocate.mask(rows)
    for (let row = 0; row < rows; row++) {
      const said = this.said[row] as number
      if ((said & SAYS.day) === 0) ady[row] = this.awhi[row] as number
      if ((said & (SAYS.day | SAYS.window)) !== 0) markPresent(valid, row)
    }
    return { kind: 'i32', values: ady.subarray(0, rows), valid } as const
  }
}

/** A criterion that nobody uses. */
const noText = (rows: number, zeros: Uint16Array): TextColumn => ({
  kind: 'text',
  values: new Uint8Array(zeros.buffer, 0, rows),
  valid: new Uint8Array(zeros.buffer, 0, maskBytes(rows)),
  dictionary: NO_YES,
})

const codesOf = (words: readonly string[]): ReadonlyMap<string, number> =>
  new Map(words.map((word, code) => [word, code]))

function codeIn(codes: ReadonlyMap<string, number>, word: string): number {
  const code = codes.get(word)
  if (code === undefined) throw new Error(`no entry of the catalogue names the word ${word}`)
  return code
}
