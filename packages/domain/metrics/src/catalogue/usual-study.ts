import { type AnalyticStudy, parseStudy } from '@afferent/study'

/**
 * Settings as a study has them that says nothing about them. Texts of the catalogue are shown with these where no study is
 * at hand; families that this study does not switch on word their defaults themselves.
 */
const TEXT = `
study: usual
preset: migraine-prevention
timezone: none
pain: { threshold: 4, bands: nrs-1-4-7, ttrConfirmWeeks: 2, sustainWeeks: 4 }
sources:
  - files: 'diary*'
    layout: daily
    columns: { subject: subject, treatmentStart: start, date: date, headache: headache, hours: hours, severity: severity, painAvg: pain, triptan: triptan }
  - files: 'episodes*'
    layout: episodes
    columns: { subject: subject, start: from, end: to }
`

let known: AnalyticStudy | null = null

export function usualStudy(): AnalyticStudy {
  if (known !== null) return known
  const parsed = parseStudy(TEXT, 'usual.yaml')
  if (parsed.kind === 'refused') throw new Error(`the usual study is refused: ${parsed.findings[0]?.message}`)
  known = parsed.study.analytic
  return known
}
