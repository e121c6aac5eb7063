import type { Responders } from '@afferent/study'
import type { EffectRows } from './effect-rows.ts'
import { impactOf, meetsCut, meetsTwoPoints } from './response.ts'

/** Reductions in percent of CRIT5 and the points of CRIT6 (Farrar 2001), on pain means only. */
const FARRAR_PERCENT = 30
const FARRAR_CRITERION = 4
const POINTS_CRITERION = 5
/** Study cuts take CRIT1 to CRIT4. */
const CUT_CRITERIA = 4

/** How a parameter is judged for response. */
export interface ResponseRule {
  readonly responders: Responders
  readonly higherIsBetter: boolean
  readonly pain: boolean
}

/**
 * Responder columns of the current post-baseline row (R-RESP, R-ZERO). A window that is not over gets none: do not ask.
 *
 * Input       the baseline as numerator and denominator, valid; the value likewise, or `known` false.
 * Unknown     under NRI every flag is N and DTYPE is NRI; under OC flags stay null.
 * Zero base   `exclude`: flags null, the subject leaves the denominator; `nonresponder`: N.
 */
export function writeResponse(
  rows: EffectRows,
  rule: ResponseRule,
  baseNumerator: number,
  baseDenominator: number,
  known: boolean,
  numerator: number,
  denominator: number,
): void {
  const { responders } = rule
  if (!known && responders.missing === 'OC') return
  if (baseNumerator === 0) {
    if (responders.zeroBaseline === 'exclude') return
    writeAll(rows, rule)
    if (!known) rows.derivedBy('NRI')
    return
  }
  if (!known) {
    writeAll(rows, rule)
    rows.derivedBy('NRI')
    return
  }
  const meets = (cut: number): boolean =>
    meetsCut(baseNumerator, baseDenominator, numerator, denominator, cut, rule.higherIsBetter)
  const cuts = Math.min(responders.cuts.length, CUT_CRITERIA)
  for (let i = 0; i < cuts; i++) rows.criterion(i, meets(responders.cuts[i] as number))
  if (!rule.pain) return
  rows.criterion(FARRAR_CRITERION, meets(FARRAR_PERCENT))
  rows.criterion(POINTS_CRITERION, meetsTwoPoints(numerator / denominator - baseNumerator / baseDenominator))
  rows.impact(impactOf(baseNumerator, baseDenominator, numerator, denominator))
}

/** Every criterion of the parameter: not met. */
function writeAll(rows: EffectRows, rule: ResponseRule): void {
  const cuts = Math.min(rule.responders.cuts.length, CUT_CRITERIA)
  for (let i = 0; i < cuts; i++) rows.criterion(i, false)
  if (!rule.pain) return
  rows.criterion(FARRAR_CRITERION, false)
  rows.criterion(POINTS_CRITERION, false)
}

/** CHG and PCHG of the current row; PCHG stays null at a baseline of 0 (R-CHG, R-ZERO). */
export function writeChange(rows: EffectRows, base: number, value: number): void {
  const change = value - base
  rows.chg.put(rows.row, change)
  if (base !== 0) rows.pchg.put(rows.row, (100 * change) / base)
}

/** Text of CRIT1 .. CRIT6 for a parameter, null where it has none. */
export function criteriaOf(rule: ResponseRule | null): readonly (string | null)[] {
  const texts: (string | null)[] = [null, null, null, null, null, null]
  if (rule === null) return texts
  const word = rule.higherIsBetter ? 'Increase' : 'Reduction'
  rule.responders.cuts.slice(0, CUT_CRITERIA).forEach((cut, i) => {
    texts[i] = `${word} from baseline of at least ${cut} %`
  })
  if (rule.pain) {
    texts[FARRAR_CRITERION] = `Reduction from baseline of at least ${FARRAR_PERCENT} % (Farrar)`
    texts[POINTS_CRITERION] = 'Reduction from baseline of at least 2 points (Farrar)'
  }
  return texts
}
