import type { Analysis, Estimand, IntercurrentEvent, Strategy } from '@afferent/study'
import type { CohortSubjects } from './cohort-subjects.ts'
import type { VisitValues } from './parameter-values.ts'

/** What an analysis is made of, after analysis set and intercurrent events: columns over the members of the set. */
export interface EstimandData {
  /** Subjects of the study, by place, in their order. */
  readonly members: Int32Array
  /** Position of the arm of each member. */
  readonly arm: Int32Array
  readonly base: Float64Array
  readonly visits: readonly MemberValues[]
  /** By position of the arm. */
  readonly randomised: (arm: number) => number
  /** Whether some member has several rows at a visit, as in studies with phases. */
  readonly repeated: boolean
}

export interface MemberValues {
  readonly visit: number
  /** In the column of the outcome; NaN: missing. */
  readonly outcome: Float64Array
  /** 0 missing, 1 no, 2 yes. */
  readonly answer: Uint8Array
  /** Events counted, and over how many days: of counts. */
  readonly events: Float64Array
  readonly observed: Float64Array
}

const NO = 1

/**
 * Analysis set and intercurrent events (ICH E9(R1); endpoints.md section 10).
 *
 * Set         see ANALYSIS_SETS. A subject without an arm is in none.
 * Event       counts at a visit when its day is not after the last day of the window (the day of the record, where there is
 *             no window; where neither is known, at every visit [P]).
 * Strategy    treatment policy: the value stays. Hypothetical: it is missing. Composite: no response, or the worst value
 *             anybody in the set has at the visit [P]. While on treatment: the last value before the event. Principal
 *             stratum: the subject is left out.
 */
export function estimandData(
  { population, events }: Estimand,
  { outcome }: Analysis,
  lowerIsBetter: boolean | null,
  values: readonly VisitValues[],
  subjects: CohortSubjects,
): EstimandData {
  const strategies = Object.entries(events) as [IntercurrentEvent, Strategy][]
  const happened = (s: number, at: VisitValues, kinds: readonly Strategy[] | null): boolean =>
    strategies.some(([event, strategy]) => {
      const day = subjects.events[event][s] as number
      if ((kinds !== null && !kinds.includes(strategy)) || Number.isNaN(day)) return false
      const last = at.lastDay[s] as number
      return Number.isNaN(last) || day <= last
    })
  const arms = population === 'SAFETY' ? subjects.treated : subjects.allocated
  const stratified = strategies.filter(([, strategy]) => strategy === 'principal-stratum').map(([event]) => event)
  const hasValues = (s: number): boolean =>
    values.some(({ value, answer }) => !Number.isNaN(value[s]) || answer[s] !== 0) &&
    values.some(({ base, answer }) => !Number.isNaN(base[s]) || answer[s] !== 0)
  const isMember = (s: number): boolean => {
    if (arms[s] === 0 || stratified.some((event) => !Number.isNaN(subjects.events[event][s]))) return false
    if (population === 'ITT') return true
    if (population === 'COMPLETE')
      return values.every(({ value, answer }) => !Number.isNaN(value[s]) || answer[s] !== 0)
    if (subjects.begun[s] === 0) return false
    if (population === 'SAFETY') return true
    if (values.length > 0 && !hasValues(s)) return false
    return population === 'MITT' || subjects.treated[s] === subjects.allocated[s]
  }
  const members = Int32Array.from([...Array(subjects.count).keys()].filter(isMember))
  const baseOf = (s: number): number =>
    values.map(({ base }) => base[s] as number).find((base) => !Number.isNaN(base)) ?? Number.NaN
  const base = Float64Array.from(members, baseOf)
  const visits = values.map((at, v): MemberValues => {
    const of = (column: (one: VisitValues) => Float64Array): Float64Array =>
      Float64Array.from(members, (s) => column(at)[s] as number)
    const inOutcome = (one: VisitValues): Float64Array => columnOf(one, outcome)
    const own = {
      visit: at.visit,
      outcome: of(inOutcome),
      events: of((one) => one.events),
      observed: of((one) => one.observed),
    }
    const answer = Uint8Array.from(members, (s) => at.answer[s] as number)
    const worst = worstValue(at, members, lowerIsBetter)
    const put = (m: number, from: VisitValues | undefined): void => {
      const s = members[m] as number
      own.outcome[m] = from === undefined ? Number.NaN : (inOutcome(from)[s] as number)
      own.events[m] = from === undefined ? Number.NaN : (from.events[s] as number)
      own.observed[m] = from === undefined ? Number.NaN : (from.observed[s] as number)
      answer[m] = from === undefined ? 0 : (from.answer[s] as number)
    }
    members.forEach((s, m) => {
      if (population === 'PP' && happened(s, at, null)) put(m, undefined)
      else if (happened(s, at, ['composite'])) {
        put(m, undefined)
        answer[m] = NO
        if (worst !== null) own.outcome[m] = fromValue(worst, base[m] as number, outcome)
      } else if (happened(s, at, ['hypothetical'])) put(m, undefined)
      else if (happened(s, at, ['while-on-treatment'])) {
        put(
          m,
          values.slice(0, v).findLast((earlier) => !happened(s, earlier, ['while-on-treatment'])),
        )
      }
    })
    return { ...own, answer }
  })
  const randomised = (arm: number): number => subjects.allocated.reduce((n, own) => n + (own === arm ? 1 : 0), 0)
  const repeated = values.some(({ rows }) => members.some((s) => (rows[s] as number) > 1))
  return { members, arm: Int32Array.from(members, (s) => arms[s] as number), base, visits, randomised, repeated }
}

function columnOf({ value, change, percent }: VisitValues, outcome: Analysis['outcome']): Float64Array {
  if (outcome.kind !== 'value' || outcome.column === 'AVAL') return value
  return outcome.column === 'CHG' ? change : percent
}

/** The worst value of the members at a visit; null: which direction is worse is not known, or nobody has one. */
function worstValue({ value }: VisitValues, members: Int32Array, lowerIsBetter: boolean | null): number | null {
  if (lowerIsBetter === null) return null
  let worst: number | null = null
  for (const s of members) {
    const own = value[s] as number
    if (Number.isNaN(own)) continue
    if (worst === null || (lowerIsBetter ? own > worst : own < worst)) worst = own
  }
  return worst
}

/** A value as the outcome has it. */
function fromValue(value: number, base: number, outcome: Analysis['outcome']): number {
  if (outcome.kind !== 'value' || outcome.column === 'AVAL') return value
  if (outcome.column === 'CHG') return value - base
  return base === 0 ? Number.NaN : (100 * (value - base)) / base
}
