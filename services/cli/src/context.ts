import type { Shutdown } from '@afferent/runtime/process'
import type { Paint } from './paint.ts'
import type { Progress } from './progress.ts'

/** Everything a command may use of the world around it; tests hand in their own. */
export interface Context {
  /** Results on standard output: one JSON document with `--json`, else the text. */
  result(value: object, text: () => string): void
  /** One line for the person, on standard error; not in the way of `--json`. */
  say(text: string): void
  /** A bar or plain lines on standard error; silent with `--quiet`. */
  progress(): Progress
  readonly json: boolean
  /** Colours of standard output and of standard error. */
  readonly paint: Paint
  readonly paintError: Paint
  /** A path as the person wrote it, from the folder where it was typed. */
  path(written: string): string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborted at Ctrl-C; `onShutdown` closes what is open, last opened first. */
  readonly shutdown: Pick<Shutdown, 'signal' | 'onShutdown'>
}
