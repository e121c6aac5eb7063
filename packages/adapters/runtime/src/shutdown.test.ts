import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { createShutdown, type ShutdownOptions } from './shutdown.ts'

function start(options: Partial<ShutdownOptions> = {}) {
  const signals = new EventEmitter()
  const said: string[] = []
  const say = (_: Record<string, unknown>, text: string) => void said.push(text)
  let exited: (code: number) => void = () => {}
  const exit = new Promise<number>((resolve) => {
    exited = resolve
  })
  const host = {
    on: (name: string, listener: () => void) => signals.on(name, listener),
    exit: (c: number) => exited(c),
  }
  const shutdown = createShutdown({ log: { info: say, warn: say }, host, ...options })
  return { shutdown, signals, said, exit }
}

it('closes what was opened last first, one after another', async () => {
  const { shutdown, signals, exit } = start()
  const closed: string[] = []
  shutdown.onShutdown('vault', () => closed.push('vault'))
  shutdown.onShutdown('worker', async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    closed.push('worker')
  })
  signals.emit('SIGTERM')
  expect(await exit).toBe(0)
  expect(closed).toEqual(['worker', 'vault'])
  expect(shutdown.signal.aborted).toBe(true)
})

it('goes on when one part cannot be closed, and says which', async () => {
  const { shutdown, exit, said } = start()
  let closed = false
  shutdown.onShutdown('vault', () => {
    closed = true
  })
  shutdown.onShutdown('queue', () => Promise.reject(new Error('gone')))
  await shutdown.stop('done')
  expect(await exit).toBe(0)
  expect(closed).toBe(true)
  expect(said).toContain('could not close in order')
})

it('ends all the same when a part does not close within the limit', async () => {
  const { shutdown, exit } = start({ limitMs: 20 })
  shutdown.onShutdown('stuck', () => new Promise(() => {}))
  await shutdown.stop('done')
  expect(await exit).toBe(1)
})

it('ends at once at the second signal', async () => {
  const { shutdown, signals, exit } = start({ limitMs: 60_000 })
  shutdown.onShutdown('stuck', () => new Promise(() => {}))
  signals.emit('SIGINT')
  signals.emit('SIGINT')
  expect(await exit).toBe(1)
})

it('ends a command that can be resumed with the code for interrupted', async () => {
  const { signals, exit } = start({ interruptedCode: 6 })
  signals.emit('SIGINT')
  expect(await exit).toBe(6)
})
