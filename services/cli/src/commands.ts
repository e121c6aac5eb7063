import type { CommandDefinition } from './command.ts'
import { completionsCommand } from './commands/completions.ts'
import { configShowCommand } from './commands/config-show.ts'
import { doctorCommand } from './commands/doctor.ts'
import { schemaCommand } from './commands/schema.ts'

/** All commands, in the order of the help page. */
export const COMMANDS: readonly CommandDefinition[] = [
  schemaCommand,
  doctorCommand,
  configShowCommand,
  completionsCommand,
]
