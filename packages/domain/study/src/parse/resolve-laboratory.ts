import { ANALYTES, standardAnalyte } from '../laboratory/analytes.ts'
import type { RawLaboratory, RawResult } from '../settings/laboratory-settings.ts'
import type { RawStudy } from '../settings/settings.ts'
import type { RawSource } from '../settings/source-settings.ts'
import type { CellColumn, ResultDeclaration, Source } from '../source.ts'
import type { Analyte, AutonomicFamily, LaboratoryFamily } from '../study.ts'
import type { Complaints } from './complaints.ts'
import { suggestion } from './did-you-mean.ts'
import { printPath, type SettingPath } from './issue.ts'

/** PARAMCD of the log ratio has two letters more. */
const OWN_CODE = /^[A-Z][A-Z0-9]{0,5}$/

/** Layout measurements: `results` by analyte, in byte order of the analyte. */
export function resolveResults(raw: RawSource, path: SettingPath, complaints: Complaints): ResultDeclaration[] {
  if (raw.results !== undefined && raw.layout !== 'measurements') {
    const at = [...path, 'results']
    complaints.error(at, `${printPath(at)} belongs to layout measurements alone`, 'name')
  }
  return Object.entries(raw.results ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([analyte, given]) => {
      const result: RawResult = typeof given === 'string' ? { column: given } : given
      return {
        analyte,
        column: result.column ?? null,
        unit: result.unit ?? null,
        lloq: result.lloq ?? null,
        uloq: result.uloq ?? null,
        values: result.values ?? null,
      }
    })
}

/** Analytes that have a column of their own. */
export const resultCells = (results: readonly ResultDeclaration[]): CellColumn[] =>
  results.flatMap(({ analyte, column, values }) =>
    column === null
      ? []
      : [{ field: 'value', column, at: 0, name: analyte, item: null, values, unit: null, missingWhenEmpty: null }],
  )

/** What a preset names is taken where a source of the layout feeds it. */
const chosenOf = <T>(own: T | undefined, preset: T | undefined, fed: boolean): T | 'none' =>
  own ?? (fed ? preset : undefined) ?? 'none'

const holds = (sources: readonly Source[], layout: Source['layout']): boolean =>
  sources.some((source) => source.layout === layout)

export function resolveLaboratory(
  own: RawStudy['laboratory'],
  preset: RawStudy['laboratory'],
  sources: readonly Source[],
  complaints: Complaints,
): LaboratoryFamily | null {
  const chosen = chosenOf(own, preset, holds(sources, 'measurements'))
  if (chosen === 'none') return null
  const raw: RawLaboratory = typeof chosen === 'string' ? { blq: chosen } : chosen
  const fallback = typeof preset === 'string' && preset !== 'none' ? preset : 'sqrt2'
  const described = raw.analytes ?? {}
  const codes = new Set([...Object.keys(described), ...sources.flatMap(analytesIn)])
  const analytes = [...codes].sort().flatMap((code) => resolveAnalyte(code, described[code], complaints) ?? [])
  return { blq: raw.blq ?? fallback, analytes }
}

/** Analytes that a source names in its columns or words. */
export function analytesIn(source: Source): string[] {
  if (source.layout !== 'measurements') return []
  const words = source.fields.flatMap(({ field, values, constant }) => {
    if (field !== 'analyte') return []
    return values === null ? [constant ?? []].flat() : Object.values(values)
  })
  return [...words, ...source.results.map(({ analyte }) => analyte)]
}

type RawAnalyte = NonNullable<RawLaboratory['analytes']>[string]

function resolveAnalyte(code: string, given: RawAnalyte | undefined, complaints: Complaints): Analyte | null {
  const at = ['laboratory', 'analytes', code]
  const standard = standardAnalyte(code)
  if (standard !== undefined) {
    if (given !== undefined && Object.keys(given).length > 0) {
      const says = `is described already (${standard.unit}); the unit of an export stands under results of its source`
      complaints.error(at, `${printPath(at)} ${says}`, 'name')
    }
    return standard
  }
  if (!OWN_CODE.test(code)) {
    complaints.error(at, `${printPath(at)}: a code has at most 6 of A-Z 0-9, a letter first`, 'name')
  }
  if (given?.label === undefined || given.unit === undefined) {
    const known = ANALYTES.map((analyte) => analyte.code)
    const says = 'is an analyte of your own and needs label and unit'
    complaints.error(at, `${printPath(at)} ${says}${suggestion(code, known)}`, 'name')
    return null
  }
  const { label, unit, direction } = given
  return { code, label, unit, direction: direction ?? 'none', units: { [unit]: 1 } }
}

export function resolveAutonomic(
  own: RawStudy['autonomic'],
  preset: RawStudy['autonomic'],
  sources: readonly Source[],
): AutonomicFamily | null {
  const chosen = chosenOf(own, preset, holds(sources, 'rr-intervals'))
  if (chosen === 'none') return null
  const stimulation = (typeof chosen === 'object' ? chosen.stimulation : undefined) ?? heldIn(sources)
  return { preset: 'standard', stimulation: (['off', 'on'] as const).filter((state) => stimulation.includes(state)) }
}

/** Records that the sources can hold, as far as constants and value maps tell. */
function heldIn(sources: readonly Source[]): readonly ('off' | 'on')[] {
  const stateOf = (word: string): 'off' | 'on' => (word === 'N' ? 'off' : 'on')
  const told = sources
    .filter(({ layout }) => layout === 'rr-intervals')
    .flatMap(({ fields }) => fields.filter(({ field }) => field === 'stimulating'))
    .map(({ constant, values }) => {
      if (constant !== null) return [stateOf(values?.[constant] ?? constant)]
      return values === null ? (['off', 'on'] as const) : Object.values(values).map(stateOf)
    })
  return told.length === 0 ? ['off', 'on'] : told.flat()
}
