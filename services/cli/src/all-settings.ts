import { z } from 'zod'
import { CliConfig } from './cli-config.ts'

/** The settings of all parts of an installation in one schema; equal names mean the same everywhere. */
export async function allSettings(): Promise<z.ZodObject> {
  return z.object(CliConfig.shape)
}
