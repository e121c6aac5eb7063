import { BREAKER_ERRORS, BREAKER_FIRST_PAUSE_MS, BREAKER_LONGEST_PAUSE_MS, BREAKER_WINDOW_MS } from './settings.ts'

export interface Breakable {
  pause(): unknown
  resume(): unknown
  /** Said once when it opens and once when all is well again. */
  say(state: 'open' | 'closed', fields: { errors: number; pauseMs: number }): void
}

/**
 * Q16: on a lasting SQL error a BullMQ worker asks again without pause, thousands of times a second.
 *
 * closed     errors are counted; BREAKER_ERRORS within BREAKER_WINDOW_MS open it
 * open       the worker is paused; after the pause it is tried again
 * trying     the next error opens it again, with twice the pause; a quiet window closes it
 */
export class CircuitBreaker {
  private readonly target: Breakable
  private state: 'closed' | 'open' | 'trying' = 'closed'
  private recent: number[] = []
  private errors = 0
  private pauseMs = BREAKER_FIRST_PAUSE_MS
  private timer: NodeJS.Timeout | undefined

  constructor(target: Breakable) {
    this.target = target
  }

  failed(): void {
    if (this.state === 'open') return
    const now = performance.now()
    this.errors++
    this.recent = [...this.recent.filter((at) => now - at < BREAKER_WINDOW_MS), now]
    if (this.state === 'trying' || this.recent.length >= BREAKER_ERRORS) this.open()
  }

  stop(): void {
    clearTimeout(this.timer)
    this.state = 'closed'
  }

  private open(): void {
    if (this.state === 'closed') this.target.say('open', { errors: this.errors, pauseMs: this.pauseMs })
    this.state = 'open'
    this.recent = []
    this.target.pause()
    this.after(this.pauseMs, () => this.tryAgain())
    this.pauseMs = Math.min(this.pauseMs * 2, BREAKER_LONGEST_PAUSE_MS)
  }

  private tryAgain(): void {
    this.state = 'trying'
    this.target.resume()
    this.after(BREAKER_WINDOW_MS, () => this.close())
  }

  private close(): void {
    this.target.say('closed', { errors: this.errors, pauseMs: this.pauseMs })
    this.state = 'closed'
    this.errors = 0
    this.pauseMs = BREAKER_FIRST_PAUSE_MS
  }

  private after(ms: number, then: () => void): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(then, ms)
    this.timer.unref()
  }
}
