import { getCompileCacheDir } from 'node:module'
import { Worker } from 'node:worker_threads'
import { givenAway } from './given-away.ts'
import type { TaskCall } from './run-task.ts'

type Answer =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: unknown; readonly facts: { readonly code?: string; readonly path?: string } }

/**
 * Warm worker threads, started when first needed. An idle thread does not keep the process alive. A thread that dies
 * (out of memory, exit) fails the call it held and is replaced by the next call.
 */
export class ThreadPool {
  private readonly idle: Worker[] = []
  private readonly all = new Set<Worker>()
  private readonly waiting: (() => void)[] = []
  private readonly size: number
  private closed = false

  constructor(size: number) {
    this.size = size
  }

  async run(call: TaskCall): Promise<unknown> {
    const worker = await this.take()
    try {
      return await callThread(worker, call)
    } finally {
      this.giveBack(worker)
    }
  }

  async close(): Promise<void> {
    this.closed = true
    for (const wake of this.waiting.splice(0)) wake()
    await Promise.all([...this.all].map((worker) => worker.terminate()))
  }

  private async take(): Promise<Worker> {
    for (;;) {
      if (this.closed) throw new Error('compute is closed')
      const worker = this.idle.pop()
      if (worker !== undefined) return worker
      if (this.all.size < this.size) return this.start()
      await new Promise<void>((wake) => this.waiting.push(wake))
    }
  }

  private giveBack(worker: Worker): void {
    if (this.all.has(worker)) this.idle.push(worker)
    this.waiting.shift()?.()
  }

  private start(): Worker {
    const worker = new Worker(new URL('./thread.js', import.meta.url), {
      workerData: { compileCache: getCompileCacheDir() },
    })
    this.all.add(worker)
    // Without a listener an error of an idle thread would end the process; the call in flight has its own.
    worker.on('error', () => {})
    worker.on('exit', () => {
      this.all.delete(worker)
      const at = this.idle.indexOf(worker)
      if (at >= 0) this.idle.splice(at, 1)
      this.waiting.shift()?.()
    })
    worker.unref()
    return worker
  }
}

function callThread(worker: Worker, call: TaskCall): Promise<unknown> {
  worker.ref()
  return new Promise<unknown>((resolve, reject) => {
    const done = (settle: () => void) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit).unref()
      settle()
    }
    const failed = (cause: unknown) =>
      done(() => reject(new Error(`task ${call.name} failed: ${textOf(cause)}`, { cause })))
    const onMessage = (answer: Answer) => (answer.ok ? done(() => resolve(answer.result)) : failed(withFacts(answer)))
    const onError = (error: unknown) => failed(error)
    const onExit = (code: number) => failed(new Error(`its thread ended with code ${code}`))
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    try {
      worker.postMessage(call, givenAway(call.input))
    } catch (error) {
      failed(error)
    }
  })
}

/** A clone loses the code of a system error and the path it is about. */
const withFacts = ({ error, facts }: Extract<Answer, { ok: false }>): unknown =>
  error instanceof Error ? Object.assign(error, facts) : error

const textOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
