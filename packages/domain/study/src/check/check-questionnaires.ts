import { checkSettings, type Instrument } from '@afferent/instruments'
import type { Complaints } from '../parse/complaints.ts'
import { printPath } from '../parse/issue.ts'
import { isLong, itemsLacking, mappedItems, sourcesOf } from '../questionnaires/answerable.ts'
import { knownInstrument, settingsFor } from '../questionnaires/scores.ts'
import type { Source } from '../source.ts'
import type { AnalyticStudy, QuestionnaireSettings } from '../study.ts'

/** Every questionnaire may be used, is read in a known version and has what its scores need; scores that can never be. */
export function checkQuestionnaires(study: AnalyticStudy, complaints: Complaints): void {
  for (const given of study.questionnaires?.instruments ?? []) {
    const instrument = knownInstrument(given.code)
    checkLicence(instrument, given, complaints)
    if (!isFed(study, given, complaints) || !hasSettings(study, instrument, given, complaints)) continue
    checkTables(study, instrument, given, complaints)
    checkItems(study, given, complaints)
  }
}

function checkLicence(instrument: Instrument, given: QuestionnaireSettings, complaints: Complaints): void {
  const { code, licence, freeVersions, licenceNote } = instrument
  if (licence === 'free' || given.licence || (given.version !== null && freeVersions.includes(given.version))) return
  const at = ['questionnaires', code, 'licence']
  const says = `confirm that you may use it: { ${code}: { licence: true } }`
  complaints.error(at, `${printPath(at)} is missing: ${licenceNote}; ${says}`, 'name')
}

function isFed({ sources }: AnalyticStudy, { code }: QuestionnaireSettings, complaints: Complaints): boolean {
  if (sourcesOf(sources, code).length > 0) return true
  const at = ['questionnaires', code]
  complaints.error(at, `${printPath(at)} is to be scored, but no source of layout assessments holds it`, 'name')
  return false
}

/** Whether version, choices and table of a questionnaire are sound: its forms could be scored. */
function hasSettings(
  study: AnalyticStudy,
  instrument: Instrument,
  given: QuestionnaireSettings,
  complaints: Complaints,
): boolean {
  const { code, versions } = instrument
  const fault = (setting: string, says: string): false => {
    const path = ['questionnaires', code, setting]
    complaints.error(path, `${printPath(path)}${says}`, 'name')
    return false
  }
  const named = (source: Source): boolean => source.fields.some(({ field }) => field === 'version')
  if (given.version === null && !sourcesOf(study.sources, code).every(named)) {
    return fault('version', ` is missing: ${code} has several (${versions.join(', ')})`)
  }
  if (given.version === null && given.table !== null)
    return fault('version', ' is missing: a table holds for one version')
  const faults = checkSettings(instrument, settingsFor(given, null))
  for (const { setting, says } of faults) fault(setting, `: ${says}`)
  return faults.length === 0
}

/** Scores that are asked for and have neither their table nor a total. */
function checkTables(
  { sources }: AnalyticStudy,
  instrument: Instrument,
  { code, scores, table }: QuestionnaireSettings,
  complaints: Complaints,
): void {
  const at = ['questionnaires', code]
  if (scores.length === 0) {
    const says = `bring its table, or map a total (${instrument.scores.map((score) => score.code).join(', ')})`
    complaints.error(at, `${printPath(at)} gives no score: ${says}`, 'name')
  }
  const own = sourcesOf(sources, code)
  if (own.some(isLong)) return
  const totals = mappedItems(sources, code)
  const tabled = table === null ? (instrument.table?.scores ?? []) : []
  const external = instrument.scores.filter(({ kind }) => kind === 'external').map((score) => score.code)
  const lost = scores.find((score) => [...tabled, ...external].includes(score) && totals?.has(score) === false)
  if (lost === undefined) return
  const path = [...at, 'scores']
  const needs = external.includes(lost) ? 'a total' : 'a table or a total'
  complaints.error(path, `${printPath(path)}: ${lost} needs ${needs}, and there is none`)
}

function checkItems(study: AnalyticStudy, { code, scores }: QuestionnaireSettings, complaints: Complaints): void {
  const lost = scores
    .map((score) => ({ score, items: itemsLacking(study, score) }))
    .filter(({ items }) => items.length > 0)
  if (lost.length === 0) return
  const at = ['questionnaires', code]
  const items = [...new Set(lost.flatMap((one) => one.items))]
  const names = lost.map(({ score }) => score).join(', ')
  const says = `needs items that no source maps (${items.join(', ')}): it can never be computed`
  complaints.warn(at, `${printPath(at)}: ${names} ${says}`, 'name')
}
