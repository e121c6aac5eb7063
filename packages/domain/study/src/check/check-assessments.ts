import { type Instrument, instrumentOf } from '@afferent/instruments'
import type { Complaints } from '../parse/complaints.ts'
import { printPath, type SettingPath } from '../parse/issue.ts'
import { isLong } from '../questionnaires/answerable.ts'
import type { FieldName, Source } from '../source.ts'
import type { AnalyticStudy } from '../study.ts'

/** What a source of questionnaires needs: a row per item, or a column per item; visits that are scheduled; dates of days. */
export function checkAssessments(
  study: AnalyticStudy,
  source: Source,
  path: SettingPath,
  complaints: Complaints,
): void {
  const has = (field: FieldName): boolean => source.fields.some((mapping) => mapping.field === field)
  const fault = (setting: SettingPath, says: string): void =>
    complaints.error([...path, ...setting], `${printPath([...path, ...setting])}${says}`, 'name')
  const long = isLong(source)
  if (long === source.cells.length > 0) {
    fault(
      [],
      ': layout assessments needs columns under items or totals, or the fields instrument, item and value; one of the two',
    )
  }
  const demanded = long ? (['instrument', 'item'] as const) : []
  for (const field of demanded) if (!has(field)) fault(['columns', field], ' is missing: a row per item names both')
  const foreign = long ? [] : (['instrument', 'item'] as const).filter(has)
  for (const field of foreign) fault(['columns', field], ': items names the questionnaires of its columns')
  const named = source.fields.find(({ field, name }) => field === 'value' && name !== null)
  if (named !== undefined) fault(['columns', 'value'], ': parameter belongs to layout visits')
  if (long) checkLong(study, source, path, complaints)
  else checkColumns(source, path, complaints)
  checkDays(study, source, path, complaints)
}

function checkLong(study: AnalyticStudy, source: Source, path: SettingPath, complaints: Complaints): void {
  const at = [...path, 'columns', 'instrument']
  const instrument = source.fields.find(({ field }) => field === 'instrument')
  if (instrument === undefined) return
  const words = instrument.values === null ? [instrument.constant ?? []].flat() : Object.values(instrument.values)
  for (const word of words.filter((word) => instrumentOf(word) === undefined)) {
    complaints.error(at, `${printPath(at)}: ${JSON.stringify(word)} is no questionnaire`)
  }
  if (words.length === 0 && study.questionnaires === null) {
    complaints.error(at, `${printPath(at)}: name the questionnaires under questionnaires, or map their names by values`)
  }
}

/** A column answers one item. */
function checkColumns(source: Source, path: SettingPath, complaints: Complaints): void {
  const taken = new Map<string, string>()
  for (const { column, name, item } of source.cells) {
    const says = `item ${item} of ${name}`
    const other = taken.get(column)
    if (other !== undefined) {
      complaints.error(path, `${printPath(path)}: column ${JSON.stringify(column)} is ${other} and ${says}`, 'name')
    }
    taken.set(column, says)
  }
  const several = new Set(source.cells.map(({ name }) => name)).size > 1
  if (several && source.fields.some(({ field }) => field === 'version')) {
    const at = [...path, 'columns', 'version']
    complaints.error(
      at,
      `${printPath(at)}: the row holds several questionnaires; set their versions under questionnaires`,
      'name',
    )
  }
}

function checkDays(study: AnalyticStudy, source: Source, path: SettingPath, complaints: Complaints): void {
  const dated = source.fields.some(({ field }) => field === 'date' || field === 'studyDay')
  if (dated) return
  const daily = study.questionnaires?.instruments
    .map(({ code }) => instrumentOf(code) as Instrument)
    .find((one) => one.daily)
  if (daily !== undefined && (isLong(source) || source.cells.some(({ name }) => name === daily.code))) {
    const at = [...path, 'columns']
    complaints.error(at, `${printPath(at)}: ${daily.code} is answered daily and needs date or studyDay`, 'name')
  }
  const { visits, periods } = study
  if (visits.windows === null && periods.windows === null && periods.count === null) {
    const at = [...path, 'columns', 'visit']
    const says = 'without dates nothing says how many visits there are: set visits.windows or periods.count'
    complaints.error(at, `${printPath(at)}: ${says}`, 'name')
  }
}
