import { AREASONS, type Areason, allocate, type ColumnTable } from '@afferent/records'
import { Codes, Doubles, type FilledColumn, Flags, Integers, Presence, ShortCodes, sorted, widened } from './columns.ts'

export const IMPACT = ['minimal', 'moderate', 'none', 'substantial'] as const
export const NO_YES = ['N', 'Y'] as const
const DTYPES = ['NRI', 'PRORATE'] as const
const REASONS = sorted(AREASONS)
const CODE_OF_REASON = new Map(REASONS.map((reason, code) => [reason, code]))

/** CRIT1 to CRIT4 are the cuts of the study or family, CRIT5 and CRIT6 those of Farrar or two of the family's own. */
export const CUT_CRITERIA = 4
const FARRAR_CRITERIA = 2
const GROWTH = 1.5

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
 * order.
 */
export class EffectRows {
  /** The row being written. */
  row = -1
  readonly aval: Doubles
  readonly base: Doubles
  readonly chg: Doubles
  readonly pchg: Doubles
  readonly nevt: Doubles
  readonly nobs: Integers
  /** CRITnFL of the cuts, 0 no and 1 yes; present where `cutsKnown` marks the row. */
  readonly cuts: Uint8Array[]
  private readonly cutsKnown: Presence
  private readonly farrar: readonly ShortCodes[]
  private awlo: Int32Array
  private awhi: Int32Array
  private readonly windowKnown: Presence
  /** ADY where some value has a day of its own; null: every row is dated by the last day of its window. */
  private ady: Integers | null = null
  private subject: Int32Array
  private visit: Int16Array
  private readonly param: Codes
  private readonly basetype: Codes
  private readonly avalc: Codes
  private readonly category: Codes
  private readonly baseline: Flags
  private readonly dtype: ShortCodes
  private readonly analysed: Flags
  private readonly reason: ShortCodes
  private readonly provisional: Flags
  private readonly treatment: Codes
  private readonly flags: ReadonlyMap<string, { readonly codes: ReadonlyMap<string, number>; readonly column: Codes }>
  private readonly wordCode: ReadonlyMap<string, number>
  private readonly categoryCode: ReadonlyMap<string, number>
  private readonly noYes: readonly [number, number]
  private rows: number

  /** Room for `rows` rows; `cuts` is how many of CRIT1 to CRIT4 are in use. */
  constructor(rows: number, texts: EffectTexts, cuts: number) {
    this.rows = rows
    this.subject = allocate.i32(rows)
    this.visit = allocate.i16(rows)
    this.aval = new Doubles(rows)
    this.base = new Doubles(rows)
    this.chg = new Doubles(rows)
    this.pchg = new Doubles(rows)
    this.nevt = new Doubles(rows)
    this.nobs = new Integers(rows)
    this.windowKnown = new Presence(rows)
    this.awlo = allocate.i32(rows)
    this.awhi = allocate.i32(rows)
    this.param = new Codes(texts.codes, rows)
    this.basetype = new Codes(texts.phases, rows)
    this.avalc = new Codes(texts.words, rows)
    this.category = new Codes(texts.categories, rows)
    this.baseline = new Flags(rows)
    this.dtype = new ShortCodes(DTYPES, rows)
    this.cuts = Array.from({ length: Math.min(cuts, CUT_CRITERIA) }, () => allocate.u8(rows))
    this.cutsKnown = new Presence(rows)
    this.farrar = Array.from({ length: FARRAR_CRITERIA }, () => new ShortCodes(NO_YES, rows))
    this.analysed = new Flags(rows)
    this.reason = new ShortCodes(REASONS, rows)
    this.provisional = new Flags(rows)
    this.treatment = new Codes(texts.treatments, rows)
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
    this.subject = widened(this.subject, rows, 'i32')
    this.visit = widened(this.visit, rows, 'i16')
    this.awlo = widened(this.awlo, rows, 'i32')
    this.awhi = widened(this.awhi, rows, 'i32')
    this.cuts.forEach((values, k) => {
      this.cuts[k] = widened(values, rows, 'u8')
    })
    for (const column of this.growing()) column.reserve(rows)
  }

  /** Begins the next row. `parameter` is the code's place in the dictionary. */
  next(subject: number, parameter: number, visit: number): void {
    const row = ++this.row
    if (row >= this.rows) throw new Error(`more effect rows than the ${this.rows} that were counted`)
    this.subject[row] = subject
    this.visit[row] = visit
    this.param.values[row] = parameter
  }

  /** Study days of the window, both included; the row is dated by its last day (ADY = AWHI). */
  window(from: number, to: number): void {
    this.awlo[this.row] = from
    this.awhi[this.row] = to
    this.windowKnown.mark(this.row)
    this.ady?.put(this.row, to)
  }

  /** Study day of the value itself. */
  on(day: number): void {
    this.ady ??= Integers.from(this.awhi, this.windowKnown)
    this.ady.put(this.row, day)
  }

  phase(code: number): void {
    this.basetype.put(this.row, code)
  }

