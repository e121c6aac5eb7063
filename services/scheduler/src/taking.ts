import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Files of a study that intake is taking at this moment: they lie in `drop/<study>/.taking/`, whoever takes them. */
export function takingIn(dropFolder: string): (study: string) => Promise<number> {
  return async (study) => {
    try {
      const entries = await readdir(join(dropFolder, study, '.taking'), { recursive: true, withFileTypes: true })
      return entries.filter((entry) => entry.isFile()).length
    } catch {
      return 0 // no drop folder here: files come another way
    }
  }
}
