import { numbered, span } from '../tally.ts'

/** Value of each answer, from 1 on. */
type Recode = readonly number[]

const FIVE_DOWN: Recode = [100, 75, 50, 25, 0]
const FIVE_UP: Recode = [0, 25, 50, 75, 100]
const SIX_DOWN: Recode = [100, 80, 60, 40, 20, 0]
const SIX_UP: Recode = [0, 20, 40, 60, 80, 100]
const LIMITS: Recode = [0, 50, 100]
const YES_NO: Recode = [0, 100]

const RECODED: readonly (readonly [places: readonly number[], recode: Recode])[] = [
  [numbered(1, 2, 20, 22, 34, 36), FIVE_DOWN],
  [span(3, 12), LIMITS],
  [span(13, 19), YES_NO],
  [numbered(21, 23, 26, 27, 30), SIX_DOWN],
  [numbered(24, 25, 28, 29, 31), SIX_UP],
  [numbered(32, 33, 35), FIVE_UP],
]

/** The recode of every item, in order. */
export const RECODES: readonly Recode[] = span(1, 36).map(
  (place) => RECODED.find(([places]) => places.includes(place))?.[1] as Recode,
)

/** The eight scales with their items; item 2 (change since last year) belongs to none. */
export const SCALES = [
  { code: 'SFPF', name: 'physical functioning', places: span(3, 12) },
  { code: 'SFRP', name: 'role, physical', places: span(13, 16) },
  { code: 'SFRE', name: 'role, emotional', places: span(17, 19) },
  { code: 'SFVT', name: 'vitality', places: numbered(23, 27, 29, 31) },
  { code: 'SFMH', name: 'mental health', places: numbered(24, 25, 26, 28, 30) },
  { code: 'SFSF', name: 'social functioning', places: numbered(20, 32) },
  { code: 'SFBP', name: 'bodily pain', places: numbered(21, 22) },
  { code: 'SFGH', name: 'general health', places: numbered(1, 33, 34, 35, 36) },
] as const
