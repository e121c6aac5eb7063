import { builtinModules } from 'node:module'
import { isAbsolute, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'rolldown'
import { ROOT } from './open-bundle.js'

/** Libraries in plain JavaScript that an analysis loads. All others stay where they are and load as from the sources. */
const INSIDE = /^(commander|zod|yaml|apache-arrow|flatbuffers|tslib|@afferent)(\/|$)/

const root = fileURLToPath(ROOT)
/** A file of the repository by its path from the root. */
export const pathOf = (id: string): string => relative(root, id).replaceAll(sep, '/')
const isLibrary = (id: string): boolean => id.includes('node_modules')

/**
 * What a bundle changes in modules.
 *
 * - `import.meta.url` stays the address of the source, so that files, threads and programs beside it are found there.
 * - Tasks and threads of compute come from the bundle: `modules.ts` of that package gives way to a table of `tasks`.
 * - Other libraries are asked for as the package that imports them sees them: `#packages/adapters/queue/src#pg`.
 *
 * `sources` and `chunks` are the folders that `openBundle` names.
 */
export function bundlePlugin(tasks: readonly string[]): Plugin {
  return {
    name: 'afferent',
    resolveId(id, importer) {
      if (importer === undefined || id.startsWith('.') || isAbsolute(id) || INSIDE.test(id)) return null
      if (id.startsWith('node:') || builtinModules.includes(id)) return { id, external: true }
      if (isLibrary(importer)) throw new Error(`${id}, which ${pathOf(importer)} imports, is not among those inside`)
      return { id: `#${posix.dirname(pathOf(importer))}#${id}`, external: true }
    },
    load(id) {
      return pathOf(id) === SEAM ? tableOf(tasks) : null
    },
    transform(code, id) {
      if (isLibrary(id)) return null
      if (/\bimport\((?!['"])/.test(code)) throw new Error(`${pathOf(id)} loads a module that no bundle can know`)
      if (!code.includes('import.meta.url')) return null
      return { code: code.replaceAll('import.meta.url', `(sources + ${JSON.stringify(pathOf(id))})`), map: null }
    },
  }
}

const SEAM = 'packages/adapters/compute/src/modules.ts'

const tableOf = (tasks: readonly string[]): string => `
import { Worker } from 'node:worker_threads'
const modules = {
${tasks.map((path) => `[sources + ${JSON.stringify(path)}]: () => import(${JSON.stringify(root + path)}),`).join('\n')}
}
export const startThread = (aside) =>
  new Worker(new URL('services/cli/src/bundle/thread.js', sources), { workerData: { chunks, aside } })
export const loadModule = (address) => {
  if (!Object.hasOwn(modules, address)) throw new Error('the bundle has no task of ' + address)
  return modules[address]()
}
`
