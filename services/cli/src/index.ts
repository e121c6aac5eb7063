export { allSettings } from './all-settings.ts'
export { COMMANDS } from './commands.ts'
export type { ExitCode } from './exit-codes.ts'
export type { Host } from './host.ts'
export {
  type InstallationOptions,
  type RunningInstallation,
  startInstallation,
} from './installation/start-installation.ts'
export { KNOWN_SETTINGS } from './known-settings.ts'
