import { allowedIn, INSTRUMENTS, type Instrument, instrumentOf } from '@afferent/instruments'
import { scoreNamed } from '../questionnaires/scores.ts'
import type { RawItemColumns, RawSource } from '../settings/source-settings.ts'
import type { CellColumn } from '../source.ts'
import type { Complaints } from './complaints.ts'
import { suggestion } from './did-you-mean.ts'
import { printPath, type SettingPath } from './issue.ts'

/** Version of an instrument that the study file names. */
export type VersionOf = (instrument: string) => string | undefined

const TEMPLATE = /\{item2?\}/
/** Stands for the items that are not listed. */
const OTHERS = '*'

/** Layout assessments: `items` and `totals` to one entry per column, by instrument and item. */
export function resolveItems(
  raw: RawSource,
  versionOf: VersionOf,
  path: SettingPath,
  complaints: Complaints,
): CellColumn[] {
  for (const setting of ['items', 'totals'] as const) {
    if (raw[setting] === undefined || raw.layout === 'assessments') continue
    const at = [...path, setting]
    complaints.error(at, `${printPath(at)} belongs to layout assessments alone`, 'name')
  }
  const items = Object.entries(raw.items ?? {}).flatMap(([code, given]) => {
    const at = [...path, 'items', code]
    const instrument = instrumentOf(code)
    if (instrument !== undefined) return itemCells(instrument, given, versionOf(code), at, complaints)
    const codes = INSTRUMENTS.map((known) => known.code)
    complaints.error(
      at,
      `${printPath(at)}: ${JSON.stringify(code)} is no questionnaire${suggestion(code, codes)}`,
      'name',
    )
    return []
  })
  return [...items, ...totalCells(raw, path, complaints)]
}

function itemCells(
  instrument: Instrument,
  given: RawItemColumns,
  version: string | undefined,
  path: SettingPath,
  complaints: Complaints,
): CellColumn[] {
  const isForm = typeof given === 'object' && isItemForm(given)
  const columns = isForm ? given.columns : (given as string | Readonly<Record<string, string>>)
  const at = isForm ? [...path, 'columns'] : path
  const values = isForm && given.values !== undefined ? asTexts(given.values) : null
  const listed = typeof columns === 'string' ? {} : columns
  const others = typeof columns === 'string' ? columns : listed[OTHERS]
  if (others !== undefined && !TEMPLATE.test(others)) {
    complaints.error(at, `${printPath(at)} has no {item} in it: ${instrument.code} has several items`)
  }
  const known = instrument.items.map(({ id }) => id)
  for (const id of Object.keys(listed)) {
    if (id === OTHERS || known.includes(id)) continue
    complaints.error(
      [...at, id],
      `${printPath([...at, id])} is no item of ${instrument.code}${suggestion(id, known)}`,
      'name',
    )
  }
  return instrument.items.flatMap((item): CellColumn[] => {
    const named = listed[item.id]
    const isAsked = !item.optional && (version === undefined || allowedIn(item, version) !== null)
    const column = named ?? (isAsked && others !== undefined ? columnName(others, item.id) : undefined)
    return column === undefined ? [] : [cell(instrument.code, item.id, column, values)]
  })
}

/** `{ columns, values }`, told from a list of items by its first word: no item has that name. */
const isItemForm = (given: object): given is Extract<RawItemColumns, { columns: unknown }> =>
  Object.hasOwn(given, 'columns')

const columnName = (template: string, item: string): string =>
  template.replaceAll('{item2}', item.padStart(2, '0')).replaceAll('{item}', item)

function totalCells(raw: RawSource, path: SettingPath, complaints: Complaints): CellColumn[] {
  const codes = INSTRUMENTS.flatMap(({ scores }) => scores.map((score) => score.code))
  const cells = Object.entries(raw.totals ?? {}).flatMap(([code, column]): CellColumn[] => {
    const owned = scoreNamed(code)
    if (owned !== undefined) return [cell(owned.instrument.code, code, column, null)]
    const at = [...path, 'totals', code]
    complaints.error(at, `${printPath(at)}: ${JSON.stringify(code)} is no score${suggestion(code, codes)}`, 'name')
    return []
  })
  return cells.sort((a, b) => codes.indexOf(a.item as string) - codes.indexOf(b.item as string))
}

const asTexts = (values: Readonly<Record<string, string | number>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([text, value]) => [text, String(value)]))

const cell = (name: string, item: string, column: string, values: CellColumn['values']): CellColumn => ({
  field: 'value',
  column,
  at: 0,
  name,
  item,
  values,
  unit: null,
  missingWhenEmpty: null,
})
