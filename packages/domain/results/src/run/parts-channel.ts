/**
 * Hands parts of a file from the one who makes them to the one who writes them, so that several files grow in one pass.
 * `push` waits while parts are queued beyond the limit: memory stays bounded by the slower side.
 *
 * States: open -> ended (by `end`) or failed (by `fail`). After either nothing is pushed any more.
 */
export class PartsChannel implements AsyncIterable<Uint8Array> {
  private readonly parts: Uint8Array[] = []
  private queued = 0
  private ended = false
  private failure: { readonly error: unknown } | null = null
  private wakeReader: () => void = () => {}
  private wakeWriter: () => void = () => {}
  private readonly limit: number
  private readonly used: (part: Uint8Array) => void

  /** `used` is told of each part when its reader asks for the next. */
  constructor(limit: number, used: (part: Uint8Array) => void = () => {}) {
    this.limit = limit
    this.used = used
  }

  async push(part: Uint8Array): Promise<void> {
    if (part.byteLength === 0) return
    this.parts.push(part)
    this.queued += part.byteLength
    this.wakeReader()
    while (this.queued > this.limit && this.failure === null) {
      await new Promise<void>((wake) => {
        this.wakeWriter = wake
      })
    }
    if (this.failure !== null) throw this.failure.error
  }

  end(): void {
    this.ended = true
    this.wakeReader()
  }

  /** Stops both sides with the same error. */
  fail(error: unknown): void {
    this.failure ??= { error }
    this.wakeReader()
    this.wakeWriter()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (this.failure !== null) throw this.failure.error
      const part = this.parts.shift()
      if (part !== undefined) {
        this.queued -= part.byteLength
        this.wakeWriter()
        yield part
        this.used(part)
      } else if (this.ended) return
      else {
        await new Promise<void>((wake) => {
          this.wakeReader = wake
        })
      }
    }
  }
}
