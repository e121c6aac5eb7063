import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { constants, Script } from 'node:vm'

/** Root of the repository; paths of sources start here. */
export const ROOT = new URL('../../../../', import.meta.url)
/** Where the bundle of this installation lies, and the list of sources it was made of. */
export const DIST = new URL('../../dist/', import.meta.url)
export const MANIFEST = 'bundle.json'

/**
 * The bundle, if every source it was made of still has its size and time; null: there is none or it is out of date, and
 * the sources are to be run.
 */
export function currentBundle(dist = DIST) {
  const made = readManifest(dist)
  return made !== null && isCurrent(made.sources) ? openBundle(new URL(`${made.folder}/`, dist)) : null
}

/** @returns {{ folder: string, sources: Record<string, string> } | null} */
function readManifest(dist) {
  try {
    return JSON.parse(readFileSync(new URL(MANIFEST, dist), 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}

export function isCurrent(sources, root = ROOT) {
  const folder = fileURLToPath(root)
  for (const path in sources) if (stateOf(folder + path) !== sources[path]) return false
  return true
}

/** Size and time of a file, in seconds, which is what survives in the layer of an image. */
export function stateOf(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  return found === undefined ? 'none' : `${found.size} ${Math.floor(found.mtimeMs / 1000)}`
}

/**
 * Loads chunks of a bundle, each once, with the code V8 had compiled when it was made and run: unlike Node's compile cache,
 * this holds the functions that a run calls. Code of another V8 is refused by V8 and compiled anew.
 *
 * `#folder#name` is a package that is not bundled, as the files in that folder see it.
 */
export function openBundle(folder) {
  const chunks = new Map()
  const require = (id) => {
    if (id.startsWith('./')) return load(id.slice(2))
    const [, importer, name] = id.startsWith('#') ? id.split('#') : ['', '.', id]
    return createRequire(new URL(`${importer}/`, ROOT))(name)
  }
  const load = (name) => {
    const known = chunks.get(name)
    if (known !== undefined) return known.module.exports
    const file = new URL(name, folder)
    const text = readFileSync(file, 'latin1') // ASCII alone
    const script = new Script(`(function (exports, require, module, sources, chunks) {${text}\n})`, {
      filename: file.href,
      cachedData: compiledOf(file),
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    })
    const module = { exports: {} }
    chunks.set(name, { module, script })
    script.runInThisContext()(module.exports, require, module, ROOT.href, folder.href)
    return module.exports
  }
  return { load, scripts: () => [...chunks].map(([name, { script }]) => ({ name, script })) }
}

export const COMPILED = '.compiled'

function compiledOf(file) {
  try {
    return readFileSync(new URL(file.href + COMPILED))
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}
