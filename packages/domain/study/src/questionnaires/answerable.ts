import { type Allowed, allowedIn, INSTRUMENTS, type Instrument } from '@afferent/instruments'
import type { Source } from '../source.ts'
import type { AnalyticStudy } from '../study.ts'
import { questionnaireOf, scoreNamed, settingsFor } from './scores.ts'

/** Sources that can hold forms of an instrument; a long one can hold any item. */
export const sourcesOf = (sources: readonly Source[], code: string): readonly Source[] =>
  sources.filter(
    (source) => source.layout === 'assessments' && (isLong(source) ? longHolds(source, code) : widely(source, code)),
  )

export const isLong = (source: Source): boolean => source.fields.some(({ field }) => field === 'value')

const widely = (source: Source, code: string): boolean => source.cells.some(({ name }) => name === code)

function longHolds(source: Source, code: string): boolean {
  const named = source.fields.find(({ field }) => field === 'instrument')
  if (named === undefined) return false
  if (named.values !== null) return Object.values(named.values).includes(code)
  return named.constant === null || named.constant === code
}

/** Items of an instrument that some source can hold; null: any (a source with a row per item). */
export function mappedItems(sources: readonly Source[], code: string): ReadonlySet<string> | null {
  const own = sourcesOf(sources, code)
  if (own.some(isLong)) return null
  return new Set(
    own.flatMap(({ cells }) => cells.flatMap(({ name, item }) => (name === code && item !== null ? [item] : []))),
  )
}

/**
 * Items whose absence from all sources makes a score impossible; empty: the score can be computed, or is given as a total.
 *
 * Decided by scoring forms that answer every item mapped: a score that none of them has can never be.
 */
export function itemsLacking(
  study: Pick<AnalyticStudy, 'sources' | 'questionnaires'>,
  code: string,
): readonly string[] {
  const owned = scoreNamed(code)
  const given = owned === undefined ? undefined : questionnaireOf(study, owned.instrument.code)
  if (owned === undefined || given === undefined) return []
  const { instrument, score } = owned
  const mapped = mappedItems(study.sources, instrument.code)
  if (mapped === null || mapped.has(code)) return []
  const settings = settingsFor(given, null)
  const into = new Float64Array(instrument.scores.length)
  const place = instrument.scores.indexOf(score)
  const computed = PATTERNS.some((pattern) => {
    into.fill(Number.NaN)
    instrument.score(answersLike(instrument, settings.version, mapped, pattern), into, settings)
    return !Number.isNaN(into[place])
  })
  if (computed) return []
  const asked = instrument.items.filter((item) => !item.optional && allowedIn(item, settings.version) !== null)
  return asked.map(({ id }) => id).filter((id) => !mapped.has(id))
}

/** Shares of the way from the lowest to the highest answer, item by item. */
const PATTERNS: readonly ((place: number) => number)[] = [() => 0, () => 1, (place) => (place % 2 === 0 ? 0.3 : 0.8)]

function answersLike(
  { items }: Instrument,
  version: string,
  mapped: ReadonlySet<string>,
  pattern: (place: number) => number,
): Float64Array {
  return Float64Array.from(items, (item, place) => {
    const allowed = allowedIn(item, version)
    return allowed === null || !mapped.has(item.id) ? Number.NaN : answerAt(allowed, pattern(place))
  })
}

/** A value some way from the lowest to the highest that an answer may have. */
export function answerAt(allowed: Allowed, share: number): number {
  if (allowed.kind === 'list') return allowed.values[Math.round(share * (allowed.values.length - 1))] as number
  const value = allowed.lowest + share * (allowed.highest - allowed.lowest)
  return allowed.wholeNumber ? Math.round(value) : value
}

const PLACES: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map(
  INSTRUMENTS.map(({ code, items }) => [code, new Map(items.map(({ id }, place) => [id, place]))]),
)

/** Places of the items of an instrument by their names. */
export const itemPlaces = (code: string): ReadonlyMap<string, number> => PLACES.get(code) ?? new Map()
