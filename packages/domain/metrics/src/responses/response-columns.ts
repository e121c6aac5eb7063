import type { Responders } from '@afferent/study'
import { CUT_CRITERIA, type EffectRows } from '../rows/effect-rows.ts'
import { SAYS } from '../rows/said.ts'
import { impactOf, isDecidedWhole, meetsCut, meetsTwoPoints, meetsWholeCut } from './response.ts'

/** Reduction in percent of CRIT5 (Farrar 2001; CRIT6 asks for two points), on pain means only. */
const FARRAR_PERCENT = 30

/** How a parameter is judged for response. */
export interface ResponseRule {
  /** Cuts that make CRIT1 to CRIT4: those of the study, or of the family where it has its own. */
  readonly cuts: readonly number[]
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
 * Returns what the row says by them (SAYS).
 */
export function writeResponse(
  rows: EffectRows,
  rule: ResponseRule,
  baseNumerator: number,
  baseDenominator: number,
  known: boolean,
  numerator: number,
  denominator: number,
): number {
  const { responders } = rule
  if (!known && responders.missing === 'OC') return 0
  if (baseNumerator === 0 && responders.zeroBaseline === 'exclude') return 0
  if (!known || baseNumerator === 0) {
    // Flags are 0, that is N, where nothing is written.
    if (rule.pain) writeFarrar(rows, false, false)
    if (!known) rows.derivedBy('NRI')
    return SAYS.cuts
  }
  writeCuts(rows, rule, baseNumerator, baseDenominator, numerator, denominator)
  if (rule.pain) {
    const change = numerator / denominator - baseNumerator / baseDenominator
    const percent = meetsCut(baseNumerator, baseDenominator, numerator, denominator, FARRAR_PERCENT, false)
    writeFarrar(rows, percent, meetsTwoPoints(change))
    rows.inCategory(impactOf(baseNumerator, baseDenominator, numerator, denominator))
  }
  return SAYS.cuts
}

function writeFarrar(rows: EffectRows, percent: boolean, points: boolean): void {
  rows.criterion(5, percent)
  rows.criterion(6, points)
}

function writeCuts(
  { cuts, row }: EffectRows,
  { cuts: percents, higherIsBetter }: ResponseRule,
  baseNumerator: number,
  baseDenominator: number,
  numerator: number,
  denominator: number,
): void {
  const used = Math.min(percents.length, cuts.length)
  const isWhole = isDecidedWhole(baseNumerator, numerator)
  const value = 100 * numerator * baseDenominator
  const base = baseNumerator * denominator
  for (let k = 0; k < used; k++) {
    const cut = percents[k] as number
    const met =
      isWhole && Number.isInteger(cut)
        ? meetsWholeCut(value, base, cut, higherIsBetter)
        : meetsCut(baseNumerator, baseDenominator, numerator, denominator, cut, higherIsBetter)
    ;(cuts[k] as Uint8Array)[row] = Number(met)
  }
}

/** CHG and PCHG of the current row; PCHG stays null at a baseline of 0 (R-CHG, R-ZERO). Returns what the row says by them. */
export function writeChange(rows: EffectRows, base: number, value: number): number {
  const { row } = rows
  const change = value - base
  rows.chg[row] = change
  if (base === 0) return SAYS.chg
  rows.pchg[row] = (100 * change) / base
  return SAYS.chg | SAYS.pchg
}

/** Text of CRIT1 .. CRIT6 for a parameter, null where it has none. */
export function criteriaOf(rule: ResponseRule | null): readonly (string | null)[] {
  const texts: (string | null)[] = [null, null, null, null, null, null]
  if (rule === null) return texts
  const word = rule.higherIsBetter ? 'Increase' : 'Reduction'
  rule.cuts.slice(0, CUT_CRITERIA).forEach((cut, i) => {
    texts[i] = `${word} from baseline of at least ${cut} %`
  })
  if (rule.pain) {
    texts[CUT_CRITERIA] = `Reduction from baseline of at least ${FARRAR_PERCENT} % (Farrar)`
    texts[CUT_CRITERIA + 1] = 'Reduction from baseline of at least 2 points (Farrar)'
  }
  return texts
}
