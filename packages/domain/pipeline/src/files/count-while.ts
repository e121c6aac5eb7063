/** How many at the start of a list have a property that the rest lack; looks at few of them. */
export function countWhile<T>(list: readonly T[], has: (each: T) => boolean): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (has(list[middle] as T)) low = middle + 1
    else high = middle
  }
  return low
}
