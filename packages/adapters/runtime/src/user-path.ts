import { isAbsolute, resolve } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** The folder a person typed the command in: pnpm changes the folder and leaves the first one in INIT_CWD. */
export const userFolder = (env: Environment = process.env, cwd = process.cwd()): string =>
  env.INIT_CWD !== undefined && isAbsolute(env.INIT_CWD) ? env.INIT_CWD : cwd

/** A path as a person wrote it, seen from the folder where it was written. */
export const resolveUserPath = (path: string, env: Environment = process.env, cwd = process.cwd()): string =>
  resolve(userFolder(env, cwd), path)
