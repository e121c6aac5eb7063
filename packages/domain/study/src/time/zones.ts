/**
 * Wall clocks and instants in a home zone (R-TZ). A wall clock is a number of milliseconds as if it were UTC.
 *
 * Offsets are whole minutes (zones of the last fifty years have no others; older seconds are rounded). The data are
 * those of the JavaScript engine; their version enters the computation version through the adapters.
 */
export interface Zone {
  readonly name: string
  /** Minutes east of UTC at an instant. */
  offsetAt(utcMs: number): number
  /**
   * Instant of a wall clock. `twice`: the hour exists twice, the earlier one is meant. `skipped`: it does not exist, and
   * is shifted forward by the gap. Either sets TZFL.
   */
  fromWall(wallMs: number): WallInstant
}

export interface WallInstant {
  readonly utc: number
  readonly offsetMinutes: number
  readonly kind: 'exact' | 'twice' | 'skipped'
}

/** Time between two changes of the offset, within one calendar year of UTC: `from` included, `to` not. */
interface Stretch {
  readonly from: number
  readonly to: number
  readonly offset: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Years whose changes are looked up once and kept; others are asked instant by instant. */
const FIRST_YEAR = 1900
const LAST_YEAR = 2100
const LAST_INSTANT = 8.64e15

const zones = new Map<string, Zone>()

/** Whether the engine knows a zone of this name (IANA: Europe/Berlin, UTC; not an offset such as +01:00). */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    formatter(name)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** The zone of that name, which must be one (`isZone`). Kept, so that its changes are found once. */
export function zone(name: string): Zone {
  const known = zones.get(name)
  if (known !== undefined) return known
  const made = makeZone(name)
  zones.set(name, made)
  return made
}

function makeZone(name: string): Zone {
  const format = formatter(name)
  const years = new Map<number, readonly Stretch[]>()
  let current: Stretch = { from: 0, to: 0, offset: 0 }

  function stretchAt(utcMs: number): Stretch {
    const year = new Date(utcMs).getUTCFullYear()
    if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) return { from: utcMs, to: utcMs, offset: askOffset(format, utcMs) }
    const stretches = years.get(year) ?? findStretches(format, year)
    years.set(year, stretches)
    return stretches.find((stretch) => utcMs < stretch.to) as Stretch
  }

  function offsetAt(utcMs: number): number {
    if (utcMs < current.from || utcMs >= current.to) current = stretchAt(utcMs)
    return current.offset
  }

  function fromWall(wallMs: number): WallInstant {
    // Offsets lie within a day of UTC, so a day before and after the wall clock are the only two that can hold.
    const before = offsetAt(wallMs - DAY)
    if (wallMs + DAY < current.to) return { utc: wallMs - before * MINUTE, offsetMinutes: before, kind: 'exact' }
    const after = offsetAt(wallMs + DAY)
    return resolveWall(offsetAt, wallMs, before, after)
  }

  return { name, offsetAt, fromWall }
}

function resolveWall(offsetAt: Zone['offsetAt'], wallMs: number, before: number, after: number): WallInstant {
  const early = wallMs - before * MINUTE
  const late = wallMs - after * MINUTE
  const earlyHolds = offsetAt(early) === before
  const lateHolds = offsetAt(late) === after
  if (earlyHolds && lateHolds && early !== late) {
    return early < late
      ? { utc: early, offsetMinutes: before, kind: 'twice' }
      : { utc: late, offsetMinutes: after, kind: 'twice' }
  }
  if (earlyHolds) return { utc: early, offsetMinutes: before, kind: 'exact' }
  if (lateHolds) return { utc: late, offsetMinutes: after, kind: 'exact' }
  return { utc: early, offsetMinutes: offsetAt(early), kind: 'skipped' }
}

/** Stretches of one year, in order. Offsets are compared from day to day, then the minute of a change is bisected. */
function findStretches(format: Intl.DateTimeFormat, year: number): readonly Stretch[] {
  const end = Date.UTC(year + 1, 0, 1)
  const stretches: Stretch[] = []
  let from = Date.UTC(year, 0, 1)
  let offset = askOffset(format, from)
  for (let day = from; day < end; day += DAY) {
    const next = askOffset(format, day + DAY)
    if (next === offset) continue
    const change = findChange(format, day, day + DAY)
    if (change >= end) break
    stretches.push({ from, to: change, offset })
    from = change
    offset = next
  }
  stretches.push({ from, to: end, offset })
  return stretches
}

/** First minute in (low, high] with the offset of `high`. */
function findChange(format: Intl.DateTimeFormat, low: number, high: number): number {
  const after = askOffset(format, high)
  let lo = low
  let hi = high
  while (hi - lo > MINUTE) {
    const middle = lo + Math.floor((hi - lo) / MINUTE / 2) * MINUTE
    if (askOffset(format, middle) === after) hi = middle
    else lo = middle
  }
  return hi
}

const formatter = (name: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })

const OFFSET = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/

function askOffset(format: Intl.DateTimeFormat, utcMs: number): number {
  const text = format.format(Math.max(-LAST_INSTANT, Math.min(LAST_INSTANT, utcMs)))
  const parts = OFFSET.exec(text)
  if (parts === null) throw new Error(`the engine printed no offset: ${text}`)
  if (parts[1] === undefined) return 0
  const minutes = Number(parts[2]) * 60 + Number(parts[3]) + Math.round(Number(parts[4] ?? 0) / 60)
  return parts[1] === '-' ? -minutes : minutes
}
