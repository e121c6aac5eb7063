import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'

/** Root of the repository; paths of sources start here. */
export const ROOT = new URL('../../../../', import.meta.url)
/** Where the bundle of this installation lies, and beside it what it was made of. */
export const DIST = new URL('../../dist/', import.meta.url)
export const MANIFEST = 'bundle.json'
/** Ending of the code that V8 compiled for a chunk. */
export const COMPILED = '.compiled'

/**
 * The bundle, if everything it was made of still has its size and time; null: there is none or it is out of date, and the
 * sources are to be run.
 *
 * @param {URL} dist
 */
export function currentBundle(dist = DIST) {
  const made = readManifest(dist)
  return made !== null && isCurrent(made.sources) ? openBundle(new URL(`${made.folder}/`, dist)) : null
}

/**
 * @param {URL} dist
 * @returns {{ folder: string, sources: Record<string, string> } | null}
 */
export function readManifest(dist) {
  const text = readIfThere(new URL(MANIFEST, dist))
  return text === undefined ? null : JSON.parse(text.toString())
}

/**
 * @param {Readonly<Record<string, string>>} sources
 * @param {URL} root
 */
export function isCurrent(sources, root = ROOT) {
  const folder = fileURLToPath(root)
  for (const path in sources) if (stateOf(folder + path) !== sources[path]) return false
  return true
}

/**
 * Size and time of a file; whole seconds, which is what the layers of an image keep.
 *
 * @param {string} path
 */
export function stateOf(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  return found === undefined ? 'none' : `${found.size} ${Math.floor(found.mtimeMs / 1000)}`
}

/**
 * Loads chunks of a bundle, each once, with the code V8 had compiled when the bundle was made and tried out: unlike
 * Node's compile cache this holds the functions that a run calls. Code of another V8 is refused by V8 and compiled anew.
 *
 * @param {URL} folder
 */
export function openBundle(folder) {
  const chunks = new Map()
  /** @param {string} id `./chunk`, a built-in module, or `#importer#name`: a library as files in that folder see it */
  const require = (id) => {
    if (id.startsWith('./')) return load(id.slice(2))
    const [, importer, name] = id.startsWith('#') ? id.split('#') : ['', '.', id]
    return createRequire(new URL(`${importer}/`, ROOT))(name)
  }
  /** @param {string} name @returns {Record<string, any>} */
  const load = (name) => {
    const known = chunks.get(name)
    if (known !== undefined) return known.module.exports
    const file = new URL(name, folder)
    const script = new Script(readFileSync(file, 'latin1'), {
      filename: `afferent/${name}`, // V8 keeps it with the compiled code, wherever the folder lies later
      cachedData: readIfThere(new URL(file.href + COMPILED)),
    })
    const module = { exports: {} }
    chunks.set(name, { module, script })
    script.runInThisContext()({ module, exports: module.exports, require, sources: ROOT.href, chunks: folder.href })
    return module.exports
  }
  /** @returns {{ name: string, script: Script }[]} */
  const loaded = () => [...chunks].map(([name, { script }]) => ({ name, script }))
  return { load, loaded }
}

/** @param {URL} file */
function readIfThere(file) {
  try {
    return readFileSync(file)
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}
