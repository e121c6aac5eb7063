/** Exit codes of a service that could not start; the command line has the same two (services/cli/src/exit-codes.ts). */
const WRONGLY_CALLED = 2
const SURROUNDINGS = 4

/**
 * Ends a process that could not start: one line per reason on standard error, 2 for wrong settings, 4 for all else.
 * The message is shown, unlike in a log, because nothing of a patient has been read before a service has started.
 */
export function exitWithReason(error: unknown, host: Pick<NodeJS.Process, 'stderr' | 'exit'> = process): void {
  const { message, code } = error as { message?: unknown; code?: unknown }
  host.stderr.write(`cannot start: ${typeof message === 'string' ? message : String(error)}\n`)
  host.exit(code === 'config-invalid' ? WRONGLY_CALLED : SURROUNDINGS)
}
