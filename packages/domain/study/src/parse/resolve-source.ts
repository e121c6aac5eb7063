import { parseGlob } from '../glob.ts'
import { FIELD_NAMES, FIELDS, LIST_FIELDS } from '../settings/fields.ts'
import type { RawMapping, RawSource } from '../settings/source-settings.ts'
import type { CsvOptions, FieldMapping, FieldName, Source } from '../source.ts'
import type { Complaints } from './complaints.ts'
import { printPath, type SettingPath } from './issue.ts'
import { resolveFollowUps } from './resolve-attacks.ts'
import { resolveDays } from './resolve-days.ts'
import { resolveItems, type VersionOf } from './resolve-items.ts'
import { resolveResults, resultCells } from './resolve-laboratory.ts'
import { resolveMapping } from './resolve-mapping.ts'
import { resolveWide } from './resolve-values.ts'

type ColumnsEntry = NonNullable<NonNullable<RawSource['columns']>[string]>

const DELIMITERS: Readonly<Record<string, CsvOptions['delimiter']>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  pipe: '|',
  ',': ',',
  ';': ';',
  '\t': '\t',
  '|': '|',
}
const DECIMALS: Readonly<Record<string, CsvOptions['decimal']>> = { point: '.', comma: ',', '.': '.', ',': ',' }

/** One source with every default spelled out. Fields stand in the order of the catalogue, however they were written. */
export function resolveSource(
  raw: RawSource,
  name: string,
  path: SettingPath,
  complaints: Complaints,
  versionOf: VersionOf = () => undefined,
): Source {
  const glob = parseGlob(raw.files)
  if (glob.kind === 'invalid') complaints.error([...path, 'files'], `${printPath([...path, 'files'])}: ${glob.why}`)
  const results = resolveResults(raw, path, complaints)
  const fields = [...resolveColumns(raw, path, complaints), ...resolveCovariates(raw, path, complaints)]
  return {
    name,
    files: raw.files,
    format: 'csv',
    layout: raw.layout,
    csv: resolveCsv(raw),
    missing: raw.missing ?? [],
    dateOrder: raw.dateOrder === undefined || raw.dateOrder === 'auto' ? null : raw.dateOrder,
    dayZero: raw.dayZero ?? 'none',
    ignore: raw.ignore === '*' || raw.ignore?.includes('*') ? ['*'] : (raw.ignore ?? []),
    fields,
    wide: resolveWide(raw, path, complaints),
    days: resolveDays(raw, path, complaints),
    cells: [
      ...resolveItems(raw, versionOf, path, complaints),
      ...resultCells(results),
      ...resolveFollowUps(raw, path, complaints),
    ],
    results,
    products: lowerCaseKeys(raw.products ?? {}),
  }
}

function resolveCsv(raw: RawSource): CsvOptions {
  return {
    delimiter: DELIMITERS[raw.delimiter ?? 'auto'] ?? null,
    encoding: raw.encoding === undefined || raw.encoding === 'auto' ? null : raw.encoding,
    decimal: DECIMALS[raw.decimal ?? 'auto'] ?? null,
    headerLine: raw.headerLine === undefined || raw.headerLine === 'auto' ? null : raw.headerLine,
    skipAfterHeader: raw.skipAfterHeader ?? 0,
  }
}

function resolveColumns(raw: RawSource, path: SettingPath, complaints: Complaints): FieldMapping[] {
  const columns: Readonly<Record<string, ColumnsEntry | undefined>> = raw.columns ?? {}
  return FIELD_NAMES.flatMap((field) => {
    const entry = columns[field]
    if (entry === undefined) return []
    const at = [...path, 'columns', field]
    const { layouts } = FIELDS[field]
    if (!layouts.includes(raw.layout)) {
      complaints.error(
        at,
        `${printPath(at)}: layout ${raw.layout} has no ${field} (only ${layouts.join(', ')})`,
        'name',
      )
    }
    if (!Array.isArray(entry)) return [resolveMapping(field, entry as string | RawMapping, at, complaints)]
    if (!LIST_FIELDS.includes(field)) {
      complaints.error(at, `${printPath(at)} is mapped more than once (only ${LIST_FIELDS.join(', ')} may be)`)
    }
    return entry.map((one, i) => resolveMapping(field, one, [...at, i], complaints))
  })
}

function resolveCovariates(raw: RawSource, path: SettingPath, complaints: Complaints): FieldMapping[] {
  return Object.entries(raw.covariates ?? {}).map(([name, given]) => {
    const at = [...path, 'covariates', name]
    if (typeof given === 'string') return { ...resolveMapping('covariate', given, at, complaints), name }
    const { label: _label, type: _type, ...mapping } = given
    return { ...resolveMapping('covariate', mapping, at, complaints), name }
  })
}

function lowerCaseKeys<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key.toLowerCase(), value]))
}

/** Columns of the export that a source reads, each once. */
export function columnsOf(source: Source): string[] {
  const named = [
    ...source.fields.flatMap((field) => [field.column, field.missingWhenEmpty]),
    ...source.wide.flatMap((wide) => [wide.column, wide.missingWhenEmpty]),
    ...source.days.map((day) => day.column),
    ...source.cells.flatMap((cell) => [cell.column, cell.missingWhenEmpty]),
  ]
  return [...new Set(named.filter((column) => column !== null))]
}

/** Whether a source gives a field, in its own column or as one column per day. */
export const givesField = (source: Source, field: FieldName): boolean =>
  source.fields.some((mapping) => mapping.field === field) ||
  source.days.some((day) => day.field === field) ||
  source.cells.some((cell) => cell.field === field)
