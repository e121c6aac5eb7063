/** A wait that can be cut short, though not below `atLeast` milliseconds. */
export class Alarm {
  private rung = false
  private wake: () => void = () => undefined

  ring(): void {
    this.rung = true
    this.wake()
  }

  async wait(atLeast: number, atMost: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, atLeast))
    if (!this.rung && atMost > atLeast) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, atMost - atLeast)
        this.wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.rung = false
    this.wake = () => undefined
  }
}
