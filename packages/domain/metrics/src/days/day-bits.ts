/**
 * What is known about one diary date, as positions in one 32-bit word, so that a window is counted by adding words
 * (`count-bits.ts`). Event bits are only set on dates observed for them, so that E never exceeds O (section 2).
 *
 * `observed`            the headache question was answered, or an episode touched the date (R-MISS, R-LOG)
 * `medicationObserved`  acute medication was answered, or the date is observed and intakes are logged apart
 * `entry`               any entry of the diary families of the study (DIARYOBS)
 * `peakKnown`           a headache day whose peak severity is recorded; `peakLow` and `peakHigh` are its binary digits
 */
export const DAY_BIT = {
  observed: 0,
  headache: 1,
  headacheDay: 2,
  migraineDay: 3,
  moderateSevereDay: 4,
  severeDay: 5,
  nonMigraineDay: 6,
  headacheFree: 7,
  crystalClear: 8,
  medicationObserved: 9,
  acute: 10,
  migraineSpecific: 11,
  ergot: 12,
  triptan: 13,
  opioid: 14,
  combination: 15,
  paracetamol: 16,
  asa: 17,
  nsaid: 18,
  simple: 19,
  severalClasses: 20,
  gepant: 21,
  ditan: 22,
  entry: 23,
  peakKnown: 24,
  peakLow: 25,
  peakHigh: 26,
  painFree: 27,
  painAtThreshold: 28,
} as const

export type DayBit = keyof typeof DAY_BIT

export const DAY_BITS = 29

export const mask = (bit: DayBit): number => 1 << DAY_BIT[bit]
