import { compareBytes } from '@afferent/records'

/** Dictionaries joined into one list in byte order, and for each of them the new code of every old one. */
export interface JoinedDictionary {
  readonly list: readonly string[]
  readonly recodes: readonly Int32Array[]
}

export function joinDictionaries(dictionaries: readonly (readonly string[])[]): JoinedDictionary {
  const list = unionInByteOrder(dictionaries)
  const codes = new Map(list.map((text, code) => [text, code]))
  const recodes = dictionaries.map((dictionary) => Int32Array.from(dictionary, (text) => codes.get(text) as number))
  return { list, recodes }
}

/** All texts of the lists, each once, in byte order. */
export function unionInByteOrder(lists: readonly (readonly string[])[]): string[] {
  const first = lists[0]
  if (lists.length === 1 && isInByteOrder(first)) return [...first]
  const texts = new Set<string>()
  for (const list of lists) for (const text of list) texts.add(text)
  return [...texts].sort(compareBytes)
}

/** Whether texts ascend in byte order, none twice. */
export function isInByteOrder(list: readonly string[]): boolean {
  for (let i = 1; i < list.length; i++) if (compareBytes(list[i - 1], list[i]) >= 0) return false
  return true
}
