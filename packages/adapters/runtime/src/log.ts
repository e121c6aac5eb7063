import { type DestinationStream, destination, pino } from 'pino'

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/**
 * Constant text plus fields: ids, counts, durations. No rating, free text or name of a patient at any level, so nothing
 * needs to be redacted. `err` may hold an exception: its kind, code and stack are written, never its message, because
 * a message may quote a cell.
 */
export interface Log {
  debug(fields: Record<string, unknown>, text: string): void
  info(fields: Record<string, unknown>, text: string): void
  warn(fields: Record<string, unknown>, text: string): void
  error(fields: Record<string, unknown>, text: string): void
  /** The same log with fields that stand on every line. */
  child(fields: Record<string, unknown>): Log
}

export interface LogOptions {
  /** Part of the installation that writes: `intake`, `worker`, ... */
  readonly service: string
  readonly level?: LogLevel
  /** `json`: one object per line, for machines. `text`: for a person at a terminal. */
  readonly format?: 'json' | 'text'
  /** Where whole lines go; standard error if absent, so that standard output stays for results. */
  readonly write?: (line: string) => void
}

export function createLog(options: LogOptions): Log {
  const { service, level = 'info', format = 'json', write } = options
  return pino(
    {
      level,
      base: { service },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      messageKey: 'text',
    },
    toStream(format, write),
  )
}

function toStream(format: 'json' | 'text', write: LogOptions['write']): DestinationStream {
  if (write === undefined && format === 'json') return destination({ dest: 2, sync: true })
  const out = write ?? ((line: string) => void process.stderr.write(line))
  return { write: (line) => out(format === 'json' ? line : toText(JSON.parse(line))) }
}

/** `09:15:02 warn  worker: lost the queue code=ECONNREFUSED` */
function toText(entry: Record<string, unknown>): string {
  const { level, time, service, text, ...fields } = entry
  const details = Object.entries(fields).map(([name, value]) => ` ${name}=${toField(value)}`)
  return `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${service}: ${text}${details.join('')}\n`
}

const toField = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

/** An exception without its message: kind, code, the frames of the stack, and the same of its cause. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    ...('code' in error && { code: String(error.code) }),
    stack: frames.map((line) => line.trim()).join('\n'),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  }
}
