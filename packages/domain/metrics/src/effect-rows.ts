import { AREASONS, type Areason, allocate, type ColumnTable } from '@afferent/records'
import { Codes, Numbers, sorted } from './columns.ts'

export const IMPACT = ['minimal', 'moderate', 'none', 'substantial'] as const
const DTYPES = ['NRI', 'PRORATE'] as const
const NO_YES = ['N', 'Y'] as const
const REASONS = sorted(AREASONS)
const CODE_OF_REASON = new Map(REASONS.map((reason, code) => [reason, code]))

/** Responder columns of a row; criteria 1-4 are the study's cuts, 5 and 6 those of Farrar. */
export const CRITERIA = 6

/**
 * The rows of adeff that are computed (EFFECT_COLUMNS), written one after the other in their final order. Dictionaries
 * depend on the study alone.
 */
export class EffectRows {
  /** The row being written. */
  row = -1
  readonly aval: Numbers<'f64'>
  readonly base: Numbers<'f64'>
  readonly chg: Numbers<'f64'>
  readonly pchg: Numbers<'f64'>
  readonly nevt: Numbers<'f64'>
  readonly nobs: Numbers<'i32'>
  private readonly awlo: Numbers<'i32'>
  private readonly awhi: Numbers<'i32'>
  private readonly ady: Numbers<'i32'>
  private readonly subject: Int32Array
  private readonly visit: Int16Array
  private readonly param: Codes
  private readonly basetype: Codes
  private readonly avalc: Codes
  private readonly category: Codes
  private readonly baseline: Codes
  private readonly dtype: Codes
  private readonly criteria: readonly Codes[]
  private readonly analysed: Codes
  private readonly reason: Codes
  private readonly provisional: Codes
  private readonly treatment: Codes
  private readonly rows: number

  constructor(rows: number, codes: readonly string[], phases: readonly string[], treatments: readonly string[]) {
    this.rows = rows
    this.subject = allocate.i32(rows)
    this.visit = allocate.i16(rows)
    this.aval = new Numbers('f64', rows)
    this.base = new Numbers('f64', rows)
    this.chg = new Numbers('f64', rows)
    this.pchg = new Numbers('f64', rows)
    this.nevt = new Numbers('f64', rows)
    this.nobs = new Numbers('i32', rows)
    this.awlo = new Numbers('i32', rows)
    this.awhi = new Numbers('i32', rows)
    this.ady = new Numbers('i32', rows)
    this.param = new Codes(codes, rows)
    this.basetype = new Codes(phases, rows)
    this.avalc = new Codes(NO_YES, rows)
    this.category = new Codes(IMPACT, rows)
    this.baseline = new Codes(['Y'], rows)
    this.dtype = new Codes(DTYPES, rows)
    this.criteria = Array.from({ length: CRITERIA }, () => new Codes(NO_YES, rows))
    this.analysed = new Codes(['Y'], rows)
    this.reason = new Codes(REASONS, rows)
    this.provisional = new Codes(['Y'], rows)
    this.treatment = new Codes(treatments, rows)
  }

  /** Begins the next row. `parameter` is the code's place in the dictionary. */
  next(subject: number, parameter: number, visit: number): void {
    if (++this.row >= this.rows) throw new Error(`more effect rows than the ${this.rows} that were counted`)
    this.subject[this.row] = subject
    this.visit[this.row] = visit
    this.param.put(this.row, parameter)
  }

  /** Study days of the window, both included; the row is dated by its last day. */
  window(from: number, to: number): void {
    this.awlo.put(this.row, from)
    this.awhi.put(this.row, to)
    this.ady.put(this.row, to)
  }

  phase(code: number): void {
    this.basetype.put(this.row, code)
  }

  treatmentOf(code: number): void {
    this.treatment.put(this.row, code)
  }

  isBaseline(): void {
    this.baseline.put(this.row, 0)
  }

  /** The row enters analyses: every row but one whose window is not over (R-NOPOST). */
  isAnalysed(): void {
    this.analysed.put(this.row, 0)
  }

  isProvisional(): void {
    this.provisional.put(this.row, 0)
  }

  why(reason: Areason): void {
    this.reason.put(this.row, CODE_OF_REASON.get(reason) as number)
  }

  derivedBy(dtype: (typeof DTYPES)[number]): void {
    this.dtype.put(this.row, DTYPES.indexOf(dtype))
  }

  answer(yes: boolean): void {
    this.avalc.put(this.row, yes ? 1 : 0)
    this.aval.put(this.row, yes ? 1 : 0)
  }

  impact(word: (typeof IMPACT)[number]): void {
    this.category.put(this.row, IMPACT.indexOf(word))
  }

  /** Criterion 0 is CRIT1FL. */
  criterion(index: number, met: boolean): void {
    this.criteria[index]?.put(this.row, met ? 1 : 0)
  }

  table(): ColumnTable {
    if (this.row !== this.rows - 1) throw new Error(`${this.rows} effect rows were counted, ${this.row + 1} written`)
    return {
      rows: this.rows,
      columns: {
        SUBJECT: { kind: 'i32', values: this.subject, valid: null },
        PARAMCD: { ...this.param.column(), valid: null },
        BASETYPE: this.basetype.column(),
        AVISITN: { kind: 'i16', values: this.visit, valid: null },
        AWLO: this.awlo.column(),
        AWHI: this.awhi.column(),
        ADY: this.ady.column(),
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
        ...Object.fromEntries(this.criteria.map((codes, index) => [`CRIT${index + 1}FL`, codes.column()])),
        ANL01FL: this.analysed.column(),
        AREASON: this.reason.column(),
        PROVFL: this.provisional.column(),
        TRT: this.treatment.column(),
      },
    }
  }
}
