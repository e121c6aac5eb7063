/**
 * One column of a result table, as data: what is written, what `dictionary` explains, what an Arrow field carries.
 * Names have at most 8 and labels at most 40 characters, so that SAS transport files stay possible.
 */
export interface ResultColumn {
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'integer' | 'number' | 'date'
  /**
   * How text is coded in Arrow: `few` texts that the study file bounds (16-bit codes), `many` that grow with the data
   * (32-bit codes), `free` text written in full.
   */
  readonly texts: 'few' | 'many' | 'free'
  readonly unit: string
  readonly definition: string
  readonly source: string
}

type Extra = Partial<Pick<ResultColumn, 'texts' | 'unit' | 'source'>>

const column = (
  name: string,
  label: string,
  type: ResultColumn['type'],
  definition: string,
  extra: Extra,
): ResultColumn => ({ name, label, type, texts: 'few', unit: '', source: 'CDISC ADaM', definition, ...extra })

export const text = (name: string, label: string, definition: string, extra: Extra = {}): ResultColumn =>
  column(name, label, 'text', definition, extra)
export const integer = (name: string, label: string, definition: string, extra: Extra = {}): ResultColumn =>
  column(name, label, 'integer', definition, extra)
export const number = (name: string, label: string, definition: string, extra: Extra = {}): ResultColumn =>
  column(name, label, 'number', definition, extra)
export const date = (name: string, label: string, definition: string, extra: Extra = {}): ResultColumn =>
  column(name, label, 'date', definition, extra)

/** Marks a column that ADaM does not know. */
export const PROJECT = { source: 'Afferent' } as const
