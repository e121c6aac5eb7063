import type { AnalyticStudy } from '@afferent/study'
import { minObservedOf } from '../../windows/schedule.ts'

/** Windows and minimum data of a study as phrases, for the texts of entries. */

const stretch = ({ from, to }: { readonly from: number; readonly to: number }): string => `study days ${from} to ${to}`

/** `28-day periods from study day 1; baseline: study days -28 to -1` */
export function periodsInWords({ periods }: AnalyticStudy): string {
  const baseline = `baseline: ${stretch(periods.baseline)}`
  if (periods.windows === null) return `periods of ${periods.lengthDays} days from study day 1; ${baseline}`
  return `${periods.windows.map((window) => `${window.label} (${stretch(window)})`).join(', ')}; ${baseline}`
}

export const weeksInWords = ({ weeks }: AnalyticStudy): string =>
  `study weeks, week w = study days 7(w-1)+1 to 7w; baseline: ${stretch(weeks.baseline)}`

/** `14 of 28 days observed (prorate14), 20 in the baseline` */
export function periodMinimum({ periods }: AnalyticStudy): string {
  const baseline = `${periods.baselineMinObserved} in the baseline`
  if (periods.minObserved !== null) return `${periods.minObserved} days observed, ${baseline}`
  const days = periods.windows === null ? periods.lengthDays : 28
  const others = periods.windows === null ? '' : ', the same share of other lengths'
  return `${minObservedOf(periods.missing, days)} of ${days} days observed (${periods.missing})${others}; ${baseline}`
}

export const weekMinimum = ({ weeks }: AnalyticStudy): string =>
  `${weeks.minObserved} of 7 days rated, in the baseline week too`

/** `50 % of all days after the baseline observed; 20 in the baseline` */
export const pooledMinimum = ({ periods }: AnalyticStudy): string =>
  `${100 * periods.pooledMinObservedFraction} % of the days of all scheduled periods observed; ` +
  `${periods.baselineMinObserved} in the baseline`

export const spanInWords = (study: AnalyticStudy): string =>
  `all scheduled periods together, invalid ones included; ${periodsInWords(study)}`
