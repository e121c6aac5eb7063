/** Values an answer may have. */
export type Allowed =
  | { readonly kind: 'range'; readonly lowest: number; readonly highest: number; readonly wholeNumber: boolean }
  | { readonly kind: 'list'; readonly values: readonly number[] }

/** One answer of a form. */
export interface Item {
  /** Stable, lower case; a number where all prints agree on the numbers. */
  readonly id: string
  /** What the value is, in our words; empty for a rating known by its number. */
  readonly holds: string
  readonly allowed: Allowed
  /** A form may be complete without it: it is not scored, or another item can say the same. */
  readonly optional: boolean
  /** Versions with other values; null: the version has no such item. */
  readonly byVersion: Readonly<Record<string, Allowed | null>>
}

type More = Partial<Omit<Item, 'id' | 'allowed'>>

const item = (id: string, allowed: Allowed, more: More): Item => ({
  id,
  allowed,
  holds: '',
  optional: false,
  byVersion: {},
  ...more,
})

export const wholeNumbers = (lowest: number, highest: number): Allowed => ({
  kind: 'range',
  lowest,
  highest,
  wholeNumber: true,
})

/** An item that holds a whole number. */
export const rating = (id: string, lowest: number, highest: number, more: More = {}): Item =>
  item(id, wholeNumbers(lowest, highest), more)

/** Items `from`..`to` of one scale of whole numbers, named by their numbers. */
export const ratings = (from: number, to: number, lowest: number, highest: number, more: More = {}): Item[] =>
  Array.from({ length: to - from + 1 }, (_, i) => rating(String(from + i), lowest, highest, more))

/** An item that holds any number of a range, such as a mark on a line or a duration. */
export const amount = (id: string, lowest: number, highest: number, more: More = {}): Item =>
  item(id, { kind: 'range', lowest, highest, wholeNumber: false }, more)

/** An item that holds one of a few numbers. */
export const oneOf = (id: string, values: readonly number[], more: More = {}): Item =>
  item(id, { kind: 'list', values }, more)

/** 1 yes, 0 no. */
export const yesNo = (id: string, more: More = {}): Item => oneOf(id, [0, 1], more)

/** What an item may hold in a version; null: that version has no such item. */
export const allowedIn = ({ allowed, byVersion }: Item, version: string): Allowed | null =>
  Object.hasOwn(byVersion, version) ? (byVersion[version] as Allowed | null) : allowed
