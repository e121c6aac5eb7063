import type { Areason, SettledName } from '@afferent/records'

/** How DTYPE is written: 0 nothing. */
export const POINT_DTYPE = { none: 0, NRI: 1, PRORATE: 2 } as const

/** Points a fresh store has room for; it grows. */
const ROOM = 64

/**
 * What families say about one subject: one point per row of adeff to be, in any order. A point that names no reason has a
 * value. BASE, CHG, PCHG and responder columns follow from the points of visit 0 when the rows are written.
 *
 * A family adds a point and then says more about it; everything it does not say is missing. `uses`, `leaves` and `restsOn`
 * name what the point was made of; they cost nothing unless somebody asked for an explanation (`trace`).
 */
export class Points {
  count = 0
  readonly trace: Trace | null
  /** Place of the parameter in `Plan.effectCodes`. */
  parameter = new Int32Array(ROOM)
  visit = new Int32Array(ROOM)
  /** Code of BASETYPE in `StudyFacts.phases`; -1: none. */
  phase = new Int32Array(ROOM)
  value = new Float64Array(ROOM)
  /** Quotient that responder cuts are decided by; equal to `value` over 1 unless said otherwise. */
  numerator = new Float64Array(ROOM)
  denominator = new Float64Array(ROOM)
  /** Study days; NaN: no window. */
  from = new Float64Array(ROOM)
  to = new Float64Array(ROOM)
  /** Study day of the value; NaN: the last day of the window. */
  day = new Float64Array(ROOM)
  observed = new Float64Array(ROOM)
  events = new Float64Array(ROOM)
  dtype = new Uint8Array(ROOM)
  /** CRIT5FL and CRIT6FL as the family says: 0 nothing, 1 N, 2 Y. */
  fifth = new Uint8Array(ROOM)
  sixth = new Uint8Array(ROOM)
  /** 1: the value must not be compared with that of visit 0. */
  unlike = new Uint8Array(ROOM)
  reasons: (Areason | null)[] = []
  /** AVALC and AVALCAT1: words of the entry; null: none. */
  words: (string | null)[] = []
  categories: (string | null)[] = []
  /** Flags beside the fixed columns, by name: what stands in the column. */
  flags: (Readonly<Record<string, string>> | null)[] = []

  /** First and last point of each parameter, and the next point of the same; -1: none. */
  private first = new Int32Array(ROOM).fill(-1)
  private last = new Int32Array(ROOM).fill(-1)
  private next = new Int32Array(ROOM)

  constructor(trace: Trace | null = null) {
    this.trace = trace
  }

  clear(): void {
    this.count = 0
    this.first.fill(-1)
    this.trace?.clear()
  }

  /** Positions of the points of a parameter, in the order they were added. */
  of(parameter: number): number[] {
    const found: number[] = []
    for (let at = this.first[parameter] ?? -1; at >= 0; at = this.next[at] as number) found.push(at)
    return found
  }

  /** A point with a value. */
  add(parameter: number, visit: number, value: number): number {
    const at = this.open(parameter, visit)
    this.value[at] = value
    this.numerator[at] = value
    this.denominator[at] = 1
    return at
  }

  /** A yes or no: AVALC Y or N, AVAL 1 or 0. */
  answer(parameter: number, visit: number, yes: boolean): number {
    const at = this.add(parameter, visit, yes ? 1 : 0)
    this.words[at] = yes ? 'Y' : 'N'
    return at
  }

  /** A point without a value, and why. */
  none(parameter: number, visit: number, why: Areason): number {
    const at = this.open(parameter, visit)
    this.value[at] = Number.NaN
    this.numerator[at] = Number.NaN
    this.denominator[at] = 1
    this.reasons[at] = why
    return at
  }

  /** Study days of the window of the point added last, both included. */
  window(from: number, to: number): this {
    this.from[this.count - 1] = from
    this.to[this.count - 1] = to
    return this
  }

  /** Study day of the value. */
  on(day: number): this {
    this.day[this.count - 1] = day
    return this
  }

  /** Days observed (NOBS), and events counted on them (NEVT). */
  counted(observed: number, events: number = Number.NaN): this {
    this.observed[this.count - 1] = observed
    this.events[this.count - 1] = events
    return this
  }

  /** The whole numbers that responder cuts are decided by: `value` is a multiple of numerator / denominator. */
  quotient(numerator: number, denominator: number): this {
    this.numerator[this.count - 1] = numerator
    this.denominator[this.count - 1] = denominator
    return this
  }

  derivedBy(dtype: 'NRI' | 'PRORATE'): this {
    this.dtype[this.count - 1] = POINT_DTYPE[dtype]
    return this
  }

  /** Whether criterion 5 or 6 of the entry is met. */
  criterion(n: 5 | 6, met: boolean): this {
    const flags = n === 5 ? this.fifth : this.sixth
    flags[this.count - 1] = met ? 2 : 1
    return this
  }

