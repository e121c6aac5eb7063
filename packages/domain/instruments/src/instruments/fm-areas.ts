/** The three areas of each region that the 2016 criteria count for generalised pain. */
const REGIONS: readonly (readonly string[])[] = [
  ['shoulderleft', 'upperarmleft', 'lowerarmleft'],
  ['shoulderright', 'upperarmright', 'lowerarmright'],
  ['hipleft', 'upperlegleft', 'lowerlegleft'],
  ['hipright', 'upperlegright', 'lowerlegright'],
  ['neck', 'upperback', 'lowerback'],
]

/** Areas of the index that belong to no region for that count. */
const OUTSIDE = ['jawleft', 'jawright', 'chest', 'abdomen'] as const

/** The 19 areas of the Widespread Pain Index: region by region, then those outside. */
export const AREAS: readonly string[] = [...REGIONS.flat(), ...OUTSIDE]

/** Painful areas of 19; NaN as soon as one area has no answer. `areas` has the order of AREAS. */
export const countAreas = (areas: Float64Array): number => areas.reduce((sum, area) => sum + area, 0)

/** Regions of five with at least one painful area; NaN as soon as one area has no answer. */
export function countRegions(areas: Float64Array): number {
  if (Number.isNaN(countAreas(areas))) return Number.NaN
  return REGIONS.filter((region, r) => region.some((_, i) => areas[3 * r + i] === 1)).length
}

/** Whether so many regions can hold so many painful areas: one to three areas each, and four areas outside. */
export const regionsFit = (wpi: number, regions: number): boolean =>
  regions <= wpi && wpi <= 3 * regions + OUTSIDE.length
