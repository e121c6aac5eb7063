import { PROJECT, type ResultColumn, text } from './column.ts'

const free = { ...PROJECT, texts: 'free' } as const

/**
 * dictionary: one row per column of each table, one per parameter (`adeff` `AVAL.MHD`: AVAL where PARAMCD is MHD), and one per
 * statistic of the cohort (`ESTIMATE.RESPONSE.YES`: ESTIMATE where ANALYSIS is RESPONSE and STAT is YES).
 */
export const DICTIONARY: readonly ResultColumn[] = [
  text('DATASET', 'Dataset', 'name of the table', PROJECT),
  text(
    'VARIABLE',
    'Variable',
    'name of the column; AVAL. and the code of a parameter; ESTIMATE. and the name of a statistic',
    free,
  ),
  text('LABEL', 'Label', 'label of the column or parameter', free),
  text('TYPE', 'Type', 'text, integer, number or date', PROJECT),
  text('UNIT', 'Unit', 'unit of the values', PROJECT),
  text('DEFINITION', 'Definition', 'what the values mean', free),
  text('SOURCE', 'Source', 'where the definition comes from', free),
]
