import { type ColumnOf, isPresent, type Parameter, type ShardResult, type TextColumn } from '@afferent/records'
import type { Arms } from '../arms.ts'
import { geometricMeanRatio, toPercentChange } from '../means/geometric-mean-ratio.ts'
import { wilsonInterval } from '../proportions/wilson.ts'
import type { CohortRows, Estimate } from './cohort-rows.ts'
import { rowsOf, type WithRows } from './rows-by-parameter.ts'

/** Shares of results below the limit of quantification at a visit, themselves not yet too much (endpoints.md section 8). */
const TOBIT_SHARE = 0.15
const SHARE_ALONE = 0.5
/** R-NUM. */
const TOLERANCE = 1e-9

const WILSON = 'Wilson score interval'
const TOBIT =
  'more than 15 % below the limit of quantification: a censored-likelihood (Tobit) sensitivity analysis is due'
const ALONE = 'more than 50 % below the limit of quantification: this share alone is reported'
const RATIO = 'exp of the mean log ratio, back-transformed t interval'

/** One analysed row of a laboratory parameter that has a value. */
interface Result {
  readonly visit: number
  readonly arm: number
  readonly value: number
  readonly below: boolean
  readonly acute: boolean
}

/** What is known of the laboratory parameters of a study before rows are made. */
export interface LaboratoryResults {
  /** Analysed results by PARAMCD; only parameters that can lie below a limit of quantification. */
  readonly byCode: ReadonlyMap<string, readonly Result[]>
  /** Whether more than half of the results of a parameter at a visit lie below the limit. */
  readonly isMostlyBelow: (code: string, visit: number) => boolean
}

/** Reads them; `armOfSubjects` as Arms gives them, per shard. */
export function readLaboratory(
  parameters: readonly Parameter[],
  withRows: WithRows,
  armOfSubjects: readonly Int32Array[],
): LaboratoryResults {
  const codes = parameters.filter(({ flags }) => flags?.some(({ name }) => name === 'BLQFL')).map(({ code }) => code)
  const byCode = new Map<string, Result[]>(codes.map((code) => [code, []]))
  for (const [code, results] of byCode) {
    withRows([code]).forEach((shard, k) => {
      readShard(shard, rowsOf(shard, code), armOfSubjects[k] as Int32Array, results)
    })
  }
  return {
    byCode,
    isMostlyBelow: (code, visit) => shareBelow(byCode.get(code) ?? [], visit) > SHARE_ALONE + TOLERANCE,
  }
}

function readShard({ effects }: ShardResult, rows: Int32Array, armOfSubject: Int32Array, into: Result[]): void {
  const { SUBJECT, AVISITN, AVAL, ANL01FL, BLQFL, CRPFL } = effects.columns as Readonly<
    Record<string, ColumnOf<'f64'> | TextColumn | undefined>
  >
  const isYes = (column: typeof SUBJECT, row: number, words: readonly string[]): boolean =>
    column?.kind === 'text' &&
    isPresent(column.valid, row) &&
    words.includes(column.dictionary[column.values[row] as number] as string)
  for (const row of rows) {
    if (AVAL === undefined || !isPresent(AVAL.valid, row) || !isYes(ANL01FL, row, ['Y'])) continue
    into.push({
      visit: AVISITN?.values[row] as number,
      arm: armOfSubject[SUBJECT?.values[row] as number] as number,
      value: AVAL.values[row] as number,
      below: isYes(BLQFL, row, ['Y', 'B']),
      acute: isYes(CRPFL, row, ['Y']),
    })
  }
}

/** Of all subjects together [P]. */
function shareBelow(results: readonly Result[], visit: number): number {
  const own = results.filter((result) => result.visit === visit)
  return own.length === 0 ? 0 : own.filter(({ below }) => below).length / own.length
}

