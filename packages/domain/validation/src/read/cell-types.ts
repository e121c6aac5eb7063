import type { CellType } from '@afferent/formats'
import type { AnalyticStudy, CellColumn, DayColumn, FieldMapping, FieldName, Source } from '@afferent/study'
import { FIELDS } from '@afferent/study'

type Mapping = Pick<FieldMapping | DayColumn | CellColumn, 'field' | 'values' | 'unit'> & {
  readonly name?: string | null
}
type Range = readonly [number | null, number | null]

/** Smallest and largest study day or visit number that a column of 16 bits holds; a diary of 90 years fits. */
const SMALL: Range = [-32_768, 32_767]
/** UTC offsets in use lie from -12 to +14 hours. */
const OFFSET_MINUTES: Range = [-720, 840]

/** R-RANGE of numbers whose range is not the study's own [P]: age in years, body-mass index, years since onset. */
const RANGES: Readonly<Partial<Record<FieldName, Range>>> = {
  age: [0, 120],
  bmi: [5, 150],
  painDuration: [0, 120],
  slot: [0, 255],
  attack: [0, 0x7fffffff],
  session: [0, 9999],
  // Beyond what any stimulator gives: an implanted one some mA, a handheld one up to 60 mA peak in bursts of 5 kHz.
  frequency: [0, 10_000],
  prescribed: [0, 1000],
  delivered: [0, 1000],
  rr: [0, null],
  sequence: [-2_147_483_648, 2_147_483_647],
}
const WHOLE: ReadonlySet<FieldName> = new Set(['slot', 'attack', 'session', 'prescribed', 'delivered', 'sequence'])
const DURATIONS: ReadonlySet<FieldName> = new Set([
  'hours',
  'duration',
  'auraMinutes',
  'minutes',
  'rescueAfter',
  'secondDoseAfter',
  'nextHeadacheAfter',
])
const RATINGS: ReadonlySet<FieldName> = new Set(['painAvg', 'painWorst', 'painLeast', 'painNow'])
/** Pulses in mA, microseconds and as a share, by the unit of their cells: highest number as written, and its divisor [P]. */
const PULSES: Readonly<Partial<Record<FieldName, Readonly<Record<string, { max: number; divisor: number }>>>>> = {
  current: { mA: { max: 100, divisor: 1 }, uA: { max: 100_000, divisor: 1000 } },
  pulseWidth: { us: { max: 10_000, divisor: 1 }, ms: { max: 10, divisor: 0.001 } },
  onShare: { share: { max: 1, divisor: 1 }, percent: { max: 100, divisor: 100 } },
}
/** Instants of which a date alone is worth something: a follow-up of an attack without a time of day is none. */
const isDateEnough = (field: FieldName, { layout }: Source): boolean =>
  field === 'submitted' || (field === 'taken' && layout !== 'follow-ups')

/**
 * Highest grade of a field: pain is 0-3, in cluster headache 0-4 (4 very severe) [C14]. The peak of an episode is
 * too, unless headache days, whose severity is 0-3, are computed from it as well.
 */
const highestGrade = (field: FieldName, { cluster, headache }: AnalyticStudy): number =>
  cluster !== null && (field === 'pain' || headache === null) ? 4 : 3

/** How the cells of a mapped column are read, from the kind of its field, its unit and its value map. */
export function cellTypeOf(mapping: Mapping, source: Source, study: AnalyticStudy): CellType {
  const { field, values } = mapping
  const { kind, words } = FIELDS[field]
  switch (kind) {
    case 'text':
      return field === 'covariate' && isNumber(mapping, study) ? number(source, [null, null], false) : { kind: 'text' }
    case 'list':
      return { kind: 'text' }
    case 'flag':
      return values === null ? { kind: 'flag' } : code(values, (meaning) => (meaning === 'Y' ? 1 : 0))
    case 'grade':
      return values === null ? number(source, [0, highestGrade(field, study)], true) : code(values, Number)
    case 'word': {
      const own = values ?? Object.fromEntries(words.map((word) => [word, word]))
      return { ...code(own, (meaning) => words.indexOf(meaning)), fold: values === null }
    }
    case 'date':
      return study.calendar === 'dates' ? { kind: 'date', order: source.dateOrder } : number(source, SMALL, true)
    case 'day':
      return field === 'dayCheck' ? { kind: 'text' } : number(source, SMALL, true)
    case 'instant':
      return { kind: 'instant', order: source.dateOrder, dateOnly: isDateEnough(field, source), epoch: null }
    case 'minutes':
      return number(source, OFFSET_MINUTES, true)
    case 'number':
      return numberType(mapping, source, study)
  }
}

function numberType({ field, values, unit, name }: Mapping, source: Source, study: AnalyticStudy): CellType {
  if (DURATIONS.has(field)) {
    return { kind: 'duration', unit: unit === 'minutes' || unit === 'seconds' ? unit : 'hours' }
  }
  const pulse = PULSES[field]?.[unit ?? '']
  if (pulse !== undefined) return { ...number(source, [0, pulse.max], false), divisor: pulse.divisor }
  if (field === 'visit' || (field === 'slot' && values !== null)) {
    return values === null ? number(source, SMALL, true) : { kind: 'text' }
  }
  if (RATINGS.has(field) || field === 'severityNrs') {
    if (unit === 'vas') return { ...number(source, [0, 100], false), divisor: 10 }
    return number(source, [0, 10], RATINGS.has(field))
  }
  // An answer that its item cannot have is missing; its row, which may hold a whole form, stays.
  if (field === 'value' && (source.layout === 'assessments' || source.layout === 'measurements')) {
    return { kind: 'text' }
  }
  if (field === 'value') return number(source, rangeOf(study, name ?? null), false)
  return number(source, RANGES[field] ?? [null, null], WHOLE.has(field))
}

/** R-RANGE of a parameter; without limits where the parameter stands in a column of its own. */
export function rangeOf(study: AnalyticStudy, parameter: string | null): Range {
  return study.values?.parameters.find(({ code: known }) => known === parameter)?.range ?? [null, null]
}

export function number(
  source: Source,
  [min, max]: Range,
  integer: boolean,
): Extract<CellType, { readonly kind: 'number' }> {
  return { kind: 'number', integer, min, max, divisor: 1, decimal: source.csv.decimal }
}

function code(
  values: Readonly<Record<string, string>>,
  value: (meaning: string) => number,
): Extract<CellType, { readonly kind: 'code' }> {
  const codes = Object.entries(values).map(([text, meaning]) => [text, value(meaning)] as const)
  return { kind: 'code', codes, fold: false }
}

const isNumber = ({ name }: Mapping, study: AnalyticStudy): boolean =>
  study.covariates.some((covariate) => covariate.name === name && covariate.type === 'number')
