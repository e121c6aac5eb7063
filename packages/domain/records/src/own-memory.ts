/** A plain value with arrays of its own: it keeps no memory that its arrays share with others. Texts stay as they are. */
export function withOwnMemory<T>(value: T): T {
  if (ArrayBuffer.isView(value)) return (value as unknown as Uint8Array).slice() as unknown as T
  if (Array.isArray(value)) return isOfObjects(value) ? (value.map(withOwnMemory) as T) : value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withOwnMemory(part)])) as T
}

const isOfObjects = (list: readonly unknown[]): boolean => typeof list[0] === 'object'
