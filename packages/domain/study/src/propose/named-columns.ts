import { INSTRUMENTS, type Instrument } from '@afferent/instruments'
import type { ColumnProfile, ExportProfile } from '@afferent/records'
import { ANALYTES } from '../laboratory/analytes.ts'
import type { Analyte } from '../study.ts'
import { plainHeader } from './header-names.ts'

/** Columns whose names say item and questionnaire: phq9_1, PHQ-9 item 2; pgic alone for a questionnaire of one item. */
export interface ItemColumns {
  readonly instrument: Instrument
  readonly columns: readonly (readonly [string, ColumnProfile])[]
  /** A column named like the whole questionnaire is a total of it. */
  readonly total: ColumnProfile | null
}

export function itemColumns(profile: ExportProfile): ItemColumns[] {
  const byName = new Map(profile.columns.map((column) => [plainHeader(column.name), column]))
  const taken = new Set<ColumnProfile>()
  return INSTRUMENTS.flatMap((instrument) => {
    const stem = plainHeader(instrument.code)
    const named = (...names: string[]): ColumnProfile | undefined =>
      names
        .map((name) => byName.get(name))
        .find((column) => column !== undefined && isNumber(column) && !taken.has(column))
    const [only] = instrument.items.length === 1 ? instrument.items : []
    const columns = instrument.items.flatMap(({ id }) => {
      const item = plainHeader(id)
      const column = named(
        `${stem}${item}`,
        `${stem}item${item}`,
        `${stem}q${item}`,
        ...(only === undefined ? [] : [stem]),
      )
      return column === undefined ? [] : [[id, column] as const]
    })
    for (const [, column] of columns) taken.add(column)
    const hasTotal = instrument.scores.some(({ code }) => code === instrument.code)
    const total = hasTotal ? (named(stem, `${stem}total`, `${stem}sum`, `${stem}score`) ?? null) : null
    if (columns.length < Math.min(2, instrument.items.length)) return []
    return [{ instrument, columns, total }]
  })
}

/** Columns whose names say the analyte, and mostly the unit: crp_mg_l. */
export interface AnalyteColumn {
  readonly analyte: Analyte
  readonly unit: string | null
  readonly column: ColumnProfile
}

export function analyteColumns(profile: ExportProfile): AnalyteColumn[] {
  const columns = profile.columns.filter(({ type }) => type !== 'empty' && type !== 'date' && type !== 'instant')
  return ANALYTES.flatMap((analyte) => {
    const named = [analyte.code, analyte.label].map(plainHeader)
    const units = Object.keys(analyte.units)
    for (const column of columns) {
      const name = plainHeader(column.name)
      const stem = named.find((one) => name.startsWith(one))
      if (stem === undefined) continue
      const unit = units.find((one) => name === `${stem}${plainHeader(one)}`) ?? null
      if (unit !== null || name === stem) return [{ analyte, unit, column }]
    }
    return []
  })
}

const isNumber = ({ type }: ColumnProfile): boolean => type === 'integer' || type === 'number' || type === 'yes-no'
