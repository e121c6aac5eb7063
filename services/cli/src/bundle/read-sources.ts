import { readdir, readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { stateOf } from './open-bundle.js'

export interface Sources {
  /** Size and time of every source, and of what says how they are found, by path. */
  readonly states: ReadonlyMap<string, string>
  /** Sources whose functions are handed to threads. */
  readonly tasks: readonly string[]
}

const SOURCE = /^[^.]+\/src\/[^.]+\.(ts|js)$/
const MANIFEST = /^[^.]+\/package\.json$/

/** The sources of packages and services as they are before a bundle reads them. */
export async function readSources(root: string): Promise<Sources> {
  const states = new Map<string, string>()
  const tasks: string[] = []
  const second = Math.floor(Date.now() / 1000)
  const files = (await Promise.all(['packages', 'services'].map((top) => filesBelow(root, top)))).flat().sort()
  for (const path of [...files, 'pnpm-lock.yaml']) {
    states.set(path, stateOf(root + path))
    if (SOURCE.test(path) && (await readFile(root + path, 'utf8')).includes('module: import.meta.url,'))
      tasks.push(path)
  }
  const times = [...states.values()].map((state) => Number(state.split(' ')[1]))
  if (!times.includes(second)) return { states, tasks }
  await setTimeout(1000) // a file that changes again within its second may keep its state
  return readSources(root)
}

async function filesBelow(root: string, top: string): Promise<string[]> {
  const names = await readdir(root + top, { recursive: true })
  const paths = names.map((name) => `${top}/${name.replaceAll('\\', '/')}`)
  return paths.filter((path) => (SOURCE.test(path) || MANIFEST.test(path)) && !path.includes('/node_modules/'))
}
