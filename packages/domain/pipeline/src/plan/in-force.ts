import { compareBytes } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import type { Upload } from './state.ts'

/** What validation made of an upload under the study file in force; null: not done yet. */
export type Verdict = 'usable' | 'refused' | 'failed' | null

export interface InForceChoice {
  /** Uploads whose rows count now, in the order that matters: by name, or by number where later rows win. */
  readonly uploads: readonly Upload[]
  /** Uploads whose verdict is needed before the choice is final. */
  readonly undecided: readonly Upload[]
}

/**
 * Which uploads are in force (architecture, section 3).
 *
 * byName     the newest usable version of each name; a refused version leaves the older one in force.
 * newest     cumulative exports: of the names in one group, the greatest name in byte order (so a date in the name decides,
 *            not the order of arrival) that has a usable version. `groupOf` names the group of an upload.
 * laterWins  as byName; rows of a later upload win over rows of an earlier one, so the order is by number.
 */
export function chooseInForce(
  uploads: readonly Upload[],
  rule: AnalyticStudy['uploads'],
  verdictOf: (upload: Upload) => Verdict,
  groupOf: (name: string) => string,
): InForceChoice {
  const undecided: Upload[] = []
  const chosen: Upload[] = []
  for (const candidates of rankedCandidates(uploads, rule, groupOf)) {
    for (const upload of candidates) {
      const verdict = verdictOf(upload)
      if (verdict === null) undecided.push(upload)
      if (verdict === 'usable') {
        chosen.push(upload)
        break
      }
    }
  }
  const order =
    rule === 'laterWins'
      ? (a: Upload, b: Upload) => a.number - b.number
      : (a: Upload, b: Upload) => compareBytes(a.name, b.name)
  return { uploads: chosen.sort(order), undecided }
}

/** Per file (or group of files) the versions that could be in force, best first. */
function rankedCandidates(
  uploads: readonly Upload[],
  rule: AnalyticStudy['uploads'],
  groupOf: (name: string) => string,
): Iterable<Upload[]> {
  const groups = new Map<string, Upload[]>()
  for (const upload of uploads) {
    const key = rule === 'newest' ? groupOf(upload.name) : upload.name
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [upload])
    else group.push(upload)
  }
  for (const group of groups.values()) group.sort((a, b) => compareBytes(b.name, a.name) || b.number - a.number)
  return groups.values()
}
