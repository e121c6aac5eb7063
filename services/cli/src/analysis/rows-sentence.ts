import type { RowCounts } from '@afferent/records'

/** `4,152 rows of 133 subjects read: 4,151 used, 0 quarantined, 1 excluded (duplicate-copy 1)` */
export function rowsSentence(counts: RowCounts & { readonly subjects?: number }): string {
  const n = (count: number): string => count.toLocaleString('en-US')
  const rules = Object.entries(counts.excluded).map(([rule, count]) => `${rule} ${n(count ?? 0)}`)
  const left = Object.values(counts.excluded).reduce<number>((sum, count) => sum + (count ?? 0), 0)
  const why = rules.length === 0 ? '' : ` (${rules.join(', ')})`
  const of = counts.subjects === undefined ? '' : ` of ${n(counts.subjects)} subjects`
  return `${n(counts.read)} rows${of} read: ${n(counts.used)} used, ${n(counts.quarantined)} quarantined, ${n(left)} excluded${why}`
}
