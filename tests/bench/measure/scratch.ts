import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SCRATCH = fileURLToPath(new URL('../data/scratch', import.meta.url))
let mine: Promise<string> | null = null

/** A place for what is written while measuring, on the same disk as the data. What a killed run leaves there can go. */
export async function scratch(name: string): Promise<string> {
  mine ??= mkdir(SCRATCH, { recursive: true }).then(() => mkdtemp(join(SCRATCH, 'run-')))
  return join(await mine, name)
}

export async function removeScratch(): Promise<void> {
  if (mine !== null) await rm(await mine, { recursive: true, force: true })
}
