/** RR intervals as a curve to be drawn through points: times in seconds, rising, and the interval at each, ms. */
export interface Tachogram {
  readonly times: Float64Array
  readonly intervals: Float64Array
}

/** A longer hole could swallow a whole segment of the spectrum (256 samples at 4 Hz), which would then measure nothing. */
const LONGEST_GAP_SECONDS = 64

/**
 * The NN intervals of a record on its time axis, with removed beats bridged by straight lines.
 *
 * Definition  the axis is the running sum of all RR intervals from the first NN on, removed ones included, so that a gap
 *             keeps its length. An interval stands at its middle: it is the mean pace over its duration, and a record
 *             read backwards gives the mirrored curve. In a gap, as many points as beats fit (its length by the mean of the two intervals
 *             beside it) stand evenly on the line between those two. The curve ends with the outermost NN intervals.
 * Input       RR intervals in ms; artefacts: 1 where an interval is not NN.
 * Output      the points; or null, where two NN intervals stand more than 64 s apart.
 * Throws      never. A removed "interval" that is no positive finite number takes no time.
 * Source      linear interpolation: [endpoints 8]; axis, middle, even points and the 64 s are [P].
 */
export function tachogramOf(rr: Float64Array, artefacts: Uint8Array): Tachogram | null {
  const times: number[] = []
  const intervals: number[] = []
  let clock = 0
  let last = -1
  for (let at = 0; at < rr.length; at++) {
    const seconds = rr[at] > 0 && rr[at] < Number.POSITIVE_INFINITY ? rr[at] / 1000 : 0
    if (artefacts[at] === 0) {
      const time = clock + seconds / 2
      if (last >= 0 && at - last > 1) {
        if (time - times[times.length - 1] > LONGEST_GAP_SECONDS) return null
        bridge(times, intervals, time, rr[at])
      }
      times.push(time)
      intervals.push(rr[at])
      last = at
    }
    // What precedes the first NN interval would only cost digits, at worst all of them.
    if (last >= 0) clock += seconds
  }
  return { times: Float64Array.from(times), intervals: Float64Array.from(intervals) }
}

function bridge(times: number[], intervals: number[], time: number, interval: number): void {
  const fromTime = times[times.length - 1]
  const from = intervals[intervals.length - 1]
  const steps = Math.round((time - fromTime) / ((from + interval) / 2000))
  for (let step = 1; step < steps; step++) {
    times.push(fromTime + ((time - fromTime) * step) / steps)
    intervals.push(from + ((interval - from) * step) / steps)
  }
}
