import type { ShardResult, TextColumn } from '@afferent/records'
import { isPresent } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'

/** No arm is known: the subject counts in the row of all arms only. */
export const NO_ARM = 0

/**
 * Arms that estimates are given for: those of the study file, in its order, then treatments of phases that the study
 * file does not name. Position 0 stands for 'none', arm k has position k + 1.
 */
export class Arms {
  readonly names: readonly string[]
  private readonly places: ReadonlyMap<string, number>

  constructor(study: AnalyticStudy, treatments: readonly string[]) {
    const codes = [...new Set([...study.arms.map(({ code }) => code), ...treatments])]
    const byCode = new Map(study.arms.map(({ code, name }) => [code, name]))
    this.names = codes.map((code) => byCode.get(code) ?? code)
    this.places = new Map(codes.map((code, k) => [code, k + 1]))
  }

  /** Position of every word of a dictionary. */
  placesOf(dictionary: readonly string[]): Int32Array {
    return Int32Array.from(dictionary, (word) => this.places.get(word) ?? NO_ARM)
  }

  /** Position of the arm every subject of a shard was treated in: the one allocated, unless another is known. */
  asTreated(shard: ShardResult): Int32Array {
    const { treated } = shard.facts
    const places = this.placesOf(treated.dictionary)
    const allocated = this.ofSubjects(shard)
    return allocated.map((arm, s) => (isPresent(treated.valid, s) ? codeAt(treated, s, places) : arm))
  }

  /** Position of the arm of every subject of a shard. */
  ofSubjects(shard: ShardResult): Int32Array {
    const { arm } = shard.facts
    const places = this.placesOf(arm.dictionary)
    return Int32Array.from(shard.subjects, (_, s) => (isPresent(arm.valid, s) ? codeAt(arm, s, places) : NO_ARM))
  }
}

const codeAt = (column: TextColumn, row: number, places: Int32Array): number =>
  places[column.values[row] as number] as number
