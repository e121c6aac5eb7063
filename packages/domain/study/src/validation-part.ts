import type { AnalyticStudy } from './study.ts'

/**
 * The part of a study that decides what one file becomes: its record tables, its findings, its row counts. A dataset is
 * named after this part, so changing a responder cut, a preset or an arm's name validates nothing again.
 *
 * Everything that joins files (arms, windows, `uploads`, data cut, day-0 rules) is judged later and is not in here.
 */
export function validationPart(study: AnalyticStudy): unknown {
  return {
    schemaVersion: study.schemaVersion,
    timezone: study.timezone,
    calendar: study.calendar,
    lateHours: study.diary.lateHours,
    covariates: study.covariates,
    /** Pain of treated attacks goes up to 4, and attacks have a usual duration. */
    cluster: study.cluster !== null,
    nrsCuts: study.headache?.nrsCuts ?? null,
    values: study.values?.parameters.map(({ code, visits, range }) => ({
      code,
      range,
      visits: visits.map(({ visit }) => visit),
    })),
    sessionMinutes: study.adherence?.sessionMinutes ?? null,
    questionnaires: study.questionnaires?.instruments.map(({ code, version, scores }) => ({ code, version, scores })),
    laboratory: study.laboratory?.analytes,
    sources: study.sources,
    /** Findings of a blinded study do not quote arms. */
    ...(study.blinded ? { blinded: true } : {}),
  }
}
