import { CommanderError } from 'commander'
import type { CommandDefinition } from './command.ts'
import { CommandError } from './command-error.ts'
import { COMMANDS } from './commands.ts'
import { EXIT } from './exit-codes.ts'
import { type Host, thisProcess } from './host.ts'
import { toProgram } from './program.ts'
import { Session } from './session.ts'
import { VERSION } from './version.ts'

/** Runs one call of `afferent` and ends the process with the code that `EXIT` explains. */
export async function runCommandLine(
  argv: readonly string[],
  host: Host = thisProcess(),
  commands: readonly CommandDefinition[] = COMMANDS,
): Promise<void> {
  const session = new Session(argv, host)
  const program = toProgram(commands, VERSION, (definition, given) => session.run(definition, given))
  const output = {
    writeOut: (text: string) => void host.stdout.write(text),
    writeErr: (text: string) => void host.stderr.write(text),
    outputError: () => {},
  }
  const all = [program, ...program.commands, ...program.commands.flatMap((command) => command.commands)]
  for (const command of all) command.exitOverride().configureOutput(output).showHelpAfterError(false)
  if (argv.length === 0) return session.finish(EXIT.usage, program.helpInformation())
  try {
    await program.parseAsync(argv, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) session.finish(EXIT.ok)
    else if (error.code === 'commander.help') session.finish(EXIT.usage)
    else session.refuse(toUsageError(error, argv, commands), commandOf(argv, commands)?.name)
  }
}

/** The command a person meant, if it is one of ours. */
const commandOf = (argv: readonly string[], commands: readonly CommandDefinition[]) =>
  commands.find(({ name }) => `${argv.join(' ')} `.startsWith(`${name} `))

function toUsageError(error: CommanderError, argv: readonly string[], commands: readonly CommandDefinition[]) {
  const message = error.message.replace(/^error: /, '').replaceAll('\n', ' ')
  return new CommandError(EXIT.usage, 'usage', message, { remedy: usageRemedy(argv, commands) })
}

function usageRemedy(argv: readonly string[], commands: readonly CommandDefinition[]): string {
  const meant = commandOf(argv, commands)
  return `see: afferent ${meant === undefined ? '' : `${meant.name} `}--help`
}
