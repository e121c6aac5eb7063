import { createShutdown, resolveUserPath } from '@afferent/runtime/process'
import type { CommandDefinition } from './command.ts'
import type { CommandError } from './command-error.ts'
import type { Context } from './context.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import { toFailure } from './failure.ts'
import type { Given } from './given.ts'
import type { Host, Writer } from './host.ts'
import { toPaint, wantsColor } from './paint.ts'
import { printable } from './printable.ts'
import { ProgressLine } from './progress.ts'

/** Schema of every `--json` document: `{ schemaVersion, command, ... }` or `{ schemaVersion, command, error }`. */
const JSON_SCHEMA_VERSION = 1

/** One call: where its results, messages and exit code go. */
export class Session {
  private readonly host: Host
  private readonly json: boolean
  private readonly options: ReadonlySet<string>
  private progress: ProgressLine | null = null
  private command = ''

  constructor(argv: readonly string[], host: Host) {
    const end = argv.indexOf('--')
    this.options = new Set(end === -1 ? argv : argv.slice(0, end))
    this.json = this.options.has('--json')
    this.host = host
  }

  /** Runs a command, then closes what it opened, last opened first, however it ended. */
  async run(definition: CommandDefinition, given: Given): Promise<void> {
    this.command = definition.name
    const interruptedCode = definition.interruptedCode ?? EXIT.interrupted
    const shutdown = createShutdown({
      log: { info: () => {}, warn: (_, text) => this.say(text) },
      interruptedCode,
      forcedCode: EXIT.interrupted,
      host: this.host,
    })
    let interrupted = true
    shutdown.onShutdown('message', () => interrupted && this.sayInterrupted(interruptedCode))
    const code = await this.codeOf(definition, given, shutdown)
    interrupted = shutdown.signal.aborted
    this.progress?.end()
    await shutdown.stop('done', code)
  }

  private async codeOf(definition: CommandDefinition, given: Given, shutdown: Context['shutdown']): Promise<ExitCode> {
    try {
      return await definition.run(this.toContext(shutdown), given)
    } catch (error) {
      return shutdown.signal.aborted ? EXIT.interrupted : this.sayFailure(toFailure(error))
    }
  }

  private sayInterrupted(code: ExitCode): void {
    this.progress?.end()
    if (code === EXIT.ok) return
    const error = { code: 'interrupted', message: 'interrupted; the same call again does what is left' }
    if (this.json) this.write({ error: { ...error, exitCode: EXIT.interrupted } })
    else this.say(error.message)
  }

  private toContext(shutdown: Context['shutdown']): Context {
    const { env, stdout, stderr } = this.host
    return {
      json: this.json,
      env,
      shutdown,
      paint: this.toPaint(stdout),
      paintError: this.toPaint(stderr),
      path: (written) => resolveUserPath(written, env),
      say: (text) => this.say(text),
      progress: () => this.startProgress(),
      result: (value, text) => {
        this.progress?.clear()
        if (this.json) this.write(value)
        else stdout.write(text())
      },
    }
  }

  private toPaint(stream: Writer): Context['paint'] {
    const refused = this.options.has('--no-color')
    return toPaint(wantsColor({ isTTY: stream.isTTY === true, env: this.host.env, refused }))
  }

  private startProgress(): ProgressLine {
    const { env, stderr } = this.host
    const silent = this.options.has('--quiet')
    this.progress?.end()
    this.progress = new ProgressLine({
      write: silent ? () => {} : (text) => void stderr.write(text),
      interactive: stderr.isTTY === true && env.TERM !== 'dumb',
      columns: stderr.columns ?? 80,
      now: () => performance.now(),
    })
    return this.progress
  }

  private say(text: string): void {
    this.progress?.clear()
    this.host.stderr.write(`${text}\n`)
  }

  private write(value: object): void {
    const document = { schemaVersion: JSON_SCHEMA_VERSION, command: this.command, ...value }
    this.host.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
  }

  refuse(error: CommandError, command = ''): void {
    this.command = command
    this.finish(this.sayFailure(error))
  }

  finish(code: ExitCode, text = ''): void {
    if (text !== '') this.host.stderr.write(text)
    this.host.exit(code)
  }

  /** Says an error: a JSON document with `--json`, else sentences on standard error. */
  private sayFailure({ exit, code, message, remedy, details }: CommandError): ExitCode {
    this.progress?.end()
    if (this.json) {
      this.write({ error: { code, message, remedy, details, exitCode: exit } })
      return exit
    }
    const paint = this.toPaint(this.host.stderr)
    const [first, ...more] = [message, ...details, remedy].filter(Boolean).map(printableLines)
    for (const line of [`${paint('red', 'error:')} ${first}`, ...more]) this.say(line)
    return exit
  }
}

/** A pattern such as `*.csv` brings names into errors that nobody typed. */
const printableLines = (text: string): string => text.split('\n').map(printable).join('\n')
