/** A p value, or null where there is none. */
export type Adjusted = number | null

/** Adjusts the p values there are, in ascending order, and puts each back in its place. */
export function adjustInOrder(
  values: readonly Adjusted[],
  adjust: (sorted: readonly number[]) => number[],
): Adjusted[] {
  const places = [...values.keys()].filter((place) => values[place] !== null)
  places.sort((a, b) => (values[a] as number) - (values[b] as number) || a - b)
  const adjusted = adjust(places.map((place) => values[place] as number))
  const found: Adjusted[] = values.map(() => null)
  places.forEach((place, k) => {
    found[place] = adjusted[k] as number
  })
  return found
}
