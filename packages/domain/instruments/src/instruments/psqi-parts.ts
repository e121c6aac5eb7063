import { span, sumAt } from '../tally.ts'
import { reaches, TOLERANCE } from '../tolerance.ts'

/** Places of the items, in the order of the instrument. */
const QUALITY = 0
const LATENCY = 1
const CANNOT_SLEEP = 2
const HOURS_SLEPT = 3
const CLOCKS = { hours: { from: 4, to: 5, perHour: 1 }, minutes: { from: 6, to: 7, perHour: 60 } } as const
const DISTURBANCES = span(9, 16)
const OTHER_REASON = 16
const MEDICINE = 17
const DAYTIME = span(19, 20)

/** Names of the parts, in order. */
export const PSQI_PARTS = [
  'quality',
  'latency',
  'duration',
  'efficiency',
  'disturbances',
  'medicine',
  'daytime',
] as const

/**
 * The seven parts of the PSQI, 0-3 each.
 *
 * Definition  quality as answered. Latency: minutes (<= 15, 30, 60, above -> 0-3) + cannot sleep within 30 minutes, the sum 0,
 *             1-2, 3-4, 5-6 -> 0-3. Duration: >= 7, 6, 5 h, below -> 0-3. Efficiency: hours slept / time in bed, >= 85, 75,
 *             65 %, below -> 0-3, more than 100 % as 85. Disturbances: sum of nine 0, 1-9, 10-18, 19-27 -> 0-3. Medicine as
 *             answered. Daytime: sum of two 0, 1-2, 3-4, 5-6 -> 0-3.
 * Output      PSQI_PARTS in order; NaN: the part is missing. A blank other reason is 0.
 * Source      Buysse et al., Psychiatry Res 1989;28:193-213 and the scoring of its authors; [C 43].
 */
export function psqiParts(answers: Float64Array): Float64Array {
  const slept = answers[HOURS_SLEPT] as number
  const hours = timeInBed(answers, 'hours')
  const inBed = Number.isNaN(hours) ? timeInBed(answers, 'minutes') : hours
  const other = answers[OTHER_REASON] as number
  const disturbances = sumAt(answers, DISTURBANCES) + (Number.isNaN(other) ? 0 : other)
  return Float64Array.of(
    answers[QUALITY] as number,
    above(above(answers[LATENCY] as number, 15, 30, 60) + (answers[CANNOT_SLEEP] as number), 0, 2, 4),
    below(slept, 7, 6, 5),
    inBed === 0 ? Number.NaN : below((100 * slept) / inBed, 85, 75, 65),
    above(disturbances, 0, 9, 18),
    answers[MEDICINE] as number,
    above(sumAt(answers, DAYTIME), 0, 2, 4),
  )
}

/** Hours between bedtime and getting up, modulo 24; NaN if either is missing on this clock. */
export function timeInBed(answers: Float64Array, clock: keyof typeof CLOCKS): number {
  const { from, to, perHour } = CLOCKS[clock]
  return (((answers[to] as number) - (answers[from] as number)) / perHour + 24) % 24
}

/** How many of the three limits a value exceeds. */
const above = (value: number, ...limits: readonly [number, number, number]): number =>
  Number.isNaN(value) ? value : limits.filter((limit) => value > limit + TOLERANCE).length

/** How many of the three limits a value does not reach. */
const below = (value: number, ...limits: readonly [number, number, number]): number =>
  Number.isNaN(value) ? value : limits.filter((limit) => !reaches(value, limit)).length
