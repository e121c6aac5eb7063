/**
 * Who may work beside whom in one process.
 *
 * A step that was lost with its worker once is a suspect: it runs alone, so that if it takes the process down again, no
 * innocent neighbour is counted as lost a second time with it. While one waits for its turn nobody else begins.
 */
export class Turns {
  private running = 0
  private alone = false
  private suspectsWaiting = 0
  private waiting: (() => void)[] = []

  async take<T>(suspect: boolean, work: () => Promise<T>): Promise<T> {
    if (suspect) this.suspectsWaiting++
    // Nothing may be awaited between the last look and the taking.
    while (suspect ? this.alone || this.running > 0 : this.alone || this.suspectsWaiting > 0) await this.sleep()
    if (suspect) this.suspectsWaiting--
    this.running++
    this.alone = suspect
    try {
      return await work()
    } finally {
      this.running--
      if (suspect) this.alone = false
      this.wakeAll()
    }
  }

  private sleep(): Promise<void> {
    return new Promise((wake) => this.waiting.push(wake))
  }

  private wakeAll(): void {
    for (const wake of this.waiting.splice(0)) wake()
  }
}
