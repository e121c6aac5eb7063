import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Simulation } from '@afferent/simulation'

/** Drops a simulated export as people's programs do: written under another name, then renamed. */
export async function dropTrial(dropRoot: string, study: string, trial: Simulation): Promise<string[]> {
  const folder = join(dropRoot, study)
  await mkdir(folder, { recursive: true })
  const encoder = new TextEncoder()
  await write(folder, 'study.yaml', [encoder.encode(trial.studyYaml)])
  for (const file of trial.files) await write(folder, file.name, file.parts())
  return trial.files.map((file) => file.name)
}

async function write(folder: string, name: string, parts: Iterable<Uint8Array>): Promise<void> {
  const unfinished = join(folder, `${name}.part`)
  const handle = await open(unfinished, 'w')
  try {
    for (const part of parts) await handle.writeFile(part)
  } finally {
    await handle.close()
  }
  await rename(unfinished, join(folder, name))
}
