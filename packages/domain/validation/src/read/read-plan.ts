import type { BitPlace, CellType, ColumnRequest } from '@afferent/formats'
import type { AnalyticStudy, CellColumn, DayColumn, FieldMapping, FieldName, Source } from '@afferent/study'
import { bitOf } from './bit-places.ts'
import { cellTypeOf, number, rangeOf } from './cell-types.ts'
import { constantValue } from './constant-value.ts'

/** Where the values of one field come from. A plain value: it travels to worker threads. */
export interface Slot {
  readonly field: FieldName
  /** Covariate or parameter. */
  readonly name: string | null
  /** Position in the requests, or -1 for a constant. */
  readonly request: number
  readonly constant: number | string | null
  /** Request that tells whether the cell counts (`missingWhenEmpty`), or -1. */
  readonly presence: number
  readonly values: FieldMapping['values']
  readonly unit: FieldMapping['unit']
  /** Header name of the column, for findings. */
  readonly column: string
}

/** A slot of a wide export: the visit, day or time that the column stands for, and the item of an instrument. */
export interface WideSlot extends Slot {
  readonly at: number
  readonly item: string | null
}

export interface ReadPlan {
  readonly requests: readonly ColumnRequest[]
  readonly slots: readonly Slot[]
  /**
   * Layout `visits`: a value at visit `at` each. Layout `days-wide`: a field of the daily form on day `at` each. Else the
   * cells of the source, `at` minutes after t0.
   */
  readonly wide: readonly WideSlot[]
}

/** A constant of the study file (or a part of the file's name) that is no value of its field. */
export interface PlanFault {
  readonly field: FieldName
  readonly value: string
  readonly why: string
}

/** Which columns are read, and as what. Every mapped column must be in the header. */
export function planReading(
  source: Source,
  study: AnalyticStudy,
  header: readonly string[],
  fileName: string,
): { readonly plan: ReadPlan; readonly faults: readonly PlanFault[] } {
  const requests: ColumnRequest[] = []
  const faults: PlanFault[] = []
  const needed = requiredFields(source)

  function ask(column: string, type: CellType, required: boolean, bit?: BitPlace): number {
    const request = { column: header.indexOf(column), name: column, type, missing: source.missing, required }
    requests.push(bit === undefined ? request : { ...request, bit })
    return requests.length - 1
  }

  function askPresence(column: string | null): number {
    if (column === null) return -1
    const known = requests.findIndex((request) => request.name === column && request.type.kind === 'presence')
    return known >= 0 ? known : ask(column, { kind: 'presence' }, false)
  }

  function slotOf(mapping: FieldMapping): Slot {
    const { field, name, values, unit, column } = mapping
    const type = cellTypeOf(mapping, source, study)
    const presence = askPresence(mapping.missingWhenEmpty)
    const slot = { field, name, values, unit, presence }
    if (column !== null) {
      const bit = presence < 0 ? bitOf(field) : undefined
      return { ...slot, request: ask(column, type, needed.has(field), bit), constant: null, column }
    }
    const text = mapping.constant ?? partOfName(mapping.fileName ?? '', fileName)
    const constant = text === null ? null : constantValue(text, type)
    if (constant === null) {
      const why = text === null ? `the file's name does not fit ${mapping.fileName}` : `not a value of ${field}`
      faults.push({ field, value: text ?? fileName, why })
    }
    return { ...slot, request: -1, constant, column: '' }
  }

  function daySlot(day: DayColumn): WideSlot {
    const { field, values, unit, column } = day
    const request = ask(column, cellTypeOf(day, source, study), false)
    return { field, name: null, values, unit, presence: -1, request, constant: null, column, at: day.day, item: null }
  }

  function cellSlot(cell: CellColumn): WideSlot {
    const { field, name, values, unit, column, at, item } = cell
    const presence = askPresence(cell.missingWhenEmpty)
    const request = ask(column, cellTypeOf(cell, source, study), false)
    return { field, name, values, unit, presence, request, constant: null, column, at, item }
  }

  const slots = source.fields.map(slotOf)
  const visits = source.wide.map(({ column, parameter, visit, missingWhenEmpty }): WideSlot => {
    const request = ask(column, number(source, rangeOf(study, parameter), false), false)
    const presence = askPresence(missingWhenEmpty)
    return {
      field: 'value',
      name: parameter,
      values: null,
      unit: null,
      presence,
      request,
      constant: null,
      column,
      at: visit,
      item: null,
    }
  })
  return {
    plan: { requests, slots, wide: [...visits, ...source.days.map(daySlot), ...source.cells.map(cellSlot)] },
    faults,
  }
}

/** The group of a pattern on the file's name; null where the name does not fit. */
function partOfName(pattern: string, fileName: string): string | null {
  return new RegExp(pattern, 'u').exec(fileName.normalize('NFC'))?.[1] ?? null
}

/** Fields without which a row belongs to nobody or to no day. */
function requiredFields(source: Source): ReadonlySet<FieldName> {
  const mapped = new Set(source.fields.map(({ field }) => field))
  const needed: FieldName[] = ['subject', 'term']
  if (source.layout === 'episodes') needed.push('start')
  if (source.layout === 'stimulation') needed.push(...onlyOne(mapped, ['start', 'date', 'studyDay']))
  if (source.layout === 'daily' || source.layout === 'days-wide') needed.push('date', 'studyDay')
  if (source.layout === 'intakes') needed.push(...onlyOne(mapped, ['taken', 'date', 'studyDay']))
  if (source.layout === 'visits') needed.push('visit', 'parameter')
  if (source.layout === 'assessments') {
    needed.push('instrument', 'item', ...onlyOne(mapped, ['date', 'studyDay', 'visit']))
  }
  const placed = onlyOne(mapped, ['taken', 'date', 'studyDay', 'visit'])
  if (source.layout === 'measurements') needed.push('analyte', ...placed)
  if (source.layout === 'rr-intervals') needed.push('rr', 'sequence', ...placed)
  if (source.layout === 'attacks') needed.push('t0')
  if (source.layout === 'follow-ups') {
    needed.push(...onlyOne(mapped, ['attack', 't0']), ...onlyOne(mapped, ['taken', 'minutes']))
  }
  return new Set(needed)
}

/** The field among those that is mapped, if it is the only one. */
function onlyOne(mapped: ReadonlySet<FieldName>, fields: readonly FieldName[]): FieldName[] {
  const present = fields.filter((field) => mapped.has(field))
  return present.length === 1 ? present : []
}
