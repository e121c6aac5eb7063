import type { ThreadPool } from './pool.ts'
import type { TaskCall } from './run-task.ts'

interface WaitingCall {
  readonly call: TaskCall
  readonly begin: (running: Promise<unknown>) => void
}

/**
 * Hands calls to threads and to this one, in the order they come: to a thread that is idle, else here, and while this thread is in
 * a task, to threads that will be idle next. A long call goes to an idle thread alone; others overtake it meanwhile.
 */
export class SharedLanes {
  private readonly waiting: WaitingCall[] = []
  private readonly pool: ThreadPool
  private readonly runHere: (call: TaskCall) => Promise<unknown>
  private busy = false
  private closed = false

  constructor(pool: ThreadPool, runHere: (call: TaskCall) => Promise<unknown>) {
    this.pool = pool
    this.runHere = runHere
  }

  async run(call: TaskCall): Promise<unknown> {
    const begun = new Promise<{ readonly running: Promise<unknown> }>((resolve) => {
      this.waiting.push({ call, begin: (running) => resolve({ running }) })
    })
    this.dispatch()
    const { running } = await begun
    try {
      return await running
    } finally {
      this.dispatch()
    }
  }

  async close(): Promise<void> {
    this.closed = true
    await this.pool.close()
    this.dispatch()
  }

  private dispatch(): void {
    for (let i = 0; i < this.waiting.length; ) {
      const { call, begin } = this.waiting[i] as WaitingCall
      const running = this.tryRun(call)
      if (running !== null) {
        this.waiting.splice(i, 1)
        begin(running)
      } else if (call.long === true) i++
      else return
    }
  }

  private tryRun(call: TaskCall): Promise<unknown> | null {
    if (this.closed || call.long === true || this.busy || this.pool.hasIdle) return this.pool.tryRun(call)
    return this.here(call)
  }

  private async here(call: TaskCall): Promise<unknown> {
    this.busy = true
    try {
      await aboutOthers()
      return await this.runHere(call)
    } finally {
      this.busy = false
      // Whoever asked may go on for long in this thread.
      await aboutOthers()
    }
  }
}

/**
 * What the other threads have sent is looked after, and they are sent their next calls. Two turns: the first may end before
 * messages are read that came while this thread was at work.
 */
async function aboutOthers(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => void setImmediate(resolve))
}
