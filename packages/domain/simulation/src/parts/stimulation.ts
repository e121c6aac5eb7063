import type { ResolvedOptions } from '../options.ts'
import { type Person, STREAM } from '../person.ts'
import { Random } from '../random.ts'
import type { ParameterTruth, Part, RecordFile } from '../scenario.ts'
import { submissionMinute, writeRecord } from '../write-record.ts'

/** Sessions prescribed per day, in the morning, at noon and in the evening. */
const SESSIONS = [8 * 60, 13 * 60, 20 * 60] as const
const MINUTES = 2
const FREQUENCY_HZ = 25
const PULSE_US = 200
/** Days whose log could not be read. */
const GAP = 0.001
const PERIOD_DAYS = 28

interface Wearer {
  /** Share of the sessions that are done. */
  readonly adherence: number
  readonly milliamperes: number
}

/** Most do most of it, some stop caring (PREMIUM: 83 % of the subjects at 67 % or more). */
function drawWearer(random: Random): Wearer {
  const adherence = random.chance(0.83) ? random.between(0.72, 1) : random.between(0.2, 0.66)
  return { adherence, milliamperes: random.whole(10, 60) }
}

const wearerOf = ({ index }: Person, { seed }: ResolvedOptions): Wearer =>
  drawWearer(new Random(seed, index, STREAM.adherence))

/** One row per session, as a device logs it. */
const sessions: RecordFile = {
  name: 'stimulation',
  header: ['subject', 'start', 'minutes', 'current_ma', 'pulse_us', 'frequency_hz', 'log_gap', 'submitted'],
  stream: STREAM.sessionFile,
  write(person, random, options, rows) {
    const { adherence, milliamperes } = wearerOf(person, options)
    const write = (day: number, minute: number, gap: boolean): void =>
      writeRecord(random, { ...options, late: 0 }, rows, (coming) => {
        rows.text(person.id)
        rows.instant(day, minute)
        rows.text(gap ? '' : String(coming === 'superseded' ? 1 : MINUTES))
        rows.small(milliamperes)
        rows.text(String(PULSE_US))
        rows.small(FREQUENCY_HZ)
        rows.flag(gap)
        rows.instant(day, submissionMinute(random, coming, minute))
      })
    for (let index = 0; index < person.lastStudyDay; index++) {
      const day = person.start + index
      if (random.chance(GAP)) {
        write(day, 0, true)
        continue
      }
      for (const time of SESSIONS) if (random.chance(adherence)) write(day, time + random.whole(0, 59), false)
    }
  },
}

function truths(person: Person, options: ResolvedOptions): ParameterTruth[] {
  const { adherence, milliamperes } = wearerOf(person, options)
  const minutes = PERIOD_DAYS * SESSIONS.length * MINUTES * adherence
  // mA x us x Hz x s: 1e-6 makes it mC.
  const millicoulombs = milliamperes * PULSE_US * FREQUENCY_HZ * minutes * 60 * 1e-6
  const visits = Math.floor(Math.min(options.weeks * 7, person.lastStudyDay) / PERIOD_DAYS)
  return Array.from({ length: visits }, (_, period) => period + 1).flatMap((visit) => [
    { parameter: 'STIMADH', visit, value: 100 * adherence },
    { parameter: 'STIMMIN', visit, value: minutes },
    { parameter: 'STIMCHG', visit, value: millicoulombs },
  ])
}

export const stimulation = (): Part => ({
  files: [sessions],
  settings: `adherence: { sessionsPerDay: ${SESSIONS.length}, sessionMinutes: ${MINUTES} }\n`,
  sources: `  - name: stimulation
    files: '*stimulation*.csv'
    layout: stimulation
    columns:
      subject: subject
      start: start
      minutes: minutes
      current: current_ma
      pulseWidth: pulse_us
      frequency: frequency_hz
      logGap: log_gap
      submitted: submitted
`,
  truths,
})