/**
 * Laboratory results, per parameter, visit and arm (and all subjects).
 *
 * ANALYSIS QUANTIFIED  STAT SHARE: results within the limits of quantification, of all; METHOD says what is due where more than
 *                      15 % (Tobit) or 50 % (nothing but this share) of all subjects lie below
 * ANALYSIS RATIO       STAT GMR, GMRPCT: geometric mean ratio to baseline and 100 (GMR - 1) with back-transformed t limits;
 *                      ANLSET ALL, and NOACUTE: without subjects of an acute phase (CRPFL Y). None where more than half of
 *                      the results of the visit or of the baseline lie below
 */
export function addLaboratoryRows(
  rows: CohortRows,
  parameters: readonly Parameter[],
  labels: ReadonlyMap<string, ReadonlyMap<number, string>>,
  { byCode, isMostlyBelow }: LaboratoryResults,
  arms: Arms,
): void {
  for (const { code, ratioOf, flags } of parameters) {
    const results = byCode.get(code)
    if (results === undefined) continue
    const isMarked = flags?.some(({ name }) => name === 'CRPFL') === true
    for (const [visit, AVISIT] of labels.get(code) ?? []) {
      const own = results.filter((result) => result.visit === visit)
      const groups = [
        { names: {}, members: own },
        ...arms.names.map((ARM, a) => ({
          names: { ARM },
          members: own.filter(({ arm }) => arm === a + 1),
        })),
      ]
      for (const { names, members } of groups) {
        const where = { PARAMCD: code, AVISIT, ...names }
        if (ratioOf === undefined) addShare(rows, { ...where, ANLSET: 'ALL' }, members, shareBelow(results, visit))
        else {
          const isHidden = isMostlyBelow(ratioOf, visit) || isMostlyBelow(ratioOf, 0)
          addRatio(rows, { ...where, ANLSET: 'ALL' }, members, isHidden)
          const calm = members.filter(({ acute }) => !acute)
          if (isMarked) addRatio(rows, { ...where, ANLSET: 'NOACUTE' }, calm, isHidden)
        }
      }
    }
  }
}

function addShare(rows: CohortRows, where: Estimate, members: readonly Result[], below: number): void {
  const within = members.filter((member) => !member.below).length
  const found = wilsonInterval(within, members.length)
  const due = below > SHARE_ALONE + TOLERANCE ? [ALONE] : below > TOBIT_SHARE + TOLERANCE ? [TOBIT] : []
  rows.add({
    ...where,
    ANALYSIS: 'QUANTIFIED',
    STAT: 'SHARE',
    METHOD: [WILSON, ...due].join('; '),
    ESTIMATE: found?.estimate ?? null,
    LOWER: found?.lower ?? null,
    UPPER: found?.upper ?? null,
    N: members.length,
    NUMER: within,
    DENOM: members.length,
    NDATA: members.length,
    REASON: found === null ? 'NO_DENOMINATOR' : null,
  })
}

function addRatio(rows: CohortRows, where: Estimate, members: readonly Result[], isHidden: boolean): void {
  const found = isHidden ? null : geometricMeanRatio(Float64Array.from(members, ({ value }) => value))
  const n = members.length
  const row = { ...where, ANALYSIS: 'RATIO', METHOD: RATIO, N: n, NDATA: n, DF: found === null || n < 2 ? null : n - 1 }
  if (found === null) {
    rows.add({ ...row, STAT: 'GMR', REASON: isHidden ? 'MOSTLY_BELOW_LLOQ' : 'NO_DATA' })
    return
  }
  const { ratio, lower, upper } = found
  const percent = (limit: number | null): number | null => (limit === null ? null : toPercentChange(limit))
  const REASON = lower === null ? 'ONE_SUBJECT' : null
  rows.add({ ...row, STAT: 'GMR', ESTIMATE: ratio, LOWER: lower, UPPER: upper, REASON })
  rows.add({ ...row, STAT: 'GMRPCT', ESTIMATE: percent(ratio), LOWER: percent(lower), UPPER: percent(upper), REASON })
}
