import { tQuantile } from '@afferent/distributions'
import type { ColumnTable, EffectColumn, Parameter, ShardResult, TextColumn, Visit } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { addAnalyses } from './analyses/add-analyses.ts'
import { Arms } from './arms.ts'
import { describe } from './description/describe.ts'
import { wilsonInterval } from './proportions/wilson.ts'
import { addAttackRows } from './rows/attack-rows.ts'
import { CohortRows, type Estimate } from './rows/cohort-rows.ts'
import { addCoverageRows } from './rows/coverage-rows.ts'
import { addCurve, hasCurve } from './rows/curve-rows.ts'
import { addDualRows } from './rows/dual-rows.ts'
import { addLaboratoryRows, type LaboratoryResults, readLaboratory } from './rows/laboratory-rows.ts'
import { ANSWERS, DESCRIBED, sampleOf, type VisitSample } from './rows/parameter-sample.ts'
import { rowsOf } from './rows/rows-by-parameter.ts'
import { addAdherenceRows } from './safety/adherence-rows.ts'
import { addBlindingRows } from './safety/blinding-rows.ts'
import { addSafetyRows } from './safety/incidence-rows.ts'
import { safetySubjects } from './safety/safety-subjects.ts'

export interface CohortInput {
  readonly study: AnalyticStudy
  readonly parameters: readonly Parameter[]
  readonly visits: readonly Visit[]
  /** In subject order: sums run over subjects in this order. */
  readonly shards: readonly ShardResult[]
  /** The same shards with rows of some parameters at hand, those of others or not; absent: they hold the rows of all. */
  readonly withRows?: (codes: readonly string[]) => readonly ShardResult[]
}

/** Everybody who is in the data; analysis sets by rule come with the estimand block. */
const ALL_SUBJECTS = 'ALL'
const DESCRIPTIVE = 'descriptive, quartiles of type 7'
const WILSON = 'Wilson score interval'
/** Unit of parameters that are themselves a yes or no. */
const ANSWER_UNIT = 'Y/N'
const FARRAR_STATS = ['FARRAR30', 'FARRAR2'] as const
const FARRAR_FIRST = 4

/**
 * Descriptive rows of the table `cohort`: per parameter of adeff, visit and arm (and all subjects together, ARM missing;
 * in studies with phases also per phase, SUBGRP BASETYPE).
 *
 * ANALYSIS AVAL, BASE, CHG, PCHG   STAT N MEAN (t limits) SD MEDIAN Q1 Q3 MIN MAX of the analysed rows that have a value
 * ANALYSIS RESPONSE                STAT RSP30 ... (cuts of study or family), FARRAR30, FARRAR2, YES (yes/no parameters):
 *                                  ESTIMATE = NUMER / DENOM with Wilson limits; DENOM = subjects whose flag is not null
 * ANALYSIS RESPONSE                STAT ZEROBASE: subjects with a baseline of 0, who have no percent change (R-ZERO);
 *                                  NUMER of them left the denominator (none under `zeroBaseline: nonresponder`)
 * ANALYSIS CRF                     STAT IMP0, IMP5 ... IMP100, where `hasCurve` says so (curve-rows.ts)
 *
 * Then what adherence, adverse events and guesses of the treatment say (folder safety).
 * ANALYSIS DUAL, JOINT             pain and mood together (dual-rows.ts)
 * ANALYSIS COVERAGE                core domains of fibromyalgia (coverage-rows.ts)
 *
 * Laboratory results have further rows (laboratory-rows.ts), and none of these where most of them lie below the limit.
 *
 * ANALYSIS ATTACKS                 parameters with a row per attack: all attacks together (attack-rows.ts)
 *
 * Rows whose window is not over (NOT_REACHED) enter nothing. NRAND and NSET count the subjects of the arm, NDATA those
 * with an AVAL at the visit.
 */
export function summarizeCohort(input: CohortInput): ColumnTable {
  return cohortTable([...parameterEstimates(input, input.parameters), ...studyEstimates(input)])
}

/** Estimates as the table `cohort`. */
export function cohortTable(estimates: readonly Estimate[]): ColumnTable {
  const rows = new CohortRows()
  for (const estimate of estimates) rows.add(estimate)
  return rows.table()
}

