/**
 * Who may work beside whom in one process.
 *
 * A step that was lost with its worker once is a suspect: it runs alone, so that if it takes the process down again, no
 * innocent neighbour is counted as lost a second time with it.
 */
export class Turns {
  private running = 0
  private alone = false
  private waiting: (() => void)[] = []

  async take<T>(suspect: boolean, work: () => Promise<T>): Promise<T> {
    while (this.alone || (suspect && this.running > 0)) await new Promise<void>((wake) => this.waiting.push(wake))
    this.running++
    this.alone = suspect
    try {
      return await work()
    } finally {
      this.running--
      if (suspect) this.alone = false
      for (const wake of this.waiting.splice(0)) wake()
    }
  }
}
