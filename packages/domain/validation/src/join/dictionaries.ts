import { compareBytes } from '@afferent/records'

/** Dictionaries joined into one list in byte order, and for each of them the new code of every old one. */
export interface JoinedDictionary {
  readonly list: readonly string[]
  readonly recodes: readonly Int32Array[]
}

export function joinDictionaries(dictionaries: readonly (readonly string[])[]): JoinedDictionary {
  // Runs of one part share its dictionary.
  const distinct = [...new Set(dictionaries)]
  const list = unionInByteOrder(distinct)
  const recodes = new Map(distinct.map((dictionary) => [dictionary, codesIn(list, dictionary)]))
  return { list, recodes: dictionaries.map((dictionary) => recodes.get(dictionary) as Int32Array) }
}

/** Position of each word in a list in byte order, -1 where it is not in it. Words that ascend too cost a comparison each. */
export function codesIn(list: readonly string[], words: readonly string[]): Int32Array {
  const codes = new Int32Array(words.length)
  if (!isInByteOrder(words)) {
    const known = new Map(list.map((text, code) => [text, code]))
    return codes.map((_, i) => known.get(words[i]) ?? -1)
  }
  return codesOfSorted(list, words)
}

/** The same of words that are known to ascend. */
export function codesOfSorted(list: readonly string[], words: readonly string[]): Int32Array {
  const codes = new Int32Array(words.length)
  let at = words.length === 0 ? 0 : firstNotBefore(list, words[0])
  for (let i = 0; i < words.length; i++) {
    const word = words[i]
    if (list[at] !== word) while (at < list.length && compareBytes(list[at], word) < 0) at++
    codes[i] = list[at] === word ? at++ : -1
  }
  return codes
}

/** All texts of the lists, each once, in byte order. Lists that ascend, as parts of a sorted file have them, are merged. */
export function unionInByteOrder(lists: readonly (readonly string[])[]): string[] {
  if (lists.every(isInByteOrder)) return unionOfSorted(lists)
  const texts = new Set<string>()
  for (const list of lists) for (const text of list) texts.add(text)
  return sortInByteOrder([...texts])
}

/** The same of lists that are known to ascend. */
export const unionOfSorted = (lists: readonly (readonly string[])[]): string[] => lists.reduce<string[]>(merged, [])

/** Sorts the list itself. Without half characters, code units are in the order of bytes, and the plain sort is several times faster. */
export function sortInByteOrder(texts: string[]): string[] {
  return texts.some((text) => HALF_CHARACTER.test(text)) ? texts.sort(compareBytes) : texts.sort()
}

const HALF_CHARACTER = /[\ud800-\udfff]/

/** Two lists in byte order as one; `a` itself grows where `b` lies behind it. */
function merged(a: string[], b: readonly string[]): string[] {
  if (b.length === 0) return a
  if (a.length === 0) return [...b]
  const last = compareBytes(a[a.length - 1], b[0])
  if (last <= 0) {
    for (let i = last === 0 ? 1 : 0; i < b.length; i++) a.push(b[i])
    return a
  }
  const out: string[] = []
  let i = 0
  for (const text of b) {
    if (a[i] !== text) while (i < a.length && compareBytes(a[i], text) < 0) out.push(a[i++])
    if (a[i] === text) i++
    out.push(text)
  }
  while (i < a.length) out.push(a[i++])
  return out
}

/** First position in a list in byte order that does not come before a text. */
export function firstNotBefore(list: readonly string[], text: string): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareBytes(list[middle], text) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Whether texts ascend in byte order, none twice. */
export function isInByteOrder(list: readonly string[]): boolean {
  for (let i = 1; i < list.length; i++) if (compareBytes(list[i - 1], list[i]) >= 0) return false
  return true
}
