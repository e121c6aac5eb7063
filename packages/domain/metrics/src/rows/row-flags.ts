import type { AnalyticStudy, RecordFlag } from '@afferent/study'
import { MARK } from '../days/record-marks.ts'
import { BAND_COLUMN, bandOf } from '../families/pain/severity-band.ts'
import type { CatalogueEntry, FlagColumn } from '../windows/measure.ts'
import type { Span } from '../windows/schedule.ts'
import type { SubjectPass } from '../windows/subject-pass.ts'
import type { EffectRows } from './effect-rows.ts'

interface FlagText {
  readonly label: string
  readonly definition: string
}

const FLAG_TEXTS: Readonly<Record<keyof typeof MARK, FlagText>> = {
  ENDFL: {
    label: 'Imputed End Flag',
    definition: 'I where a headache that touches the window has an imputed end (R-END)',
  },
  STATMFL: {
    label: 'Attack Longer than 72 Hours Flag',
    definition: 'Y where an attack of more than 72 h touches the window (ICHD-3 1.4.1)',
  },
  GAPFL: {
    label: 'Attack across a Missing Date Flag',
    definition: 'Y where an attack of the window was counted across missing dates (R-ATT, attack.maxMissing)',
  },
}

const wordOf = (name: keyof typeof MARK): string => (name === 'ENDFL' ? 'I' : 'Y')

/** Record flags that rows of an entry can carry: those the study switches on, where the record is one the value rests on. */
function recordFlags(entry: CatalogueEntry, flags: readonly RecordFlag[]): (keyof typeof MARK)[] {
  if (entry.compute.kind !== 'measure' || entry.family !== 'headache') return []
  const attacks = entry.code.startsWith('MATT')
  return (Object.keys(MARK) as (keyof typeof MARK)[]).filter(
    (name) => flags.includes(name) && (name !== 'GAPFL' || attacks),
  )
}

const isPain = ({ compute }: CatalogueEntry): boolean => compute.kind === 'measure' && compute.pain

/** Flag columns of an entry in a study: its own, the severity band of pain means, and record flags. */
export function flagsOf(entry: CatalogueEntry, study: AnalyticStudy): readonly FlagColumn[] {
  const band = isPain(entry) ? [BAND_COLUMN] : []
  const records = recordFlags(entry, study.flags).map((name) => ({
    name,
    ...FLAG_TEXTS[name],
    words: [wordOf(name)],
  }))
  return [...(entry.flags ?? []), ...band, ...records]
}

/** Writes the flags of the current row, whose window is `span`; a value of NaN has no band. */
export type FlagWriter = (rows: EffectRows, pass: SubjectPass, span: Span, value: number) => void

/** Null: the entry has no flags in this study. */
export function flagWriterOf(entry: CatalogueEntry, study: AnalyticStudy): FlagWriter | null {
  const names = recordFlags(entry, study.flags)
  const bands = isPain(entry) ? (study.pain?.bands ?? null) : null
  if (names.length === 0 && bands === null) return null
  return (rows, pass, span, value) => {
    if (bands !== null && !Number.isNaN(value)) rows.flag(BAND_COLUMN.name, bandOf(value, bands))
    if (names.length === 0 || pass.zero === null) return
    const marks = marksIn(pass, span)
    for (const name of names) if (marks & MARK[name]) rows.flag(name, wordOf(name))
  }
}

function marksIn({ days }: SubjectPass, { from, to }: Span): number {
  let bits = 0
  for (let day = from; day <= to; day++) bits |= days.marks[day - days.start] as number
  return bits
}
