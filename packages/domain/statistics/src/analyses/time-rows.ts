import { type ColumnOf, isPresent, type ShardResult, type TextColumn } from '@afferent/records'
import type { LogRatio } from '../likelihood/log-ratio.ts'
import { isMissing } from '../no-answer.ts'
import { cox } from '../times/cox.ts'
import { kaplanMeier } from '../times/kaplan-meier.ts'
import { logRank } from '../times/log-rank.ts'
import {
  type AnalysisContext,
  addRow,
  adjustmentOf,
  comparedWith,
  figures,
  hasAdjustment,
  type MethodRow,
} from './analysis-context.ts'
import type { CohortSubjects } from './cohort-subjects.ts'

/** Days to an event by subject of the study; NaN: no time. */
export interface EventTimes {
  readonly days: Float64Array
  /** 1 event, 0 censored. */
  readonly happened: Uint8Array
}

export function eventTimes(
  parameter: string,
  shards: readonly ShardResult[],
  { count, starts }: CohortSubjects,
): EventTimes {
  const days = new Float64Array(count).fill(Number.NaN)
  const happened = new Uint8Array(count)
  shards.forEach(({ events }, k) => {
    const codes = events.columns.PARAMCD as TextColumn
    const wanted = codes.dictionary.indexOf(parameter)
    const subject = (events.columns.SUBJECT as ColumnOf<'i32'>).values
    const AVAL = events.columns.AVAL as ColumnOf<'f64'>
    const CNSR = events.columns.CNSR as ColumnOf<'u8'>
    for (let row = 0; row < events.rows; row++) {
      if (codes.values[row] !== wanted || !isPresent(AVAL.valid, row)) continue
      const s = (starts[k] as number) + (subject[row] as number)
      days[s] = AVAL.values[row] as number
      happened[s] = CNSR.values[row] === 0 ? 1 : 0
    }
  })
  return { days, happened }
}

/** Members with a time, with or without all of `adjust`. */
function timed(context: AnalysisContext, times: EventTimes, places: readonly number[], adjusted: boolean) {
  const { data } = context
  const has = (m: number): boolean =>
    places.includes(data.arm[m] as number) &&
    !Number.isNaN(times.days[data.members[m] as number]) &&
    (!adjusted || hasAdjustment(context, m, false))
  const members = Int32Array.from([...data.members.keys()].filter(has))
  return {
    members,
    arm: Int32Array.from(members, (m) => places.indexOf(data.arm[m] as number)),
    days: Float64Array.from(members, (m) => times.days[data.members[m] as number] as number),
    happened: Uint8Array.from(members, (m) => times.happened[data.members[m] as number] as number),
  }
}

/** Median time of each arm. */
export function addKaplanMeierRows(context: AnalysisContext, times: EventTimes): void {
  const { arms } = context
  const METHOD = 'Kaplan-Meier, events before censorings at a tie, log-log limits'
  for (const place of [...new Set(context.comparisons.flatMap(({ arm, reference }) => [reference, arm]))].map(
    arms.placeOf,
  )) {
    const { members, days, happened } = timed(context, times, [place], false)
    const found = kaplanMeier(days, happened)
    const base: MethodRow = { ANALYSIS: 'KM', METHOD, ARM: arms.names[place - 1] as string, N: members.length }
    const counts = isMissing(found) ? {} : { NUMER: found.events, DENOM: found.n }
    const median = figures(found, (one) => ({
      ESTIMATE: one.median,
      LOWER: one.medianLower,
      UPPER: one.medianUpper,
      REASON: one.median === null ? 'more than half of the subjects stay without event' : null,
    }))
    addRow(context, { ...base, STAT: 'MEDIAN', ...counts, ...median }, [place], members.length)
  }
}

/** Log-rank test of each comparison, stratified by the texts of `adjust`. */
export function addLogRankRows(context: AnalysisContext, times: EventTimes): void {
  const { arms, analysis } = context
  for (const { arm: code, reference } of context.comparisons) {
    const pair = [arms.placeOf(code), arms.placeOf(reference)]
    const { members, arm, days, happened } = timed(context, times, pair, true)
    const { strata } = adjustmentOf(context, members, false)
    const keys = Array.from(members, (_, k) => strata.map(({ codes }) => codes[k]).join(' '))
    const levels = [...new Set(keys)].sort()
    const found = logRank(
      days,
      happened,
      arm,
      Int32Array.from(keys, (key) => levels.indexOf(key)),
    )
    const stratified = strata.length === 0 ? '' : `, stratified by ${analysis.adjust.join(', ')}`
    const row: MethodRow = {
      ANALYSIS: 'LOGRANK',
      METHOD: `log-rank test${stratified}`,
      ...namesOf(context, pair),
      STAT: 'CHISQ',
      N: members.length,
      ...figures(found, ({ chiSquare, p }) => ({ ESTIMATE: chiSquare, DF: 1, PVALUE: p })),
    }
    addRow(context, row, pair, members.length)
  }
}

/** Hazard ratio of each arm against the reference. */
export function addCoxRows(context: AnalysisContext, times: EventTimes): void {
  const { arms, analysis } = context
  for (const { reference, arms: compared } of comparedWith(context)) {
    const places = [reference, ...compared].map(arms.placeOf)
    const { members, arm, days, happened } = timed(context, times, places, true)
    const subjects = { arm, arms: places.length, reference: 0, ...adjustmentOf(context, members, false) }
    const found = cox(days, happened, subjects)
    const terms = ['TRT', ...analysis.adjust].join(' + ')
    for (let a = 1; a < places.length; a++) {
      const pair = [places[a] as number, places[0] as number]
      const inPair = arm.reduce((n, own) => n + (own === a || own === 0 ? 1 : 0), 0)
      const row: MethodRow = {
        ANALYSIS: 'COX',
        METHOD: `Cox regression, ${terms}, texts as strata, Efron's ties, Wald limits, SE of the log ratio`,
        ...namesOf(context, pair),
        STAT: 'HR',
        N: inPair,
        ...figures(
          isMissing(found) ? found : (found.hazardRatios[a] as LogRatio),
          ({ ratio, se, lower, upper, p }) => ({
            ESTIMATE: ratio,
            SE: se,
            LOWER: lower,
            UPPER: upper,
            PVALUE: p,
          }),
        ),
      }
      addRow(context, row, pair, inPair)
    }
  }
}

const namesOf = ({ arms }: AnalysisContext, [arm, reference]: readonly number[]) => ({
  ARM: arms.names[(arm as number) - 1] as string,
  REFARM: arms.names[(reference as number) - 1] as string,
})