/** The rows that each parameter has by itself, of some of the parameters: the first of the cohort. */
export function parameterEstimates(input: CohortInput, some: readonly Parameter[]): readonly Estimate[] {
  const { study, arms, phases, armOfSubjects, randomised, labels, measured, withRows } = openCohort(input)
  const rows = new CohortRows()
  for (const parameter of some) {
    const known = labels.get(parameter.code)
    if (parameter.table !== 'adeff' || known === undefined) continue
    const parts = withRows([parameter.code]).map((shard, k) => ({
      shard,
      rows: rowsOf(shard, parameter.code),
      armOfSubject: armOfSubjects[k] as Int32Array,
    }))
    const asked = responsesOf(study, parameter).map(([, column]) => column)
    const isAnswer = parameter.unit === ANSWER_UNIT
    const samples = sampleOf([...known.keys()].sort(ascending), parts, arms, isAnswer, (k) => asked.includes(k))
    const last = Math.max(0, ...known.keys())
    for (const sample of samples) {
      const shown = describedOf(parameter, sample.visit, measured)
      const where = { PARAMCD: parameter.code, AVISIT: known.get(sample.visit) as string, ANLSET: ALL_SUBJECTS }
      for (const group of groupsOf(arms, phases, sample, randomised)) {
        addGroup(rows, { ...where, ...group.names }, study, parameter, sample, group, last, shown)
      }
    }
    if (parameter.perAttack === true) {
      addAttackRows(rows, parameter.code, parts, wholeGroups(arms, randomised, { ANLSET: ALL_SUBJECTS }))
    }
  }
  return rows.from(0)
}

/** The rows that follow: of safety, blinding, several parameters together, and the analyses of the study file. */
export function studyEstimates(input: CohortInput): readonly Estimate[] {
  const { parameters, visits, shards } = input
  const { study, arms, armOfSubjects, randomised, labels, measured, withRows } = openCohort(input)
  const rows = new CohortRows()
  addAdherenceRows(rows, study, parameters, visits, withRows, arms)
  if (shards.some(({ safety }) => safety !== undefined)) {
    addSafetyRows(rows, study, safetySubjects(shards, arms), arms, randomised)
  }
  addBlindingRows(rows, study, shards, arms)
  addLaboratoryRows(rows, parameters, labels, measured, arms)
  addDualRows(rows, study, labels.get('DUALRSP') ?? new Map(), withRows, arms, armOfSubjects)
  addCoverageRows(rows, study, shards, withRows)
  addAnalyses(rows, study, parameters, labels, shards, withRows, arms)
  return rows.from(0)
}

/** What estimates of all kinds start from. */
function openCohort({ study, parameters, visits, shards, withRows = () => shards }: CohortInput) {
  const { TRT, BASETYPE } = shards[0]?.effects.columns ?? {}
  const arms = new Arms(study, (TRT as TextColumn | undefined)?.dictionary ?? [])
  const armOfSubjects = shards.map((shard) => arms.ofSubjects(shard))
  return {
    study,
    withRows,
    arms,
    armOfSubjects,
    phases: (BASETYPE as TextColumn | undefined)?.dictionary ?? [],
    randomised: countArms(arms, armOfSubjects),
    labels: visitsByParameter(visits),
    measured: readLaboratory(parameters, withRows, armOfSubjects),
  }
}

/**
 * Columns of adeff that no estimate of a study reads: what has to hold many rows at hand can leave them out. Columns that a family
 * of the study file adds are not among them.
 */
export function unreadColumns({ cohort, mood, adherence }: AnalyticStudy): readonly EffectColumn[] {
  const never: readonly EffectColumn[] = ['DTYPE', 'AREASON', 'PROVFL']
  if (cohort !== null || mood !== null || adherence !== null) return never
  return [...never, 'AWLO', 'AWHI', 'ADY', 'AVALCAT1', 'NOBS', 'NEVT']
}

const ascending = (a: number, b: number): number => a - b

function visitsByParameter(visits: readonly Visit[]): Map<string, Map<number, string>> {
  const labels = new Map<string, Map<number, string>>()
  for (const { parameter, visit, label } of visits) {
    const known = labels.get(parameter) ?? new Map<number, string>()
    labels.set(parameter, known.set(visit, label))
  }
  return labels
}

