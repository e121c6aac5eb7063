import { isPresent, type Settled, type StudyFacts } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'

/** When one subject was treated, in table days; null: not known, or never. */
export interface Treatment {
  /** First stimulation; null: never treated, outside the safety set. */
  readonly first: number | null
  /** Last stimulation; null: not known in a study with study days alone. */
  readonly last: number | null
  /** Start of the implant surgery. */
  readonly surgery: number | null
}

/**
 * When each subject of a study was treated.
 *
 * First  the first treatment reported, up to the data cut. A study whose exports hold no such date takes day 1 for it: everybody was treated [P].
 * Last   the last stimulation reported (`treatmentEnd`), else the last session in the log, else the last study day, else the
 *        data cut; never after the cut, never before the first.
 */
export class Treatments {
  private readonly settled: Settled
  private readonly cut: number | null
  /** Day 1 is the first treatment of everybody. */
  private readonly dayOneTreats: boolean
  private readonly lastSessions: Float64Array

  constructor(settled: Settled, study: AnalyticStudy, facts: StudyFacts) {
    this.settled = settled
    this.cut = facts.cut
    const told = study.sources.some(({ fields }) => fields.some(({ field }) => field === 'treatmentStart'))
    this.dayOneTreats = !told || study.calendar === 'relative'
    this.lastSessions = lastSessionsOf(settled)
  }

  of(subject: number): Treatment {
    const { facts } = this.settled
    const fact = (name: 'dayZero' | 'treatmentStart' | 'treatmentEnd' | 'lastDay' | 'surgery'): number | null =>
      isPresent(facts[name].valid, subject) ? (facts[name].values[subject] as number) : null
    const told = this.dayOneTreats ? fact('dayZero') : fact('treatmentStart')
    const first = told !== null && this.cut !== null && told > this.cut ? null : told
    const session = this.lastSessions[subject] as number
    const last = fact('treatmentEnd') ?? (Number.isNaN(session) ? null : session) ?? fact('lastDay') ?? this.cut
    const closed = last !== null && this.cut !== null ? Math.min(last, this.cut) : last
    return {
      first,
      last: closed !== null && first !== null ? Math.max(closed, first) : closed,
      surgery: fact('surgery'),
    }
  }
}

/** Day of the last session of each subject, NaN where there is none. A row that says the log is lost is no session. */
function lastSessionsOf({ stimulation, subjects }: Settled): Float64Array {
  const last = new Float64Array(subjects.length).fill(Number.NaN)
  if (stimulation === null) return last
  const { day, delivered, minutes, logGap } = stimulation.columns
  for (let row = 0; row < stimulation.rows; row++) {
    const isZero = (column: typeof delivered | typeof minutes): boolean =>
      column !== undefined && isPresent(column.valid, row) && column.values[row] === 0
    const lost = logGap !== undefined && isPresent(logGap.valid, row) && logGap.values[row] === 1
    if (lost || isZero(delivered) || isZero(minutes)) continue
    last[stimulation.subject[row] as number] = day?.values[row] as number
  }
  return last
}
