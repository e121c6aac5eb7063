import type { Complaints } from '../parse/complaints.ts'
import { printPath } from '../parse/issue.ts'
import type { RawStudy } from '../settings/settings.ts'
import type { FieldName, Source } from '../source.ts'
import type { AnalyticStudy } from '../study.ts'

/** Adherence and safety have sources to feed them, and sessions and prescriptions can be told. */
export function checkSafety(raw: RawStudy, study: AnalyticStudy, complaints: Complaints): void {
  checkFed(study, complaints)
  checkPrescription(raw, study, complaints)
  const thresholds = study.adherence?.thresholds ?? []
  if (thresholds.some((cut, i) => i > 0 && cut <= (thresholds[i - 1] as number))) {
    complaints.error(
      ['adherence', 'thresholds'],
      `adherence.thresholds (${thresholds.join(', ')}) must rise, each once`,
    )
  }
  for (const [i, source] of study.sources.entries()) checkSessions(source, ['sources', i, 'columns'], complaints)
}

const gives = (source: Source, field: FieldName): boolean => source.fields.some((mapping) => mapping.field === field)

const LAYOUTS = { adherence: 'stimulation', safety: 'adverse-events' } as const

function checkFed(study: AnalyticStudy, complaints: Complaints): void {
  for (const family of ['adherence', 'safety'] as const) {
    const layout = LAYOUTS[family]
    if (study[family] === null || study.sources.some((source) => source.layout === layout)) continue
    const says = `no source has the layout ${layout}; add one, or set ${family}: none`
    complaints.error([family], `${family} is to be computed, but ${says}`, 'name')
  }
}

/** Without a prescription there is a dose, but no adherence. */
function checkPrescription(raw: RawStudy, study: AnalyticStudy, complaints: Complaints): void {
  const { adherence, sources } = study
  if (adherence === null || adherence.sessionsPerDay !== null) return
  if (sources.some((source) => gives(source, 'prescribed'))) return
  const says = 'STIMADH is not computed: no source maps prescribed, and adherence.sessionsPerDay is not set'
  if (typeof raw.adherence === 'object') complaints.error(['adherence', 'sessionsPerDay'], says, 'name')
  else complaints.warn(['adherence'], says, 'name')
}

/** Two sessions of a day without times and numbers would be taken for copies of one (R-DUP). */
function checkSessions(source: Source, path: readonly (string | number)[], complaints: Complaints): void {
  if (source.layout !== 'stimulation') return
  const told = (['start', 'session', 'delivered'] as const).some((field) => gives(source, field))
  const isSession = (['minutes', 'completed'] as const).some((field) => gives(source, field))
  if (told || !isSession) return
  const says = 'sessions of one day cannot be told apart; map start, session (1, 2, ... within the day) or delivered'
  complaints.error([...path], `${printPath([...path])}: ${says}`, 'name')
}
