/** R-NUM: thresholds are whole percents, so that they are decided in whole numbers. */
const PERCENT = 100

/** One expected day of stimulation. */
export interface ExpectedDay {
  readonly prescribed: number
  /** Sessions delivered; null: nobody can tell. */
  readonly delivered: number | null
}

export interface Adherence {
  /** Sessions that count: those of a day up to its prescription. */
  readonly counted: number
  readonly prescribed: number
  /** Days whose sessions are known. */
  readonly known: number
}

/**
 * Sessions delivered of those prescribed.
 *
 * Definition  100 * sum(min(delivered, prescribed)) / sum(prescribed) over the expected days: a day is capped at its own
 *             prescription, so that a busy day does not make up for an idle one.
 * Output      the two sums, and on how many days they are known. The percent has no value where a day is unknown.
 * Source      endpoints.md section 11; thresholds 67 % Diener 2019 [C 52], 66 % Najib 2022 [C 4], 80 % Paccione 2022 [C 46].
 */
export function addUpAdherence(days: readonly ExpectedDay[]): Adherence {
  let counted = 0
  let prescribed = 0
  let known = 0
  for (const day of days) {
    prescribed += day.prescribed
    if (day.delivered === null) continue
    known++
    counted += Math.min(day.delivered, day.prescribed)
  }
  return { counted, prescribed, known }
}

/** Whether at least `threshold` percent, a whole number, of the sessions were delivered. */
export const reaches = ({ counted, prescribed }: Adherence, threshold: number): boolean =>
  PERCENT * counted >= threshold * prescribed
