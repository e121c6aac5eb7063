import { type Findings, FindingsBuilder } from '@afferent/records'
import type { CellType, ColumnRequest, ColumnVotes, RangeReport } from './request.ts'

/** What the cells of whole columns decide. `again`: values read so far do not fit the verdict. */
export interface Verdict {
  readonly requests: readonly ColumnRequest[]
  readonly again: boolean
  readonly findings: Findings
}

/**
 * Decides open date orders and decimal marks over all ranges of a file.
 *
 * Dates     only days above 12 in first place: dmy; only in second: mdy; both: 'mixed', every such cell is a finding; none: nothing
 *           is guessed, `date-ambiguous` asks for a declaration.
 * Decimals  one mark, and at least one number that cannot be a group of thousands: that mark. A second mark that is always
 *           followed by three digits does not count against it (those cells are `number-thousands`). Contradiction: 'mixed'.
 *           Nothing but 1.234 and its like: 'thousands', every such cell is a finding.
 */
export function settleVotes(
  requests: readonly ColumnRequest[],
  reports: readonly Pick<RangeReport, 'votes'>[],
): Verdict {
  const findings = new FindingsBuilder()
  let again = false
  const settled = requests.map((request, k) => {
    const votes = total(reports.map((report) => report.votes[k]))
    if (isUndecidable(request.type, votes)) {
      const detail = `${votes.either} dates, all fit both 03/04 = 3 April and 03/04 = 4 March`
      findings.add({ rule: 'date-ambiguous', column: request.name, detail })
      return request
    }
    const type = verdictOf(request.type, votes)
    if (type === null) return request
    again = true
    return { ...request, type }
  })
  return { requests: settled, again, findings: findings.build() }
}

const isOpenDate = (type: CellType): boolean => (type.kind === 'date' || type.kind === 'instant') && type.order === null

const isUndecidable = (type: CellType, votes: ColumnVotes): boolean =>
  isOpenDate(type) && votes.either > 0 && votes.dayFirst + votes.monthFirst === 0

/** The type with its question answered; null: nothing has to be read again. */
function verdictOf(type: CellType, votes: ColumnVotes): CellType | null {
  if (isOpenDate(type) && votes.dayFirst + votes.monthFirst > 0) {
    const order = votes.monthFirst === 0 ? 'dmy' : votes.dayFirst === 0 ? 'mdy' : 'mixed'
    return { ...type, order } as CellType
  }
  if (type.kind !== 'number' || type.decimal !== null) return null
  const { point, pointEither, comma, commaEither } = votes
  const oneMark = point + pointEither === 0 || comma + commaEither === 0
  if (oneMark && (point + comma > 0 || pointEither + commaEither === 0)) return null
  if (point > 0 && comma > 0) return { ...type, decimal: 'mixed' }
  if (point === 0 && comma === 0) return { ...type, decimal: 'thousands' }
  return { ...type, decimal: point > 0 ? '.' : ',' }
}

function total(votes: readonly ColumnVotes[]): ColumnVotes {
  const sum = { dayFirst: 0, monthFirst: 0, either: 0, point: 0, pointEither: 0, comma: 0, commaEither: 0 }
  for (const vote of votes) {
    for (const name of Object.keys(sum) as (keyof ColumnVotes)[]) sum[name] += vote[name]
  }
  return sum
}
