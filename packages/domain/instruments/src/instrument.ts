import type { Item } from './item.ts'
import type { Score } from './score.ts'

/** A choice of the study that decides how answers are read. `standard` null: the study must choose (R-METH). */
export interface Option {
  readonly id: string
  readonly choices: readonly string[]
  readonly standard: string | null
  readonly text: string
}

/** A table that the user brings, because it may not be shipped: whole number to value. */
export interface TableNeed {
  /** What the numbers to look up are, and what they give. */
  readonly key: string
  readonly value: string
  /** Codes of the scores that do not exist without it. */
  readonly scores: readonly string[]
  /** Every number a complete table of this version holds. */
  keysOf(version: string): readonly number[]
}

/** What the study says about one instrument; `version` may differ from form to form. */
export interface Settings {
  readonly version: string
  /** Option id to choice. */
  readonly choices: Readonly<Record<string, string>>
  readonly table: ReadonlyMap<number, number> | null
}

/** A check across items that failed: the form is rejected, all its scores are null. */
export interface FormFault {
  readonly id: string
  readonly says: string
}

/** An answer that safety must see, whatever the score. */
export interface SafetyEvent {
  readonly code: string
  readonly item: string
  readonly value: number
  readonly says: string
}

/** One instrument: what its items may hold and how they become scores. Answers stand at the places of `items`. */
export interface Instrument {
  readonly code: string
  /** Instruments of one family share a licence, confirmed under this code. */
  readonly family: string
  /** Scientific name; no wording of an item. */
  readonly title: string
  /** Accepted version words; a form without one is taken as the first, unless `needsVersion`. */
  readonly versions: readonly string[]
  /** The versions have other items or answers, so a form or the study must name one. */
  readonly needsVersion: boolean
  /** `required`: the study confirms `licence.<family>`, except for a version in `freeVersions`. */
  readonly licence: 'required' | 'free'
  readonly freeVersions: readonly string[]
  readonly licenceNote: string
  /** One form a day; the endpoint is `monthOf` the daily scores. */
  readonly daily: boolean
  readonly items: readonly Item[]
  readonly scores: readonly Score[]
  readonly options: readonly Option[]
  readonly table: TableNeed | null
  /** Writes one number per score; NaN among `answers` is no answer, NaN in `into` is no score. */
  score(answers: Float64Array, into: Float64Array, settings: Settings): void
  check(answers: Float64Array): FormFault | null
  events(answers: Float64Array): readonly SafetyEvent[]
}

type Optional = 'family' | 'needsVersion' | 'freeVersions' | 'daily' | 'options' | 'table' | 'check' | 'events'

/** An instrument with what most have in common: its own licence, no options, no table, no check, no events. */
export function defineInstrument(given: Omit<Instrument, Optional> & Partial<Pick<Instrument, Optional>>): Instrument {
  return {
    family: given.code,
    needsVersion: false,
    freeVersions: [],
    daily: false,
    options: [],
    table: null,
    check: () => null,
    events: () => [],
    ...given,
  }
}
