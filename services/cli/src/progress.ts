/** How far a long command is. Counts are true ones (rows, files, shards), never guesses. */
export interface Progress {
  /** A new phase begins: `reading`, `deriving`, `writing`. `total` null: not known. */
  phase(name: string, total: number | null, unit: string): void
  /** So much of the phase is done. */
  update(done: number): void
  /** Takes the bar away; further calls do nothing. */
  end(): void
}

export interface ProgressHost {
  write(text: string): void
  /** A bar can be drawn: a terminal that is not dumb. */
  readonly interactive: boolean
  readonly columns: number
  /** Milliseconds since any moment. */
  now(): number
}

const REDRAW_MS = 100
const PLAIN_LINE_MS = 5_000
const CLEAR_LINE = '\r\u001b[2K'

/** A bar on a terminal; elsewhere one plain line every five seconds, so that a log stays readable. */
export class ProgressLine implements Progress {
  private readonly host: ProgressHost
  private name = ''
  private unit = ''
  private total: number | null = null
  private done = 0
  private phaseStart: number
  private lastShown: number
  private drawn = false
  private ended = false

  constructor(host: ProgressHost) {
    this.host = host
    this.phaseStart = host.now()
    this.lastShown = this.phaseStart
  }

  phase(name: string, total: number | null, unit: string): void {
    Object.assign(this, { name, total, unit, done: 0, phaseStart: this.host.now() })
    this.show(this.host.interactive ? 0 : PLAIN_LINE_MS)
  }

  update(done: number): void {
    this.done = done
    this.show(this.host.interactive ? REDRAW_MS : PLAIN_LINE_MS)
  }

  end(): void {
    this.clear()
    this.ended = true
  }

  /** Makes room for a line of text; the bar comes back with the next update. */
  clear(): void {
    if (this.drawn) this.host.write(CLEAR_LINE)
    this.drawn = false
  }

  private show(afterMs: number): void {
    const now = this.host.now()
    if (this.ended || now - this.lastShown < afterMs) return
    this.lastShown = now
    const text = this.describe(now)
    const { interactive, columns } = this.host
    this.host.write(interactive ? CLEAR_LINE + (this.bar() + text).slice(0, columns - 1) : `${text}\n`)
    this.drawn = interactive
  }

  private bar(): string {
    if (this.total === null || this.total === 0) return ''
    const cells = 24
    const full = Math.min(cells, Math.floor((cells * this.done) / this.total))
    return `${'█'.repeat(full)}${'░'.repeat(cells - full)} `
  }

  /** `reading 4,210,000 of 10,000,000 rows (42 %), 5,100,000 rows/s, 2 s left` */
  private describe(now: number): string {
    const { name, unit, total, done } = this
    const seconds = (now - this.phaseStart) / 1000
    const parts = [`${name} ${count(done)}${total === null ? '' : ` of ${count(total)}`} ${unit}`]
    if (total !== null && total > 0) parts[0] += ` (${Math.floor((100 * done) / total)} %)`
    if (done > 0 && seconds >= 0.5) {
      parts.push(`${count(Math.round(done / seconds))} ${unit}/s`)
      if (total !== null && done < total) parts.push(`${Math.ceil((seconds * (total - done)) / done)} s left`)
    }
    return parts.join(', ')
  }
}

const count = (n: number): string => n.toLocaleString('en-US')