  /** The value was taken in another way than that of visit 0: no change, NOT_EVALUABLE. */
  unlikeBaseline(): this {
    this.unlike[this.count - 1] = 1
    return this
  }

  inPhase(phase: number): this {
    this.phase[this.count - 1] = phase
    return this
  }

  word(word: string): this {
    this.words[this.count - 1] = word
    return this
  }

  category(word: string | null): this {
    this.categories[this.count - 1] = word
    return this
  }

  flag(name: string, word = 'Y'): this {
    const at = this.count - 1
    this.flags[at] = { ...this.flags[at], [name]: word }
    return this
  }

  /** The point added last was made of this row of a settled table. */
  uses(table: SettledName, row: number, note = ''): this {
    this.trace?.record(this.count - 1, table, row, true, note)
    return this
  }

  /** A row that was looked at and did not count, and why. */
  leaves(table: SettledName, row: number, why: string): this {
    this.trace?.record(this.count - 1, table, row, false, why)
    return this
  }

  /** The point added last was made of the value of another parameter. */
  restsOn(code: string, visit: number): this {
    this.trace?.rest(this.count - 1, code, visit)
    return this
  }

  private open(parameter: number, visit: number): number {
    const at = this.count++
    if (at === this.parameter.length) this.grow()
    this.chain(parameter, at)
    this.parameter[at] = parameter
    this.visit[at] = visit
    this.phase[at] = -1
    this.from[at] = Number.NaN
    this.to[at] = Number.NaN
    this.day[at] = Number.NaN
    this.observed[at] = Number.NaN
    this.events[at] = Number.NaN
    this.dtype[at] = POINT_DTYPE.none
    this.fifth[at] = 0
    this.sixth[at] = 0
    this.unlike[at] = 0
    this.reasons[at] = null
    this.words[at] = null
    this.categories[at] = null
    this.flags[at] = null
    return at
  }

  private chain(parameter: number, at: number): void {
    if (parameter >= this.first.length) {
      const length = 2 * parameter
      this.first = widen(this.first, new Int32Array(length).fill(-1))
      this.last = widen(this.last, new Int32Array(length))
    }
    if ((this.first[parameter] as number) < 0) this.first[parameter] = at
    else this.next[this.last[parameter] as number] = at
    this.last[parameter] = at
    this.next[at] = -1
  }

  private grow(): void {
    const integers = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const wide = new Int32Array(old.length * 2)
      wide.set(old)
      return wide
    }
    const doubles = (old: Float64Array): Float64Array<ArrayBuffer> => {
      const wide = new Float64Array(old.length * 2)
      wide.set(old)
      return wide
    }
    this.parameter = integers(this.parameter)
    this.next = integers(this.next)
    this.visit = integers(this.visit)
    this.phase = integers(this.phase)
    this.value = doubles(this.value)
    this.numerator = doubles(this.numerator)
    this.denominator = doubles(this.denominator)
    this.from = doubles(this.from)
    this.to = doubles(this.to)
    this.day = doubles(this.day)
    this.observed = doubles(this.observed)
    this.events = doubles(this.events)
    const bytes = (old: Uint8Array): Uint8Array<ArrayBuffer> => {
      const wide = new Uint8Array(old.length * 2)
      wide.set(old)
      return wide
    }
    this.dtype = bytes(this.dtype)
    this.fifth = bytes(this.fifth)
    this.sixth = bytes(this.sixth)
    this.unlike = bytes(this.unlike)
  }
}

function widen<T extends Int32Array>(values: T, wide: T): T {
  wide.set(values)
  return wide
}

/** A row of a settled table that a point was made of, or that was looked at and left. */
export interface TracedRecord {
  readonly table: SettledName
  readonly row: number
  readonly counted: boolean
  readonly note: string
}

/** What the points of one subject were made of. */
export class Trace {
  private readonly records = new Map<number, TracedRecord[]>()
  private readonly rests = new Map<number, { readonly code: string; readonly visit: number }[]>()

  clear(): void {
    this.records.clear()
    this.rests.clear()
  }

  record(point: number, table: SettledName, row: number, counted: boolean, note: string): void {
    const known = this.records.get(point)
    if (known === undefined) this.records.set(point, [{ table, row, counted, note }])
    else known.push({ table, row, counted, note })
  }

  rest(point: number, code: string, visit: number): void {
    const known = this.rests.get(point)
    if (known === undefined) this.rests.set(point, [{ code, visit }])
    else known.push({ code, visit })
  }

  recordsOf(point: number): readonly TracedRecord[] {
    return this.records.get(point) ?? []
  }

  restsOf(point: number): readonly { readonly code: string; readonly visit: number }[] {
    return this.rests.get(point) ?? []
  }
}
