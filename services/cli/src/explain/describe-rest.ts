import type { Explanation } from '@afferent/metrics'
import type { Explained, RestingValue } from '@afferent/pipeline'
import { SHORT } from './describe-records.ts'

/** Values of other parameters that one rests on, by parameter: `rests on MHD  Weeks 1 to 4: 16; Weeks 5 to 8: 17` */
export function describeRest(rest: readonly RestingValue[], inFull: boolean): string[] {
  const byCode = new Map<string, RestingValue[]>()
  for (const value of rest) byCode.set(value.code, [...(byCode.get(value.code) ?? []), value])
  return [...byCode].map(([code, values]) => {
    const shown = inFull ? values : values.slice(0, SHORT)
    const left = values.length - shown.length
    const more = left === 0 ? '' : `; ... and ${left} more (--days shows all)`
    return `rests on ${code}  ${shown.map(inWords).join('; ')}${more}`
  })
}

function inWords({ visit, explanation }: RestingValue): string {
  const at = explanation?.label ?? `visit ${visit}`
  if (explanation === null) return `${at}: no row`
  const { AVAL, AVALC, CHG, AREASON } = explanation.row
  if (AVAL === null || AVAL === undefined) return `${at}: none (${AREASON})`
  return `${at}: ${AVALC ?? AVAL}${typeof CHG === 'number' ? ` (change ${CHG})` : ''}`
}

/** All explanations that some rest on, however far away, each once and none of the given ones. */
export function reachableFrom(given: readonly Explanation[], restsOf: Explained['restsOf']): readonly Explanation[] {
  const seen = new Set(given)
  const queue = [...given]
  const found: Explanation[] = []
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const { explanation } of restsOf(next)) {
      if (explanation === null || seen.has(explanation)) continue
      seen.add(explanation)
      found.push(explanation)
      queue.push(explanation)
    }
  }
  return found
}
