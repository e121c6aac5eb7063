import type { AnalyticStudy } from '@afferent/study'
import type { Arms } from '../arms.ts'
import { garwoodInterval } from '../counts/garwood.ts'
import { isMissing } from '../no-answer.ts'
import { miettinenNurminen } from '../proportions/miettinen-nurminen.ts'
import { wilsonInterval } from '../proportions/wilson.ts'
import type { CohortRows, Estimate } from '../rows/cohort-rows.ts'
import { type EventGroup, eventGroups } from './event-groups.ts'
import type { SafetySubject } from './safety-subjects.ts'

const YEAR_DAYS = 365.25
const PER_YEARS = 100
const EMERGENT = 'treatment-emergent events, arms as treated'
const GARWOOD = `${EMERGENT}; per 100 person-years of 365.25 d, exact Poisson interval (Garwood)`
/** Exposure begins with the first stimulation: events of the procedure before it have none. */
const EXPOSED_PHASE = 'Treatment'

/**
 * Incidence and rates of adverse events, per group of events, for all treated subjects (ARM missing) and per arm as treated.
 *
 * ANALYSIS AEINC  STAT PROPORTION  subjects with an event / subjects treated, Wilson limits
 *                 STAT RD          of an arm less that of the reference, Miettinen-Nurminen limits
 * ANALYSIS EAIR   STAT RATE        100 * subjects with an event / person-years up to and including the day of the first one,
 *                                  else to the end of exposure; never beyond it [P]
 * ANALYSIS EAER   STAT RATE        100 * events / total person-years
 * STAT PYEARS                      the person-years themselves
 * Exposure runs from the first stimulation to the last, both days included [P]; events of the phase Procedure enter AEINC
 * alone. An unknown end of exposure leaves the rates of its arm without an answer.
 * Source  endpoints.md section 11.
 */
export function addSafetyRows(
  rows: CohortRows,
  study: AnalyticStudy,
  subjects: readonly SafetySubject[],
  arms: Arms,
  randomised: Int32Array,
): void {
  const total = randomised.reduce((sum, n) => sum + n, 0)
  const sets = [
    { where: { NRAND: total }, members: subjects },
    ...arms.names.map((name, k) => ({
      where: { ARM: name, NRAND: randomised[k + 1] ?? 0 },
      members: subjects.filter(({ arm }) => arm === k + 1),
    })),
  ]
  for (const group of eventGroups(study, subjects)) {
    for (const { where, members } of sets) {
      const n = members.length
      const common = { ...where, ...group.names, ANLSET: 'SAF', NSET: n, NDATA: n, N: n }
      addIncidence(rows, common, group, members)
      if (group.rates) addRates(rows, common, group, members)
    }
    addDifferences(rows, study, group, subjects, arms, randomised)
  }
}

function addIncidence(rows: CohortRows, where: Estimate, group: EventGroup, members: readonly SafetySubject[]): void {
  const count = members.filter(({ events }) => group.pick(events).length > 0).length
  const found = wilsonInterval(count, members.length)
  rows.add({
    ...where,
    ANALYSIS: 'AEINC',
    PARAMCD: 'AEINC',
    METHOD: `${EMERGENT}; Wilson score interval`,
    STAT: 'PROPORTION',
    ESTIMATE: found?.estimate ?? null,
    LOWER: found?.lower ?? null,
    UPPER: found?.upper ?? null,
    NUMER: count,
    DENOM: members.length,
    REASON: found === null ? 'NO_DENOMINATOR' : null,
  })
}

/** Incidence of each arm less that of the reference, arms as treated. */
function addDifferences(
  rows: CohortRows,
  study: AnalyticStudy,
  group: EventGroup,
  subjects: readonly SafetySubject[],
  arms: Arms,
  randomised: Int32Array,
): void {
  const reference = study.arms.findIndex((arm) => arm.reference)
  if (reference < 0) return
  const countsOf = (place: number) => {
    const members = subjects.filter(({ arm }) => arm === place)
    return { n: members.length, x: members.filter(({ events }) => group.pick(events).length > 0).length }
  }
  const two = countsOf(reference + 1)
  study.arms.forEach((_, k) => {
    if (k === reference) return
    const one = countsOf(k + 1)
    const found = miettinenNurminen({ x1: one.x, n1: one.n, x2: two.x, n2: two.n })
    const n = one.n + two.n
    rows.add({
      ...group.names,
      ARM: arms.names[k],
      REFARM: arms.names[reference],
      ANLSET: 'SAF',
      NRAND: (randomised[k + 1] ?? 0) + (randomised[reference + 1] ?? 0),
      NSET: n,
      NDATA: n,
      N: n,
      ANALYSIS: 'AEINC',
      PARAMCD: 'AEINC',
      METHOD: `${EMERGENT}; difference of incidences, Miettinen-Nurminen limits`,
      STAT: 'RD',
      NUMER: one.x,
      DENOM: one.n,
      ...(isMissing(found)
        ? { ESTIMATE: null, REASON: 'NO_DENOMINATOR' }
        : { ESTIMATE: found.estimate, LOWER: found.lower, UPPER: found.upper }),
    })
  })
}

function addRates(rows: CohortRows, where: Estimate, group: EventGroup, members: readonly SafetySubject[]): void {
  let subjects = 0
  let events = 0
  let daysToFirst = 0
  let days = 0
  for (const member of members) {
    const own = group.pick(member.events).filter(({ phase }) => phase === EXPOSED_PHASE)
    const exposure = member.days ?? Number.NaN
    if (own.length > 0) subjects++
    events += own.length
    days += exposure
    daysToFirst += own.reduce((least, { exposed }) => Math.min(least, exposed ?? least), exposure)
  }
  addRate(rows, { ...where, ANALYSIS: 'EAIR', PARAMCD: 'EAIR' }, subjects, daysToFirst)
  addRate(rows, { ...where, ANALYSIS: 'EAER', PARAMCD: 'EAER' }, events, days)
}

function addRate(rows: CohortRows, where: Estimate, count: number, days: number): void {
  const row = { ...where, METHOD: GARWOOD, NUMER: count }
  const years = days / YEAR_DAYS
  const found = garwoodInterval(count, years, PER_YEARS)
  const why = Number.isNaN(days) ? 'EXPOSURE_UNKNOWN' : 'NO_EXPOSURE'
  rows.add({
    ...row,
    STAT: 'RATE',
    ESTIMATE: found?.estimate ?? null,
    LOWER: found?.lower ?? null,
    UPPER: found?.upper ?? null,
    REASON: found === null ? why : null,
  })
  if (found !== null) rows.add({ ...row, STAT: 'PYEARS', ESTIMATE: years })
}
