import type { Worker } from 'node:worker_threads'
import { givenAway } from './given-away.ts'
import { startThread } from './modules.ts'
import type { TaskCall } from './run-task.ts'

type Answer = { readonly id: number } & (
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: unknown; readonly facts: { readonly code?: string; readonly path?: string } }
)

/**
 * Warm worker threads, started when first needed. An idle thread does not keep the process alive. A thread that dies
 * (out of memory, exit) fails the calls it held and is replaced by the next call.
 */
export class ThreadPool {
  private readonly held = new Map<Worker, number>()
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

  /** Whether a thread that is up holds no call. */
  get hasIdle(): boolean {
    for (const calls of this.held.values()) if (calls === 0) return true
    return false
  }

  /** Whether a call would find a thread to itself. */
  get hasRoom(): boolean {
    return this.hasIdle || this.held.size < this.size
  }

  async run(call: TaskCall): Promise<unknown> {
    const worker = await this.take()
    try {
      return await callThread(worker, call, this.calls++)
    } finally {
      this.giveBack(worker)
    }
  }

  async close(): Promise<void> {
    this.closed = true
    for (const wake of this.waiting.splice(0)) wake()
    await Promise.all([...this.held.keys()].map((worker) => worker.terminate()))
  }

  private async take(): Promise<Worker> {
    for (;;) {
      if (this.closed) throw new Error('compute is closed')
      const worker = this.idlest()
      if (worker !== null) {
        this.held.set(worker, (this.held.get(worker) ?? 0) + 1)
        return worker
      }
      await new Promise<void>((wake) => this.waiting.push(wake))
    }
  }

  /** A thread without a call, a new one, or one that may hold another call; null: all are full. */
  private idlest(): Worker | null {
    let best: Worker | null = null
    let fewest = this.ahead
    for (const [worker, calls] of this.held) {
      if (calls >= fewest) continue
      best = worker
      fewest = calls
    }
    return fewest > 0 && this.held.size < this.size ? this.start() : best
  }

  private giveBack(worker: Worker): void {
    const calls = this.held.get(worker)
    if (calls !== undefined) this.held.set(worker, calls - 1)
    this.waiting.shift()?.()
  }

  private start(): Worker {
    const worker = startThread(this.aside)
    this.held.set(worker, 0)
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
