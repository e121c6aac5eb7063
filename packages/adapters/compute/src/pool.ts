import type { Worker } from 'node:worker_threads'
import { givenAway } from './given-away.ts'
import { startThread } from './modules.ts'
import type { TaskCall } from './run-task.ts'

type Answer = { readonly id: number } & (
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: unknown; readonly facts: { readonly code?: string; readonly path?: string } }
)

/** What a thread has been handed and not answered. */
interface Held {
  readonly calls: number
  readonly isLong: boolean
}

const NOTHING: Held = { calls: 0, isLong: false }

/**
 * Warm worker threads, started when first needed or by `startAll`. An idle thread does not keep the process alive. A thread that
 * dies (out of memory, exit) fails the calls it held and is replaced by the next call.
 */
export class ThreadPool {
  private readonly held = new Map<Worker, Held>()
  private readonly waiting: (() => void)[] = []
  private readonly aside: string
  private readonly size: number
  private readonly ahead: number
  private closed = false
  private calls = 0

  /** `ahead`: calls a thread may hold, which it answers one after the other. `aside`: folder for what tasks put aside. */
  constructor(size: number, ahead: number, aside: string) {
    this.aside = aside
    this.size = size
    this.ahead = ahead
  }

  /** Starts all threads, for a program that is certain to need them and has more to load meanwhile. */
  startAll(): void {
    while (this.held.size < this.size) this.start()
  }

  /** Whether a thread that is up holds no call. */
  get hasIdle(): boolean {
    for (const { calls } of this.held.values()) if (calls === 0) return true
    return false
  }

  async run(call: TaskCall): Promise<unknown> {
    for (;;) {
      const running = this.tryRun(call)
      if (running !== null) return await running
      await new Promise<void>((wake) => this.waiting.push(wake))
    }
  }

  /** Null: no thread may take it now. */
  tryRun(call: TaskCall): Promise<unknown> | null {
    if (this.closed) return Promise.reject(new Error('compute is closed'))
    const worker = this.threadFor(call)
    return worker === null ? null : this.callIn(worker, call)
  }

  async close(): Promise<void> {
    this.closed = true
    for (const wake of this.waiting.splice(0)) wake()
    await Promise.all([...this.held.keys()].map((worker) => worker.terminate()))
  }

  private async callIn(worker: Worker, call: TaskCall): Promise<unknown> {
    const { calls, isLong } = this.held.get(worker) ?? NOTHING
    this.held.set(worker, { calls: calls + 1, isLong: isLong || call.long === true })
    try {
      return await callThread(worker, call, this.calls++)
    } finally {
      const left = this.held.get(worker)
      // A long call is the only one of its thread.
      if (left !== undefined) this.held.set(worker, { calls: left.calls - 1, isLong: false })
      this.waiting.shift()?.()
    }
  }

  /** A thread without a call, a new one, or one that may hold another call; null: there is none. */
  private threadFor(call: TaskCall): Worker | null {
    let best: Worker | null = null
    let fewest = call.long === true ? 1 : this.ahead
    for (const [worker, { calls, isLong }] of this.held) {
      if (isLong || calls >= fewest) continue
      best = worker
      fewest = calls
    }
    return fewest > 0 && this.held.size < this.size ? this.start() : best
  }

  private start(): Worker {
    const worker = startThread(this.aside)
    this.held.set(worker, NOTHING)
    // Without a listener an error of an idle thread would end the process; the call in flight has its own.
    worker.on('error', () => {})
    worker.on('exit', () => {
      this.held.delete(worker)
      this.waiting.shift()?.()
    })
    worker.unref()
    return worker
  }
}

/** Calls in flight by thread: a thread with none does not keep the process alive. */
const inFlight = new WeakMap<Worker, number>()

function hold(worker: Worker, by: 1 | -1): void {
  const calls = (inFlight.get(worker) ?? 0) + by
  inFlight.set(worker, calls)
  if (calls === 0) worker.unref()
  else worker.ref()
}

function callThread(worker: Worker, call: TaskCall, id: number): Promise<unknown> {
  hold(worker, 1)
  return new Promise<unknown>((resolve, reject) => {
    const done = (settle: () => void) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      hold(worker, -1)
      settle()
    }
    const failed = (cause: unknown) =>
      done(() => reject(new Error(`task ${call.name} failed: ${textOf(cause)}`, { cause })))
    const onMessage = (answer: Answer) => {
      if (answer.id !== id) return
      if (answer.ok) done(() => resolve(answer.result))
      else failed(withFacts(answer))
    }
    const onError = (error: unknown) => failed(error)
    const onExit = (code: number) => failed(new Error(`its thread ended with code ${code}`))
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    try {
      worker.postMessage({ ...call, id }, givenAway(call.input))
    } catch (error) {
      failed(error)
    }
  })
}

/** A clone loses the code of a system error and the path it is about. */
const withFacts = ({ error, facts }: Extract<Answer, { ok: false }>): unknown =>
  error instanceof Error ? Object.assign(error, facts) : error

const textOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