  treatmentOf(code: number): void {
    this.treatment.put(this.row, code)
  }

  isBaseline(): void {
    this.baseline.put(this.row)
  }

  /** The row enters analyses: every row but one whose window is not over (R-NOPOST). */
  isAnalysed(): void {
    this.analysed.put(this.row)
  }

  isProvisional(): void {
    this.provisional.put(this.row)
  }

  why(reason: Areason): void {
    this.reason.put(this.row, CODE_OF_REASON.get(reason) as number)
  }

  derivedBy(dtype: (typeof DTYPES)[number]): void {
    this.dtype.put(this.row, dtype === 'NRI' ? 0 : 1)
  }

  answer(yes: boolean): void {
    this.avalc.put(this.row, this.noYes[yes ? 1 : 0])
    this.aval.put(this.row, yes ? 1 : 0)
  }

  /** AVALC; the word is one that an entry of the catalogue names. */
  word(word: string): void {
    this.avalc.put(this.row, codeIn(this.wordCode, word))
  }

  inCategory(word: string): void {
    this.category.put(this.row, codeIn(this.categoryCode, word))
  }

  flag(name: string, word: string): void {
    const flag = this.flags.get(name)
    if (flag === undefined) throw new Error(`no entry of the catalogue names the flag ${name}`)
    flag.column.put(this.row, codeIn(flag.codes, word))
  }

  /** The flags of the cuts in `cuts` hold for this row. */
  cutsAreKnown(): void {
    this.cutsKnown.mark(this.row)
  }

  /** CRIT5 or CRIT6 of a family that has criteria of its own. */
  criterion(n: 5 | 6, met: boolean): void {
    this.farrar[n - CUT_CRITERIA - 1]?.put(this.row, met ? 1 : 0)
  }

  farrarFlags(percent: boolean, points: boolean): void {
    this.farrar[0]?.put(this.row, percent ? 1 : 0)
    this.farrar[1]?.put(this.row, points ? 1 : 0)
  }

  table(): ColumnTable {
    const rows = this.row + 1
    const windows = this.windowKnown.of(rows)
    const days = (values: Int32Array) => ({ kind: 'i32', values: values.subarray(0, rows), valid: windows }) as const
    return {
      rows,
      columns: {
        SUBJECT: { kind: 'i32', values: this.subject.subarray(0, rows), valid: null },
        PARAMCD: { ...this.param.column(rows), valid: null },
        BASETYPE: this.basetype.column(rows),
        AVISITN: { kind: 'i16', values: this.visit.subarray(0, rows), valid: null },
        AWLO: days(this.awlo),
        AWHI: days(this.awhi),
        ADY: this.ady?.column(rows) ?? days(this.awhi),
        AVAL: this.aval.column(rows),
        AVALC: this.avalc.column(rows),
        BASE: this.base.column(rows),
        CHG: this.chg.column(rows),
        PCHG: this.pchg.column(rows),
        AVALCAT1: this.category.column(rows),
        ABLFL: this.baseline.column(rows),
        NOBS: this.nobs.column(rows),
        NEVT: this.nevt.column(rows),
        DTYPE: this.dtype.column(rows),
        ...this.criteria(rows),
        ANL01FL: this.analysed.column(rows),
        AREASON: this.reason.column(rows),
        PROVFL: this.provisional.column(rows),
        TRT: this.treatment.column(rows),
        ...Object.fromEntries([...this.flags].map(([name, { column }]) => [name, column.column(rows)])),
      },
    }
  }

  private *growing(): Generator<FilledColumn> {
    yield* [this.aval, this.base, this.chg, this.pchg, this.nevt, this.nobs, this.cutsKnown, this.windowKnown]
    yield* [this.param, this.basetype, this.avalc, this.category, this.baseline, this.dtype, this.analysed, this.reason]
    yield* [this.provisional, this.treatment, ...this.farrar, ...(this.ady === null ? [] : [this.ady])]
    for (const { column } of this.flags.values()) yield column
  }

  private criteria(rows: number): ColumnTable['columns'] {
    const columns: Record<string, ColumnTable['columns'][string]> = {}
    for (let k = 0; k < CUT_CRITERIA; k++) {
      const values = this.cuts[k]
      columns[`CRIT${k + 1}FL`] =
        values === undefined
          ? new ShortCodes(NO_YES, rows).column(rows)
          : { kind: 'text', values: values.subarray(0, rows), valid: this.cutsKnown.of(rows), dictionary: NO_YES }
    }
    this.farrar.forEach((codes, k) => {
      columns[`CRIT${CUT_CRITERIA + k + 1}FL`] = codes.column(rows)
    })
    return columns
  }
}

const codesOf = (words: readonly string[]): ReadonlyMap<string, number> =>
  new Map(words.map((word, code) => [word, code]))

function codeIn(codes: ReadonlyMap<string, number>, word: string): number {
  const code = codes.get(word)
  if (code === undefined) throw new Error(`no entry of the catalogue names the word ${word}`)
  return code
}
