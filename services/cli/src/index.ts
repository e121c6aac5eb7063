export { COMMANDS } from './commands.ts'
export { EXIT, type ExitCode } from './exit-codes.ts'
export { type Host, runCommandLine } from './run.ts'
