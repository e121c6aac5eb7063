import { spawnSync } from 'node:child_process'
import { type Measured, measured, pathOf } from './whole-process.ts'

/** Why R cannot be a peer here, or null: it can. */
export function whyNoR(...packages: readonly string[]): string | null {
  const ask = packages.map((name) => `if (!requireNamespace('${name}', quietly = TRUE)) cat('${name}')`).join(';')
  const { error, stdout } = spawnSync('Rscript', ['--vanilla', '-e', ask], { encoding: 'utf8' })
  if (error !== undefined) return 'Rscript absent'
  return stdout === '' ? null : `R package ${stdout} absent`
}

/** An R program of peers/ as a whole process. */
export const rscript = (program: string, ...args: readonly string[]): Promise<Measured> =>
  measured('Rscript', ['--vanilla', pathOf(`peers/${program}`), ...args])
