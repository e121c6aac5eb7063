/**
 * One text per value, whatever the order in which its settings were written: object keys in code-unit order, no blanks,
 * numbers as JSON prints them (shortest round trip), settings that are `undefined` left out. For hashing.
 *
 * Throws for what JSON cannot tell apart or cannot hold: NaN, infinities, functions, symbols, bigints.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') return canonicalNumber(value)
  // Names of thousands of subjects at once: the engine writes them as they stand here.
  if (Array.isArray(value) && value.every(isText)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (typeof value !== 'object') throw new TypeError(`a ${typeof value} has no canonical form`)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`)
  return `{${members.join(',')}}`
}

const isText = (item: unknown): boolean => typeof item === 'string'

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical form`)
  return JSON.stringify(value === 0 ? 0 : value)
}