/**
 * Columns of a parameter that are described at a visit: all, but where more than half of the laboratory results lie below the
 * limit of quantification (endpoints.md section 8).
 */
function describedOf(
  { code, ratioOf }: Parameter,
  visit: number,
  { byCode, isMostlyBelow }: LaboratoryResults,
): readonly string[] {
  const of = ratioOf ?? code
  if (!byCode.has(of)) return DESCRIBED
  if (isMostlyBelow(of, visit) || (ratioOf !== undefined && isMostlyBelow(of, 0))) return []
  return isMostlyBelow(of, 0) ? ['AVAL'] : DESCRIBED
}

/** Rows of a sample that belong together; `arm` and `phase` null: all of them. */
interface Group {
  readonly names: Estimate
  readonly arm: number | null
  readonly phase: number | null
  /** Subjects of the arm; null: the rows of the group (an arm that is the treatment of a phase). */
  readonly randomised: number | null
}

/** All subjects, and those of each arm. */
function wholeGroups(arms: Arms, randomised: Int32Array, names: Estimate = {}): Group[] {
  const all: Group = { names, arm: null, phase: null, randomised: randomised.reduce((sum, n) => sum + n, 0) }
  const byArm = arms.names.map((name, k) => ({
    names: { ...names, ARM: name },
    arm: k + 1,
    phase: null,
    randomised: randomised[k + 1] === 0 ? null : (randomised[k + 1] as number),
  }))
  return [all, ...byArm]
}

function groupsOf(arms: Arms, phases: readonly string[], sample: VisitSample, randomised: Int32Array): Group[] {
  const whole = wholeGroups(arms, randomised)
  const inPhases = phases.filter((_, k) => sample.phase.includes(k + 1))
  const byPhase = inPhases.flatMap((name) =>
    whole.map((group) => ({
      names: { ...group.names, SUBGRP: 'BASETYPE', SUBGLVL: name },
      arm: group.arm,
      phase: phases.indexOf(name) + 1,
      randomised: null,
    })),
  )
  return [...whole, ...byPhase]
}

/** Subjects per position of Arms. */
function countArms(arms: Arms, armOfSubjects: readonly Int32Array[]): Int32Array {
  const counts = new Int32Array(arms.names.length + 1)
  for (const ofShard of armOfSubjects) {
    for (const arm of ofShard) counts[arm] = (counts[arm] as number) + 1
  }
  return counts
}

function addGroup(
  rows: CohortRows,
  where: Estimate,
  study: AnalyticStudy,
  parameter: Parameter,
  sample: VisitSample,
  group: Group,
  lastVisit: number,
  shown: readonly string[],
): void {
  const members = membersOf(sample, group)
  const subjects = group.randomised ?? members.length
  const counts = { NRAND: subjects, NSET: subjects, NDATA: countData(sample, members) }
  const isBaseline = sample.visit === 0
  sample.numbers.forEach((values, d) => {
    const analysis = DESCRIBED[d] as string
    if (shown.includes(analysis) && (!isBaseline || analysis === 'AVAL')) {
      addDescription(rows, { ...where, ...counts, ANALYSIS: analysis }, values, members)
    }
  })
  if (isBaseline) return
  const responses = { ...where, ...counts, ANALYSIS: 'RESPONSE' }
  for (const [stat, column] of responsesOf(study, parameter)) {
    addProportion(rows, { ...responses, STAT: stat }, sample.answers[column] as Uint8Array, members)
  }
  if (parameter.criteria.some((text) => text !== null)) {
    addZeroBaselines(rows, responses, study, sample.numbers[1] as Float64Array, members)
  }
  if (!hasCurve(study, parameter, sample.visit, lastVisit)) return
  const [, base, , percent] = sample.numbers
  addCurve(rows, { ...where, ...counts }, parameter, base as Float64Array, percent as Float64Array, members)
}

function membersOf(sample: VisitSample, group: Group): Int32Array {
  const members = new Int32Array(sample.n)
  let n = 0
  for (let k = 0; k < sample.n; k++) {
    if (group.arm !== null && sample.arm[k] !== group.arm) continue
    if (group.phase !== null && sample.phase[k] !== group.phase) continue
    members[n++] = k
  }
  return members.subarray(0, n)
}

