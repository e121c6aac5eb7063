/** mg/L; above it CRP tells of an acute infection or injury, not of the condition (Pearson 2003 [L]). */
const ACUTE_PHASE_CRP = 10
/** R-NUM. */
const TOLERANCE = 1e-9

export const ACUTE_ANALYTE = 'CRP'

/** Whether CRP, in mg/L, is above 10; 10.0 itself is not. */
export const isAcutePhase = (crp: number): boolean => crp > ACUTE_PHASE_CRP + TOLERANCE
