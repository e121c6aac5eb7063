/** Ranks from 1; equal values share the mean of their ranks. */
export function rankMiddle(column: Float64Array): Float64Array {
  const order = Uint32Array.from(column, (_, i) => i).sort((a, b) => (column[a] as number) - (column[b] as number))
  const valueAt = (place: number): number => column[order[place] as number] as number
  const ranks = new Float64Array(column.length)
  let start = 0
  for (let end = 1; end <= order.length; end++) {
    if (end < order.length && valueAt(end) === valueAt(start)) continue
    for (let place = start; place < end; place++) ranks[order[place] as number] = (start + 1 + end) / 2
    start = end
  }
  return ranks
}
