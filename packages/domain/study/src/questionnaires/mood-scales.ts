import type { MoodScale } from '../study.ts'

/** Scales of depression that a dual response can rest on, by PARAMCD. */
export const MOOD_SCALES = ['PHQ9', 'HADSD', 'BDI2'] as const satisfies readonly MoodScale[]
