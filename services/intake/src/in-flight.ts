/** Runs at most `limit` tasks at once, in the order they came. */
export class InFlight {
  private readonly limit: number
  private readonly queue: (() => Promise<void>)[] = []
  private readonly running = new Set<Promise<void>>()

  constructor(limit: number) {
    this.limit = limit
  }

  /** `run` must not reject. */
  add(run: () => Promise<void>): void {
    this.queue.push(run)
    this.startNext()
  }

  /** Forgets what has not begun and waits for what has. */
  async stop(): Promise<void> {
    this.queue.length = 0
    await Promise.all(this.running)
  }

  private startNext(): void {
    while (this.running.size < this.limit) {
      const run = this.queue.shift()
      if (run === undefined) return
      const done = run().finally(() => {
        this.running.delete(done)
        this.startNext()
      })
      this.running.add(done)
    }
  }
}
