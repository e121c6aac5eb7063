import { unitFactor } from '../laboratory/analytes.ts'
import type { Complaints } from '../parse/complaints.ts'
import { suggestion } from '../parse/did-you-mean.ts'
import { printPath, type SettingPath } from '../parse/issue.ts'
import { analytesIn } from '../parse/resolve-laboratory.ts'
import type { RawStudy } from '../settings/settings.ts'
import type { FieldName, ResultDeclaration, Source } from '../source.ts'
import type { AnalyticStudy } from '../study.ts'

const FED_BY = { laboratory: 'measurements', autonomic: 'rr-intervals' } as const

/** Laboratory and heart rate variability name their method (R-METH) and have sources to feed them. */
export function checkTakenAtVisits(raw: RawStudy, study: AnalyticStudy, complaints: Complaints): void {
  for (const family of ['laboratory', 'autonomic'] as const) {
    const layout = FED_BY[family]
    const fed = study.sources.some((source) => source.layout === layout)
    if (study[family] !== null && !fed) {
      const says = `no source has the layout ${layout}; add one, or set ${family}: none`
      complaints.error([family], `${family} is to be computed, but ${says}`, 'name')
    }
    if (fed && raw[family] === undefined && raw.preset === undefined) {
      const words = family === 'laboratory' ? 'sqrt2, half' : 'standard'
      complaints.error([family], `${family} is missing: without a preset, name the method (${words}), or none`, 'name')
    }
  }
  if (typeof raw.laboratory === 'object' && raw.laboratory.blq === undefined && raw.preset === undefined) {
    const says = 'laboratory.blq is missing: without a preset, name the method (sqrt2, half)'
    complaints.error(['laboratory', 'blq'], says, 'name')
  }
  if (study.laboratory?.analytes.length === 0 && study.sources.flatMap(analytesIn).length === 0) {
    const says = 'no source names its analytes; name them (analytes: { CRP: {} }), or map their names by values'
    complaints.error(['laboratory', 'analytes'], `laboratory.analytes is empty: ${says}`, 'name')
  }
}

const gives = (source: Source, field: FieldName): boolean => source.fields.some((mapping) => mapping.field === field)

/** What a source of laboratory results needs: a row per result or a column per analyte, and a unit for each. */
export function checkMeasurements(
  study: AnalyticStudy,
  source: Source,
  path: SettingPath,
  complaints: Complaints,
): void {
  const fault = (setting: SettingPath, says: string): void =>
    complaints.error([...path, ...setting], `${printPath([...path, ...setting])}${says}`, 'name')
  const long = gives(source, 'analyte') || gives(source, 'value')
  const wide = source.cells.length > 0
  if (long === wide) {
    fault([], ': layout measurements needs columns under results, or the fields analyte and value; one of the two')
  }
  if (long)
    for (const field of ['analyte', 'value'] as const)
      if (!gives(source, field)) fault(['columns', field], ' is missing: a row per result names both')
  if (wide) {
    for (const field of ['unit', 'lloq', 'uloq'] as const) {
      if (gives(source, field)) fault(['columns', field], ': results names the units and limits of its columns')
    }
    for (const { analyte, column } of source.results) {
      if (column === null) fault(['results', analyte, 'column'], ' is missing: the other analytes have columns')
    }
  }
  for (const declared of source.results) checkResult(study, declared, wide, [...path, 'results'], complaints)
  if (long && !wide && !gives(source, 'unit')) checkUnits(study, source, path, complaints)
  checkVisits(study, source, path, complaints)
}

function checkResult(
  study: AnalyticStudy,
  { analyte, unit, lloq, uloq }: ResultDeclaration,
  wide: boolean,
  path: SettingPath,
  complaints: Complaints,
): void {
  const known = study.laboratory?.analytes.find(({ code }) => code === analyte)
  if (known === undefined) return
  const at = [...path, analyte, 'unit']
  const units = Object.keys(known.units)
  if (unit === null && wide) {
    complaints.error(
      at,
      `${printPath(at)} is missing: units are converted where they are declared (known: ${units.join(', ')})`,
      'name',
    )
  }
  if (unit === null && !wide && (lloq !== null || uloq !== null)) {
    complaints.error(at, `${printPath(at)} is missing: nobody knows the unit of the limits beside it`, 'name')
  }
  if (unit !== null && unitFactor(known, unit) === null) {
    complaints.error(at, `${printPath(at)} is ${JSON.stringify(unit)}${suggestion(unit, units)}`)
  }
  if (lloq === null || uloq === null || lloq < uloq) return
  const limits = [...path, analyte, 'uloq']
  complaints.error(limits, `${printPath(limits)} (${uloq}) does not lie above lloq (${lloq})`)
}

/** Without a column of units every analyte has its unit under results. */
function checkUnits(study: AnalyticStudy, source: Source, path: SettingPath, complaints: Complaints): void {
  const declared = new Set(source.results.filter(({ unit }) => unit !== null).map(({ analyte }) => analyte))
  const lacking = (study.laboratory?.analytes ?? []).filter(({ code }) => !declared.has(code))
  if (lacking.length === 0) return
  const [first] = lacking
  const at = [...path, 'columns', 'unit']
  const says = `is missing: map it, give a constant, or name the units (results: { ${first?.code}: { unit: ${first?.unit} } })`
  complaints.error(at, `${printPath(at)} ${says}`, 'name')
}

/** What a source of RR intervals needs beside its interval: whether there was stimulation, and columns that exist. */
export function checkIntervals(study: AnalyticStudy, source: Source, path: SettingPath, complaints: Complaints): void {
  const needed: readonly (readonly [FieldName, string])[] = [
    ['rr', 'a row per interval'],
    [
      'stimulating',
      "a column, { constant: N }, or a part of the file's name: records with and without are never mixed",
    ],
  ]
  for (const [field, says] of needed) {
    if (gives(source, field)) continue
    const at = [...path, 'columns', field]
    complaints.error(at, `${printPath(at)} is missing: ${says}`, 'name')
  }
  checkVisits(study, source, path, complaints)
}

/** Without dates the visits are told by number, and something says how many there are. */
function checkVisits(study: AnalyticStudy, source: Source, path: SettingPath, complaints: Complaints): void {
  if ((['date', 'studyDay', 'taken'] as const).some((field) => gives(source, field))) return
  const { visits, periods } = study
  if (visits.windows !== null || periods.windows !== null || periods.count !== null) return
  const at = [...path, 'columns', 'visit']
  const says = 'without dates nothing says how many visits there are: set visits.windows or periods.count'
  complaints.error(at, `${printPath(at)}: ${says}`, 'name')
}
