import type { CommandDefinition } from './command.ts'
import { analyzeCommand } from './commands/analyze.ts'
import { cohortCommand } from './commands/cohort.ts'
import { completionsCommand } from './commands/completions.ts'
import { configShowCommand } from './commands/config-show.ts'
import { demoCommand } from './commands/demo.ts'
import { doctorCommand } from './commands/doctor.ts'
import { endpointsCommand } from './commands/endpoints.ts'
import { explainCommand } from './commands/explain.ts'
import { inspectCommand } from './commands/inspect.ts'
import { retryCommand } from './commands/retry.ts'
import { runCommand } from './commands/run.ts'
import { schemaCommand } from './commands/schema.ts'
import { simulateCommand } from './commands/simulate.ts'
import { startCommand } from './commands/start.ts'
import { statusCommand } from './commands/status.ts'
import { validateCommand } from './commands/validate.ts'
import { vaultCheckCommand } from './commands/vault-check.ts'
import { vaultSweepCommand } from './commands/vault-sweep.ts'
import { withdrawCommand } from './commands/withdraw.ts'

/** All commands, in the order of the help page. */
export const COMMANDS: readonly CommandDefinition[] = [
  demoCommand,
  analyzeCommand,
  inspectCommand,
  validateCommand,
  explainCommand,
  cohortCommand,
  endpointsCommand,
  startCommand,
  statusCommand,
  runCommand,
  retryCommand,
  withdrawCommand,
  vaultCheckCommand,
  vaultSweepCommand,
  simulateCommand,
  schemaCommand,
  doctorCommand,
  configShowCommand,
  completionsCommand,
]
