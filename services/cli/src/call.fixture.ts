import { EventEmitter } from 'node:events'
import type { CommandDefinition } from './command.ts'
import type { Host } from './host.ts'
import { runCommandLine } from './run.ts'

export interface Call {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface CallOptions {
  readonly env?: Record<string, string>
  readonly isTTY?: boolean
  readonly commands?: readonly CommandDefinition[]
  /** Where signals are given from. */
  readonly signals?: EventEmitter
}

/** One call of `afferent` as a person types it, in this process. */
export async function call(line: string | readonly string[], options: CallOptions = {}): Promise<Call> {
  const { env = {}, isTTY = false, commands, signals = new EventEmitter() } = options
  const written = { stdout: '', stderr: '' }
  const writer = (stream: keyof typeof written) => ({
    isTTY,
    columns: 80,
    write: (text: string) => {
      written[stream] += text
    },
  })
  const exits: number[] = []
  const host: Host = {
    env,
    stdout: writer('stdout'),
    stderr: writer('stderr'),
    on: (signal, listener) => signals.on(signal, listener),
    exit: (code) => exits.push(code),
  }
  await runCommandLine(typeof line === 'string' ? line.split(' ').filter(Boolean) : line, host, commands)
  if (exits.length !== 1) throw new Error(`ended ${exits.length} times`)
  return { code: exits[0] as number, ...written }
}

/** A command for tests of what all commands share. */
export function toCommand(run: CommandDefinition['run'], more: Partial<CommandDefinition> = {}): CommandDefinition {
  const examples = [
    ['try', 'one'],
    ['try', 'two'],
    ['try', 'three'],
  ] as const
  return { name: 'try', says: 'a command for tests', examples, run, ...more }
}
