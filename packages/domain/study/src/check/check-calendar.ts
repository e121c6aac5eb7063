import type { Complaints } from '../parse/complaints.ts'
import { didYouMean } from '../parse/did-you-mean.ts'
import { printPath } from '../parse/issue.ts'
import { givesStudyDays } from '../parse/resolve-study.ts'
import type { RawStudy } from '../settings/settings.ts'
import type { FieldName, Source } from '../source.ts'
import type { AnalyticStudy, Study } from '../study.ts'
import { isZone } from '../time/zones.ts'

/** Dates, study days, day 0, home zone: what a study needs so that every day has its place. */
export function checkCalendar(raw: RawStudy, study: Study, complaints: Complaints): void {
  checkSameDays(raw, study.analytic, complaints)
  checkDayZero(study.analytic, complaints)
  checkHomeZone(raw, study.analytic, complaints)
  if (raw.schedule !== undefined && raw.schedule !== 'none') {
    checkZone(raw.schedule.timezone, ['schedule', 'timezone'], complaints)
    checkCron(raw.schedule.cron, complaints)
  }
  if (study.analytic.dataCut !== null && study.analytic.calendar === 'relative') {
    complaints.error(['dataCut'], 'dataCut is a date, but this study has study days alone')
  }
}

const maps = (source: Source, fields: readonly FieldName[]): boolean =>
  source.fields.some(({ field }) => fields.includes(field))

const givesDates = (source: Source): boolean => maps(source, ['date', 'start', 't0', 'taken'])

function checkSameDays(raw: RawStudy, study: AnalyticStudy, complaints: Complaints): void {
  const relative = study.sources.findIndex(givesStudyDays)
  const dated = study.sources.findIndex(givesDates)
  if (relative >= 0 && dated >= 0) {
    const at = ['sources', Math.max(relative, dated)]
    const names = [study.sources[dated]?.name, study.sources[relative]?.name]
    complaints.error(
      at,
      `${printPath(at)}: dates (${names[0]}) and study days (${names[1]}) cannot be joined; give all sources the same`,
      'name',
    )
  } else if (raw.calendar === 'dates' && relative >= 0) {
    complaints.error(['calendar'], `calendar is dates, but source ${study.sources[relative]?.name} gives study days`)
  } else if (raw.calendar === 'relative' && dated >= 0) {
    complaints.error(['calendar'], `calendar is relative, but source ${study.sources[dated]?.name} gives dates`)
  }
}

/** Windows are counted from day 0: dated diaries need a first treatment (or randomisation) date (R-ADY). */
function checkDayZero(study: AnalyticStudy, complaints: Complaints): void {
  const known = study.sources.some((source) => maps(source, ['treatmentStart', 'randomised']))
  if (known && study.sources.some(givesStudyDays)) {
    const says = 'study days count from day 0 already'
    complaints.warn(['sources'], `treatmentStart and randomised are not used: ${says}`, 'name')
  }
  if (!known && study.sources.some(givesDates)) {
    const says = 'without day 0 no window can be placed (a constant will do: { constant: 2026-01-31 })'
    complaints.error(['sources'], `sources: none maps treatmentStart or randomised; ${says}`, 'name')
  }
}

const CLOCKS: readonly FieldName[] = [
  'start',
  'end',
  't0',
  'taken',
  'rescue',
  'secondDose',
  'nextHeadache',
  'submitted',
]

/** R-TZ: whoever exports clocks says whose they are; `none` is an answer, silence is not. */
function checkHomeZone(raw: RawStudy, study: AnalyticStudy, complaints: Complaints): void {
  if (raw.timezone !== undefined) {
    if (raw.timezone !== 'none') checkZone(raw.timezone, ['timezone'], complaints)
    return
  }
  const clocked = study.sources.find((source) => maps(source, CLOCKS))
  if (clocked === undefined) return
  const says = 'name the home zone of the subjects (timezone: Europe/Berlin), or none to take clocks as written'
  complaints.error(['timezone'], `timezone is missing: source ${clocked.name} gives times of day; ${says}`, 'name')
}

function checkZone(name: string, path: readonly string[], complaints: Complaints): void {
  if (isZone(name)) return
  const guess = didYouMean(name, Intl.supportedValuesOf('timeZone'))
  const hint = guess === null ? ' (such as Europe/Berlin)' : `; did you mean ${guess}?`
  complaints.error(path, `${printPath(path)} is ${JSON.stringify(name)}, which is no time zone${hint}`)
}

/** Five fields of numbers, names, lists, ranges and steps. */
function checkCron(cron: string, complaints: Complaints): void {
  const fields = cron.trim().split(/\s+/)
  if (fields.length === 5 && fields.every((field) => /^[\dA-Za-z*,/-]+$/.test(field))) return
  const says = "five fields: minute, hour, day of month, month, day of week, as in '0 6 * * 1'"
  complaints.error(['schedule', 'cron'], `schedule.cron is ${JSON.stringify(cron)}; expected ${says}`)
}
