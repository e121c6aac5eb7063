import type { AnalyticStudy, FieldName, PainKind, RecordFlag } from '@afferent/study'
import type { CatalogueEntry, FlagColumn } from '../catalogue/entry.ts'
import { MARK, markBit } from '../days/record-marks.ts'
import { BAND_COLUMN, bandOf } from '../families/pain/severity-band.ts'
import { PAIN_KINDS, painSumOf } from '../windows/quantities.ts'
import type { Span } from '../windows/schedule.ts'
import type { SubjectPass } from '../windows/subject-pass.ts'
import type { EffectRows } from './effect-rows.ts'

interface FlagText {
  readonly label: string
  readonly definition: string
  readonly word: string
}

const FLAG_TEXTS: Readonly<Record<RecordFlag, FlagText>> = {
  ENDFL: {
    label: 'Imputed End Flag',
    definition: 'I where a headache that touches the window has an imputed end (R-END)',
    word: 'I',
  },
  STATMFL: {
    label: 'Attack Longer than 72 Hours Flag',
    definition: 'Y where an attack of more than 72 h touches the window (ICHD-3 1.4.1)',
    word: 'Y',
  },
  GAPFL: {
    label: 'Attack across a Missing Date Flag',
    definition: 'Y where an attack of the window was counted across missing dates (R-ATT, attack.maxMissing)',
    word: 'Y',
  },
  TZFL: {
    label: 'Ambiguous Clock Flag',
    definition: 'Y where an entry of the window names an hour that its zone had twice or not at all (R-TZ)',
    word: 'Y',
  },
  LATEFL: {
    label: 'Late Entry Flag',
    definition: 'Y where an entry of the window came too late and was left out (R-LATE)',
    word: 'Y',
  },
  DUPFL: {
    label: 'Conflicting Copies Flag',
    definition: 'Y where copies of an entry of the window contradicted each other (R-DUP)',
    word: 'Y',
  },
  UNITFL: {
    label: 'Original Scale Flag',
    definition: 'VAS where pain of the window was rated on the visual scale, divided by 10',
    word: 'VAS',
  },
}

const SOURCE_FIELDS: Readonly<Record<PainKind, FieldName>> = {
  avg: 'painAvg',
  worst: 'painWorst',
  least: 'painLeast',
  now: 'painNow',
}

/** A flag of an entry, and the marks of dates that raise it; `always`: every row with ratings carries it. */
interface RaisedFlag {
  readonly name: RecordFlag
  readonly bits: number
  readonly always: boolean
}

/**
 * Flags that rows of an entry carry: those the study switches on, where the records are ones the value rests on: pain on
 * daily forms alone, ends and long attacks where headache is counted, gaps where attacks are.
 */
function raisedFlags(entry: CatalogueEntry, study: AnalyticStudy): RaisedFlag[] {
  if (entry.compute.kind !== 'measure') return []
  const bitsOf = (what: 'clock' | 'late' | 'conflict'): number =>
    markBit(`${what}.diary`) | (entry.family === 'pain' ? 0 : markBit(`${what}.events`))
  const headache = entry.family === 'headache'
  const bits: Readonly<Record<RecordFlag, number>> = {
    ENDFL: headache ? MARK.ENDFL : 0,
    STATMFL: headache ? MARK.STATMFL : 0,
    GAPFL: entry.code.startsWith('MATT') ? MARK.GAPFL : 0,
    TZFL: bitsOf('clock'),
    LATEFL: bitsOf('late'),
    DUPFL: bitsOf('conflict'),
    UNITFL: entry.family === 'pain' ? markBit(`vas.${kindOf(entry)}`) : 0,
  }
  return study.flags
    .filter((name) => bits[name] !== 0)
    .map((name) => ({ name, bits: bits[name], always: name === 'UNITFL' && isAllVas(study, kindOf(entry)) }))
}

/** The kind of rating a pain measure is about: days with pain go by average pain. */
function kindOf({ compute }: CatalogueEntry): PainKind {
  if (compute.kind !== 'measure') return 'avg'
  return PAIN_KINDS.find((kind) => painSumOf(kind) === compute.measure.numerator) ?? 'avg'
}

function isAllVas({ sources }: AnalyticStudy, kind: PainKind): boolean {
  const mappings = sources.flatMap(({ fields, days }) => [...fields, ...days])
  const rated = mappings.filter(({ field }) => field === SOURCE_FIELDS[kind])
  return rated.length > 0 && rated.every(({ unit }) => unit === 'vas')
}

const isPainMean = ({ compute }: CatalogueEntry): boolean => compute.kind === 'measure' && compute.pain

/** Flag columns of an entry in a study: its own, the severity band of pain means, and record flags. */
export function flagsOf(entry: CatalogueEntry, study: AnalyticStudy): readonly FlagColumn[] {
  const band = isPainMean(entry) ? [BAND_COLUMN] : []
  const records = raisedFlags(entry, study).map(({ name }) => {
    const { word, ...texts } = FLAG_TEXTS[name]
    return { name, ...texts, words: [word] }
  })
  const own = typeof entry.flags === 'function' ? entry.flags(study) : (entry.flags ?? [])
  return [...own, ...band, ...records]
}

/** Writes the flags of the current row, whose window is `span`; a value of NaN has no band and no scale. */
export type FlagWriter = (rows: EffectRows, pass: SubjectPass, span: Span, value: number) => void

/** Null: the entry has no flags in this study. */
export function flagWriterOf(entry: CatalogueEntry, study: AnalyticStudy): FlagWriter | null {
  const flags = raisedFlags(entry, study)
  const bands = isPainMean(entry) ? (study.pain?.bands ?? null) : null
  if (flags.length === 0 && bands === null) return null
  return (rows, pass, span, value) => {
    if (bands !== null && !Number.isNaN(value)) rows.flag(BAND_COLUMN.name, bandOf(value, bands))
    if (flags.length === 0 || pass.zero === null) return
    const marks = marksIn(pass, span)
    for (const { name, bits, always } of flags) {
      if ((marks & bits) !== 0 || (always && !Number.isNaN(value))) rows.flag(name, FLAG_TEXTS[name].word)
    }
  }
}

function marksIn({ days }: SubjectPass, { from, to }: Span): number {
  let bits = 0
  for (let day = from; day <= to; day++) bits |= days.marks[day - days.start] as number
  return bits
}
