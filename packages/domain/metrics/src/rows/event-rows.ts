import { AREASONS, type Areason, allocate, type ColumnTable, markPresent } from '@afferent/records'
import { Codes, Doubles, ShortCodes, sorted } from './columns.ts'

const DESCRIBED = [
  'Last valid week without confirmed response',
  'Last valid week without loss of response',
  'Loss of response confirmed',
  'No valid week',
  'Response confirmed',
] as const
const DESCRIPTIONS = sorted(DESCRIBED)
const REASONS = sorted(AREASONS)

export type EventDescription = (typeof DESCRIBED)[number]

/** Time-to-event rows (EVENT_COLUMNS), written in their final order. */
export class EventRows {
  row = -1
  private readonly rows: number
  private readonly subject: Int32Array
  private readonly param: Codes
  private readonly aval: Doubles
  private readonly censored: Uint8Array
  private readonly censoredKnown: Uint8Array
  private readonly description: ShortCodes
  private readonly reason: ShortCodes

  constructor(rows: number, codes: readonly string[]) {
    this.rows = rows
    this.subject = allocate.i32(rows)
    this.param = new Codes(codes, rows)
    this.aval = new Doubles(rows)
    this.censored = allocate.u8(rows)
    this.censoredKnown = allocate.mask(rows)
    this.description = new ShortCodes(DESCRIPTIONS, rows)
    this.reason = new ShortCodes(REASONS, rows)
  }

  next(subject: number, parameter: number): void {
    if (++this.row >= this.rows) throw new Error(`more event rows than the ${this.rows} that were counted`)
    this.subject[this.row] = subject
    this.param.put(this.row, parameter)
  }

  time(days: number, censored: boolean, description: EventDescription): void {
    this.aval.put(this.row, days)
    this.censored[this.row] = censored ? 1 : 0
    markPresent(this.censoredKnown, this.row)
    this.description.put(this.row, DESCRIPTIONS.indexOf(description))
  }

  why(reason: Areason): void {
    this.reason.put(this.row, REASONS.indexOf(reason))
  }

  table(): ColumnTable {
    if (this.row !== this.rows - 1) throw new Error(`${this.rows} event rows were counted, ${this.row + 1} written`)
    return {
      rows: this.rows,
      columns: {
        SUBJECT: { kind: 'i32', values: this.subject, valid: null },
        PARAMCD: { ...this.param.column(this.rows), valid: null },
        AVAL: this.aval.column(this.rows),
        CNSR: { kind: 'u8', values: this.censored, valid: this.censoredKnown },
        EVNTDESC: this.description.column(this.rows),
        AREASON: this.reason.column(this.rows),
      },
    }
  }
}
