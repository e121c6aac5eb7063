import { type Column, isPresent, type RecordTable, SESSION_ORIGINS, YES } from '@afferent/records'
import type { AdherenceFamily } from '@afferent/study'
import { sessionCharge } from './session-charge.ts'

const DIARY = SESSION_ORIGINS.indexOf('diary')
/** Nobody said so. */
const UNSAID = -1

/** What one source tells about the days of one subject: the device log, or the diary. */
class Account {
  readonly rows: Uint16Array
  readonly sessions: Float64Array
  /** Minutes and charge; NaN: a session of the day does not tell. */
  readonly minutes: Float64Array
  readonly charge: Float64Array
  /** Whether the subject has any row of this source. */
  kept = false

  constructor(length: number) {
    this.rows = new Uint16Array(length)
    this.sessions = new Float64Array(length)
    this.minutes = new Float64Array(length)
    this.charge = new Float64Array(length)
  }

  clear(): void {
    this.rows.fill(0)
    this.sessions.fill(0)
    this.minutes.fill(0)
    this.charge.fill(0)
    this.kept = false
  }
}

/** How the sessions of a study are told. */
export interface Logging {
  readonly family: AdherenceFamily
  /** A source tells of sessions as the device logged them; else the diary is the log. */
  readonly deviceLog: boolean
  /** Without a device log: the diary has a row for every day (sessions as a number), so a day without one is not known. */
  readonly dailyDiary: boolean
}

/**
 * Stimulation of one subject, day by day from day 1 on (position 0), in arrays that are used again for the next subject.
 *
 * Log     the device log decides; a day without a session in it has none. A day whose log could not be read (or a subject
 *         without any log, in a study that has one) is known by the diary's rows of that day, else not at all.
 * Dose    of what decides about the day. A session without minutes lasts its nominal length, if the study names one.
 * Prescribed  by the rows of the day; on days without a row as on the last day before that had one, else by the study file,
 *         else as on the first day after [P].
 */
export class StimulationDays {
  readonly length: number
  private readonly logging: Logging
  private readonly device: Account
  private readonly diary: Account
  private readonly gap: Uint8Array
  private readonly written: Int32Array
  readonly prescribed: Int32Array

  constructor(length: number, logging: Logging) {
    this.length = length
    this.logging = logging
    this.device = new Account(length)
    this.diary = new Account(length)
    this.gap = new Uint8Array(length)
    this.written = new Int32Array(length)
    this.prescribed = new Int32Array(length)
  }

  /** Reads rows `from` to `to` of a subject whose day 1 is `zero`. */
  read(table: RecordTable<'stimulation'> | null, from: number, to: number, zero: number): void {
    this.device.clear()
    this.diary.clear()
    this.gap.fill(0)
    this.written.fill(UNSAID)
    for (let row = from; table !== null && row < to; row++) this.readRow(table, row, zero)
    this.spreadPrescription()
  }

  private readRow(table: RecordTable<'stimulation'>, row: number, zero: number): void {
    const { columns } = table
    const account = this.accountOf(table, row)
    account.kept = true
    const day = (columns.day?.values[row] as number) - zero
    if (day < 0 || day >= this.length) return
    const prescribed = at(columns.prescribed, row)
    if (!Number.isNaN(prescribed)) this.written[day] = Math.max(this.written[day] as number, prescribed)
    if (at(columns.logGap, row) === YES) {
      this.gap[day] = 1
      return
    }
    account.rows[day] = (account.rows[day] as number) + 1
    account.sessions[day] = (account.sessions[day] as number) + this.sessionsOf(table, row)
    const minutes = this.minutesOf(table, row)
    account.minutes[day] = (account.minutes[day] as number) + minutes
    account.charge[day] = (account.charge[day] as number) + chargeOf(table, row, minutes)
  }

  private accountOf({ columns }: RecordTable<'stimulation'>, row: number): Account {
    return at(columns.origin, row) === DIARY ? this.diary : this.device
  }

  /** Sessions of a row that count: broken-off ones, ones of no length and too short ones do not. */
  sessionsOf({ columns }: RecordTable<'stimulation'>, row: number): number {
    const delivered = at(columns.delivered, row)
    if (!Number.isNaN(delivered)) return delivered
    const minutes = at(columns.minutes, row)
    const tooShort = minutes === 0 || minutes < this.logging.family.minMinutes - 1e-9
    return tooShort || at(columns.completed, row) === 0 ? 0 : 1
  }

  private minutesOf({ columns }: RecordTable<'stimulation'>, row: number): number {
    const minutes = at(columns.minutes, row)
    if (!Number.isNaN(minutes)) return minutes
    const delivered = at(columns.delivered, row)
    if (delivered === 0) return 0
    const { sessionMinutes } = this.logging.family
    return sessionMinutes === null ? Number.NaN : sessionMinutes * (Number.isNaN(delivered) ? 1 : delivered)
  }

  private spreadPrescription(): void {
    const { written, prescribed } = this
    const first = written.find((value) => value !== UNSAID) ?? UNSAID
    let last = this.logging.family.sessionsPerDay ?? first
    for (let day = 0; day < this.length; day++) {
      if (written[day] !== UNSAID) last = written[day] as number
      prescribed[day] = last
    }
  }

  /** Any row at all: a subject without one has no log, which is not a log without sessions. */
  get known(): boolean {
    return this.device.kept || this.diary.kept
  }

  /** What decides about a day; null: nobody can tell. */
  private deciding(day: number): Account | null {
    const { device, diary, logging } = this
    if (!logging.deviceLog) {
      const silent = this.gap[day] === 1 || logging.dailyDiary
      return silent && diary.rows[day] === 0 ? null : diary
    }
    if (device.kept && this.gap[day] === 0) return device
    return diary.rows[day] === 0 ? null : diary
  }

  /** Sessions delivered; null: not known. */
  deliveredOn(day: number): number | null {
    return this.deciding(day)?.sessions[day] ?? null
  }

  minutesOn(day: number): number {
    return this.deciding(day)?.minutes[day] ?? Number.NaN
  }

  chargeOn(day: number): number {
    return this.deciding(day)?.charge[day] ?? Number.NaN
  }

  /** Why a row did not count; null: it did. */
  whyLeft(table: RecordTable<'stimulation'>, row: number, day: number): string | null {
    if (this.gap[day] === 1 && at(table.columns.logGap, row) === YES)
      return 'the device log of the day could not be read'
    if (this.deciding(day) !== this.accountOf(table, row)) return 'the other account of the day decides'
    return this.sessionsOf(table, row) === 0 ? 'no session that counts' : null
  }
}

function chargeOf({ columns }: RecordTable<'stimulation'>, row: number, minutes: number): number {
  if (minutes === 0) return 0
  return sessionCharge(minutes, {
    current: at(columns.current, row),
    pulseWidth: at(columns.pulseWidth, row),
    frequency: at(columns.frequency, row),
    onShare: columns.onShare === undefined ? 1 : at(columns.onShare, row),
  })
}

const at = (column: Column | undefined, row: number): number =>
  column !== undefined && isPresent(column.valid, row) ? (column.values[row] as number) : Number.NaN
