/** Subjects `from` (included) to `to` (not) of a list in byte order. */
export interface SubjectRange {
  readonly from: number
  readonly to: number
}

/** Mean number of subjects between two cuts: one follows each subject whose hash ends in six zero bits. */
const CUT_MASK = 0x3f

/**
 * Cuts subjects (in byte order) by their own names, so that a new subject changes one range, or splits one, and moves no
 * other border.
 */
export function cutSubjects(subjects: readonly string[]): SubjectRange[] {
  const ranges: SubjectRange[] = []
  let from = 0
  for (let i = 0; i < subjects.length; i++) {
    if ((hashName(subjects[i]) & CUT_MASK) !== 0) continue
    ranges.push({ from, to: i + 1 })
    from = i + 1
  }
  if (from < subjects.length) ranges.push({ from, to: subjects.length })
  return ranges
}

const encoder = new TextEncoder()

/** FNV-1a over the UTF-8 bytes, then mixed (murmur3 finaliser), because FNV leaves its low bits regular. */
function hashName(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) {
    const char = name.charCodeAt(i)
    if (char > 0x7f) return mix(hashBytes(name))
    hash = Math.imul(hash ^ char, 0x01000193)
  }
  return mix(hash)
}

function hashBytes(name: string): number {
  let hash = 0x811c9dc5
  for (const byte of encoder.encode(name)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash
}

function mix(bits: number): number {
  let hash = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
