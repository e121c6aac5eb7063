import type { ResolvedOptions } from './options.ts'
import type { Random } from './random.ts'

/** Days that a hole in a diary lasts on average. */
const HOLE_DAYS = 2.5

/** Whether there is an entry for a day, and how it came in. */
export type Entry = 'none' | 'on-time' | 'late'

/**
 * Which days of one diary have an entry. Days without one come in holes (a two-state Markov chain whose share of days
 * with an entry is the compliance).
 */
export class Attendance {
  private present: boolean
  private readonly stop: number
  private readonly resume: number
  private readonly random: Random
  private readonly options: ResolvedOptions

  constructor(random: Random, options: ResolvedOptions) {
    const { compliance } = options
    this.random = random
    this.options = options
    this.stop = Math.min(1, (1 - compliance) / compliance / HOLE_DAYS)
    this.resume = compliance === 1 ? 1 : Math.min(1, (this.stop * compliance) / (1 - compliance))
    this.present = random.chance(compliance)
  }

  next(): Entry {
    const changes = this.random.chance(this.present ? this.stop : this.resume)
    if (changes) this.present = !this.present
    if (!this.present) return 'none'
    return this.options.late > 0 && this.random.chance(this.options.late) ? 'late' : 'on-time'
  }

  isDouble(): boolean {
    return this.options.duplicates > 0 && this.random.chance(this.options.duplicates)
  }
}
