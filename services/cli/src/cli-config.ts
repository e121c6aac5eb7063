import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Config,
  InstallationSettings,
  type ProjectFile,
  QueueSettings,
  readConfig,
  resolveUserPath,
  userFolder,
} from '@afferent/runtime'
import { z } from 'zod'
import type { Context } from './context.ts'
import { KNOWN_SETTINGS } from './known-settings.ts'

/** Settings a command of an installation reads; the services it starts read their own beside them. */
export const CliConfig = z.object({ ...InstallationSettings, ...QueueSettings })

/** Settings in the folder a person works in, below flags and environment. */
export const PROJECT_FILE = 'afferent.env'

/** The settings a command asked for: flags by the name of their setting, then environment, `afferent.env`, defaults. */
export function readSettings<S extends z.ZodObject>(
  context: Pick<Context, 'env'>,
  schema: S,
  flags: Readonly<Record<string, string | undefined>> = {},
): Config<z.output<S>> {
  const { env } = context
  return readConfig(schema, { flags, env, projectFile: readProjectFile(userFolder(env)), known: KNOWN_SETTINGS })
}

/** The folder of the installation, from `--data` or AFFERENT_DATA, as an absolute path. */
export function dataFolder(context: Pick<Context, 'env'>, flag: string | undefined): string {
  const { values } = readSettings(context, CliConfig, { AFFERENT_DATA: flag })
  return resolveUserPath(values.AFFERENT_DATA, context.env)
}

function readProjectFile(folder: string): ProjectFile | null {
  try {
    return { path: PROJECT_FILE, text: readFileSync(join(folder, PROJECT_FILE), 'utf8') }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
