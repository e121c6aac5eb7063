/** Fewer values are partitioned: to count them takes as long for a hundred as for thousands. */
const COUNTED_FROM = 4_096

/** Buckets by the first bits of a double: sign, exponent and two bits of the fraction. */
const BUCKET_BITS = 14
const COUNTS = new Int32Array(1 << BUCKET_BITS)

/**
 * Order statistics of the first `n` values: those at each of the ranks (from 0, ascending) of the sorted sample. Values of patients
 * are many and of few kinds, so buckets are counted and only those that hold a rank are looked into. The values may be reordered.
 */
export function orderStatistics(values: Float64Array, n: number, ranks: readonly number[]): number[] {
  return n < COUNTED_FROM ? bySelection(values, 0, n, ranks) : byCounting(values, n, ranks)
}

/** Each rank is sought behind the one before it, which parts the values. */
function bySelection(values: Float64Array, from: number, to: number, ranks: readonly number[]): number[] {
  let first = from
  return ranks.map((rank) => {
    const found = select(values, first, to - 1, from + rank)
    first = from + rank
    return found
  })
}

function byCounting(values: Float64Array, n: number, ranks: readonly number[]): number[] {
  const high = highWords(values, n)
  COUNTS.fill(0)
  for (let i = 0; i < n; i++) COUNTS[bucketOf(high[2 * i] as number)]++
  const found: number[] = []
  let bucket = 0
  let before = 0
  for (let k = 0; k < ranks.length; ) {
    while (before + (COUNTS[bucket] as number) <= (ranks[k] as number)) before += COUNTS[bucket++] as number
    const count = COUNTS[bucket] as number
    const own: number[] = []
    for (; k < ranks.length && (ranks[k] as number) < before + count; k++) own.push((ranks[k] as number) - before)
    found.push(...bySelection(valuesIn(bucket, count, values, high), 0, count, own))
  }
  return found
}

/** Every second word is the half of a double with its sign and exponent. */
function highWords(values: Float64Array, n: number): Int32Array {
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * n)
  return IS_LITTLE_ENDIAN ? words.subarray(1) : words
}

const IS_LITTLE_ENDIAN = new Uint8Array(Float64Array.of(1).buffer)[7] !== 0

/** Buckets ascend with the values, negative ones included. */
const bucketOf = (high: number): number => (high ^ ((high >> 31) | 0x80000000)) >>> (32 - BUCKET_BITS)

function valuesIn(bucket: number, count: number, values: Float64Array, high: Int32Array): Float64Array {
  const own = new Float64Array(count)
  for (let i = 0, at = 0; at < count; i++) {
    if (bucketOf(high[2 * i] as number) === bucket) own[at++] = values[i] as number
  }
  return own
}

/**
 * The value that belongs at place k, sought between two places that hold it (both included), by Hoare's selection:
 * smaller values end up before it, larger ones after.
 */
function select(sample: Float64Array, first: number, last: number, k: number): number {
  let left = first
  let right = last
  while (left < right) {
    const pivot = middleOf(sample[left] as number, sample[(left + right) >> 1] as number, sample[right] as number)
    let i = left
    let j = right
    while (i <= j) {
      while ((sample[i] as number) < pivot) i++
      while ((sample[j] as number) > pivot) j--
      if (i > j) break
      const held = sample[i] as number
      sample[i++] = sample[j] as number
      sample[j--] = held
    }
    if (k <= j) right = j
    else if (k >= i) left = i
    else break
  }
  return sample[k] as number
}

const middleOf = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
