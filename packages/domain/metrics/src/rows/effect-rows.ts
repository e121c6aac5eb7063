import { AREASONS, type Areason, allocate, type ColumnTable, markPresent } from '@afferent/records'
import { Codes, Doubles, Flags, Integers, ShortCodes, sorted } from './columns.ts'

export const IMPACT = ['minimal', 'moderate', 'none', 'substantial'] as const
const DTYPES = ['NRI', 'PRORATE'] as const
const NO_YES = ['N', 'Y'] as const
const REASONS = sorted(AREASONS)
const CODE_OF_REASON = new Map(REASONS.map((reason, code) => [reason, code]))

/** CRIT1 to CRIT4 are the study's cuts, CRIT5 and CRIT6 those of Farrar. */
export const CUT_CRITERIA = 4
const FARRAR_CRITERIA = 2

/**
 * The rows of adeff that are computed (EFFECT_COLUMNS), written one after the other in their final order. Dictionaries
 * depend on the study alone.
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
  /** CRITnFL of the study's cuts, 0 no and 1 yes; present where `cutsKnown` marks the row. */
  readonly cuts: readonly Uint8Array[]
  private readonly cutsKnown: Uint8Array
  private readonly farrar: readonly ShortCodes[]
  private readonly awlo: Integers
  private readonly awhi: Int32Array
  private readonly windowKnown: Uint8Array
  private readonly subject: Int32Array
  private readonly visit: Int16Array
  private readonly param: Codes
  private readonly basetype: Codes
  private readonly avalc: ShortCodes
  private readonly category: ShortCodes
  private readonly baseline: Flags
  private readonly dtype: ShortCodes
  private readonly analysed: Flags
  private readonly reason: ShortCodes
  private readonly provisional: Flags
  private readonly treatment: Codes
  private readonly rows: number

  constructor(
    rows: number,
    codes: readonly string[],
    phases: readonly string[],
    treatments: readonly string[],
    cuts: number,
  ) {
    this.rows = rows
    this.subject = allocate.i32(rows)
    this.visit = allocate.i16(rows)
    this.aval = new Doubles(rows)
    this.base = new Doubles(rows)
    this.chg = new Doubles(rows)
    this.pchg = new Doubles(rows)
    this.nevt = new Doubles(rows)
    this.nobs = new Integers(rows)
    this.windowKnown = allocate.mask(rows)
    this.awlo = new Integers(rows, this.windowKnown)
    this.awhi = allocate.i32(rows)
    this.param = new Codes(codes, rows)
    this.basetype = new Codes(phases, rows)
    this.avalc = new ShortCodes(NO_YES, rows)
    this.category = new ShortCodes(IMPACT, rows)
    this.baseline = new Flags(rows)
    this.dtype = new ShortCodes(DTYPES, rows)
    this.cuts = Array.from({ length: Math.min(cuts, CUT_CRITERIA) }, () => allocate.u8(rows))
    this.cutsKnown = allocate.mask(rows)
    this.farrar = Array.from({ length: FARRAR_CRITERIA }, () => new ShortCodes(NO_YES, rows))
    this.analysed = new Flags(rows)
    this.reason = new ShortCodes(REASONS, rows)
    this.provisional = new Flags(rows)
    this.treatment = new Codes(treatments, rows)
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
    this.awlo.put(this.row, from)
    this.awhi[this.row] = to
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
    this.avalc.put(this.row, yes ? 1 : 0)
    this.aval.put(this.row, yes ? 1 : 0)
  }

  impact(word: (typeof IMPACT)[number]): void {
    this.category.put(this.row, IMPACT.indexOf(word))
  }

  /** The flags of the study's cuts in `cuts` hold for this row. */
  cutsAreKnown(): void {
    markPresent(this.cutsKnown, this.row)
  }

  farrarFlags(percent: boolean, points: boolean): void {
    this.farrar[0]?.put(this.row, percent ? 1 : 0)
    this.farrar[1]?.put(this.row, points ? 1 : 0)
  }

  table(): ColumnTable {
    if (this.row !== this.rows - 1) throw new Error(`${this.rows} effect rows were counted, ${this.row + 1} written`)
    const lastDay = { kind: 'i32', values: this.awhi, valid: this.windowKnown } as const
    return {
      rows: this.rows,
      columns: {
        SUBJECT: { kind: 'i32', values: this.subject, valid: null },
        PARAMCD: { ...this.param.column(), valid: null },
        BASETYPE: this.basetype.column(),
        AVISITN: { kind: 'i16', values: this.visit, valid: null },
        AWLO: this.awlo.column(),
        AWHI: lastDay,
        ADY: lastDay,
        AVAL: this.aval.column(),
        AVALC: this.avalc.column(),
        BASE: this.base.column(),
        CHG: this.chg.column(),
        PCHG: this.pchg.column(),
        AVALCAT1: this.category.column(),
        ABLFL: this.baseline.column(),
        NOBS: this.nobs.column(),
        NEVT: this.nevt.column(),
        DTYPE: this.dtype.column(),
        ...this.criteria(),
        ANL01FL: this.analysed.column(),
        AREASON: this.reason.column(),
        PROVFL: this.provisional.column(),
        TRT: this.treatment.column(),
      },
    }
  }

  private criteria(): ColumnTable['columns'] {
    const columns: Record<string, ColumnTable['columns'][string]> = {}
    for (let k = 0; k < CUT_CRITERIA; k++) {
      const values = this.cuts[k]
      columns[`CRIT${k + 1}FL`] =
        values === undefined
          ? new ShortCodes(NO_YES, this.rows).column()
          : { kind: 'text', values, valid: this.cutsKnown, dictionary: NO_YES }
    }
    this.farrar.forEach((codes, k) => {
      columns[`CRIT${CUT_CRITERIA + k + 1}FL`] = codes.column()
    })
    return columns
  }
}