/** Members with an AVAL, or with an answer. */
function countData(sample: VisitSample, members: Int32Array): number {
  const values = sample.numbers[0]
  const answers = sample.answers[ANSWERS.indexOf('AVALC')]
  let n = 0
  for (let m = 0; m < members.length; m++) {
    const at = members[m] as number
    if (values === undefined ? answers?.[at] !== 0 : !Number.isNaN(values[at])) n++
  }
  return n
}

/** Values of the members that have one, in their order; how many there are. */
function copyKnown(values: Float64Array, members: Int32Array, into: Float64Array): number {
  let n = 0
  for (let m = 0; m < members.length; m++) {
    const value = values[members[m] as number] as number
    if (!Number.isNaN(value)) into[n++] = value
  }
  return n
}

function addDescription(rows: CohortRows, where: Estimate, values: Float64Array, members: Int32Array): void {
  const known = new Float64Array(members.length)
  const n = copyKnown(values, members, known)
  const found = describe(known, n)
  const row = { ...where, METHOD: DESCRIPTIVE, N: n }
  rows.add({ ...row, STAT: 'N', ESTIMATE: n })
  if (n === 0) return
  rows.add({ ...row, STAT: 'MEAN', ESTIMATE: found.mean, SE: found.se, ...tLimits(found.mean, found.se, n) })
  rows.add({ ...row, STAT: 'SD', ESTIMATE: found.sd, REASON: found.sd === null ? 'ONE_SUBJECT' : null })
  rows.add({ ...row, STAT: 'MEDIAN', ESTIMATE: found.median })
  rows.add({ ...row, STAT: 'Q1', ESTIMATE: found.q1 })
  rows.add({ ...row, STAT: 'Q3', ESTIMATE: found.q3 })
  rows.add({ ...row, STAT: 'MIN', ESTIMATE: found.min })
  rows.add({ ...row, STAT: 'MAX', ESTIMATE: found.max })
}

/** 95 % limits of a mean by Student's t; none of one subject. */
function tLimits(mean: number | null, se: number | null, n: number): Estimate {
  if (mean === null || se === null || n < 2) return {}
  const half = tQuantile(0.975, n - 1) * se
  return { DF: n - 1, LOWER: mean - half, UPPER: mean + half }
}

/** Names of the proportions of a parameter, each with the position of its column in ANSWERS. */
function responsesOf(study: AnalyticStudy, parameter: Parameter): [string, number][] {
  if (parameter.unit === ANSWER_UNIT) return [['YES', ANSWERS.indexOf('AVALC')]]
  const cuts = (parameter.cuts ?? study.responders.cuts).map((cut, k): [string, number] => [`RSP${cut}`, k])
  const farrar = FARRAR_STATS.map((stat, k): [string, number] => [
    parameter.criteriaStats?.[FARRAR_FIRST + k + 1] ?? stat,
    FARRAR_FIRST + k,
  ])
  return [...cuts, ...farrar].filter(([, k]) => (parameter.criteria[k] ?? null) !== null)
}

function addProportion(rows: CohortRows, where: Estimate, answers: Uint8Array, members: Int32Array): void {
  let numerator = 0
  let denominator = 0
  for (let m = 0; m < members.length; m++) {
    const answer = answers[members[m] as number] as number
    if (answer > 0) denominator++
    if (answer === 2) numerator++
  }
  const found = wilsonInterval(numerator, denominator)
  rows.add({
    ...where,
    METHOD: WILSON,
    ESTIMATE: found?.estimate ?? null,
    LOWER: found?.lower ?? null,
    UPPER: found?.upper ?? null,
    N: denominator,
    NUMER: numerator,
    DENOM: denominator,
    REASON: found === null ? 'NO_DENOMINATOR' : null,
  })
}

function addZeroBaselines(
  rows: CohortRows,
  where: Estimate,
  study: AnalyticStudy,
  base: Float64Array,
  members: Int32Array,
): void {
  let zero = 0
  let known = 0
  for (let m = 0; m < members.length; m++) {
    const value = base[members[m] as number] as number
    if (!Number.isNaN(value)) known++
    if (value === 0) zero++
  }
  const left = study.responders.zeroBaseline === 'exclude' ? zero : 0
  rows.add({ ...where, METHOD: 'count', STAT: 'ZEROBASE', ESTIMATE: zero, N: known, NUMER: left, DENOM: known })
}
