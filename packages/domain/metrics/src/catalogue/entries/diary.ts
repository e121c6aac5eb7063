import { countOf, QUANTITY } from '../../windows/quantities.ts'
import type { CatalogueEntry } from '../entry.ts'
import { CONVENTIONS } from './conventions.ts'
import { always, meanOf } from './measures.ts'
import { unspoken } from './never.ts'
import { sourced } from './sources.ts'
import { periodsInWords } from './windows-in-words.ts'

/** Completeness of the diary (endpoints.md section 2). */

const COMMON = {
  category: 'Diary',
  family: 'diary',
  direction: 'none',
  table: 'adeff',
  window: periodsInWords,
  minimum: 'none',
  missing: 'a day without an entry, or with a late one alone, is not observed',
  reasons: ['NOT_REACHED', 'DISCONTINUED', 'NOT_EVALUABLE'],
  mark: '-',
  conventions: [CONVENTIONS.relativeDays, CONVENTIONS.cut, CONVENTIONS.episodeObserves, CONVENTIONS.log],
  method: ({ diary }) => [diary.logComplete ? 'diary.logComplete' : 'days with an entry'],
  exists: always,
  never: unspoken,
} as const satisfies Partial<CatalogueEntry>

export const DIARY_ENTRIES: readonly CatalogueEntry[] = [
  {
    ...COMMON,
    code: 'DIARYCMP',
    label: 'Diary compliance (%)',
    unit: '%',
    definition: 'share of the days of the window, until discontinuation, that have an entry',
    formula: '100 * days with an entry / days of the window until discontinuation',
    source: sourced(2),
    compute: {
      kind: 'measure',
      responders: false,
      pain: false,
      measure: {
        ...meanOf(countOf('entry'), QUANTITY.expected, countOf('entry'), 'periods'),
        scale: 100,
        needsDays: false,
      },
    },
  },
  {
    ...COMMON,
    code: 'DIARYOBS',
    label: 'Observed diary days (d)',
    unit: 'd',
    definition: 'days of the window with an entry',
    formula: 'O = days with an entry',
    source: sourced(2),
    compute: {
      kind: 'measure',
      responders: false,
      pain: false,
      measure: { ...meanOf(countOf('entry'), QUANTITY.one, countOf('entry'), 'periods'), needsDays: false },
    },
  },
]
