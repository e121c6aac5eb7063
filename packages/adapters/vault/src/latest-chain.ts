import type { Latest } from '@afferent/ledger'
import type { NumberedFiles } from './numbered-files.ts'

/**
 * `latest` of one study as a chain `latest/<study>/<n>.json`: the highest number is in force. Moving it is claiming the
 * next number, which only one writer gets; whoever loses looks again. No lock, so no lock can be left behind.
 */

/** Forward is: a higher journal number, the same one seen by a newer computation, or by the same one with more uploads judged. */
export function isAhead(to: Latest, of: Latest): boolean {
  if (to.number !== of.number) return to.number > of.number
  return to.version === of.version ? to.judged > of.judged : to.version > of.version
}

export async function readLatest(chain: NumberedFiles): Promise<Latest | null> {
  return (await top(chain)).value
}

export async function advance(chain: NumberedFiles, to: Latest): Promise<Latest> {
  for (;;) {
    const { number, value } = await top(chain)
    if (value !== null && !isAhead(to, value)) return value
    if (!(await chain.claim(number + 1, to))) continue
    // Lower numbers are removed, so a slow writer may claim one far below the top: only the top counts.
    const now = await top(chain)
    if (now.number !== number + 1) continue
    await chain.removeBelow(now.number)
    return to
  }
}

/** The highest number, and the highest value that can be read. */
async function top(chain: NumberedFiles): Promise<{ number: number; value: Latest | null }> {
  for (;;) {
    const numbers = await chain.numbers()
    const number = numbers.at(-1) ?? 0
    if (number === 0) return { number, value: null }
    const value = await highestReadable(chain, numbers)
    if (value !== undefined) return { number, value }
  }
}

/** undefined: a number went away while reading, because the chain moved on. */
async function highestReadable(chain: NumberedFiles, numbers: readonly number[]): Promise<Latest | null | undefined> {
  for (const number of numbers.toReversed()) {
    const value = await chain.read(number)
    if (value === undefined) return undefined
    if (value !== null) return value as Latest
  }
  return null
}
