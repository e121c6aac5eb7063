import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'
import { bundlePlugin, pathOf } from './bundle-plugin.ts'
import { COMPILED, DIST, MANIFEST, openBundle, ROOT, readManifest } from './open-bundle.js'
import { readSources } from './read-sources.ts'
import { tryOut } from './try-out.ts'

const root = fileURLToPath(ROOT)
/** What makes and opens bundles belongs to what they are made of. */
const BUNDLE = 'services/cli/src/bundle/'

/**
 * Makes a bundle of a program, with the code that V8 compiles when it is tried out, and puts it in force: its folder first, then
 * the manifest that names it. A process that runs the bundle before this one keeps its folder.
 */
export async function makeBundle(dist: URL = DIST, program: Program = COMMAND_LINE): Promise<void> {
  const { states, tasks } = await readSources(root)
  const { chunks, modules } = await toChunks(program, tasks)
  const into = fileURLToPath(dist)
  const folder = nameOf(chunks)
  if (!existsSync(join(into, folder))) await writeChunks(program, chunks, join(into, folder))

  const isMadeOf = (path: string) => modules.has(path) || !path.includes('/src/') || path.startsWith(BUNDLE)
  const sources = Object.fromEntries([...states].filter(([path]) => isMadeOf(path)))
  const before = readManifest(dist)?.folder
  const manifest = join(into, `${MANIFEST}.${process.pid}`)
  await writeFile(manifest, JSON.stringify({ folder, sources }))
  await rename(manifest, join(into, MANIFEST))
  const older = (await readdir(into)).filter((name) => ![MANIFEST, folder, before].includes(name))
  for (const name of older) await rm(join(into, name), { recursive: true, force: true })
}

export interface Program {
  /** The chunk it starts from, less its ending, and the source of that by its path from the root. */
  readonly name: string
  readonly source: string
  /** Runs it once; what V8 compiles for that is kept. */
  readonly tryOut: (chunk: ReturnType<ReturnType<typeof openBundle>['load']>) => Promise<unknown>
}

const COMMAND_LINE: Program = {
  name: 'command-line',
  source: 'services/cli/src/run.ts',
  tryOut: ({ runCommandLine }) => tryOut(runCommandLine),
}

interface Chunk {
  readonly name: string
  readonly code: string
}

/**
 * One chunk for everything an analysis computes with, since a file costs more than what is not needed in it; the pages of
 * help load without it.
 */
async function toChunks({ name, source }: Program, tasks: readonly string[]) {
  const build = await rolldown({
    cwd: root,
    platform: 'node',
    input: {
      [name]: join(root, source),
      thread: join(root, 'packages/adapters/compute/src/thread.ts'),
    },
    plugins: [bundlePlugin(tasks)],
    tsconfig: false,
    onLog(level, { code, message }) {
      if (level === 'warn' && code !== 'INEFFECTIVE_DYNAMIC_IMPORT') throw new Error(message)
    },
  })
  const { output } = await build.generate({
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    dynamicImportInCjs: false,
    codeSplitting: { groups: [{ name: 'analysis', test: /packages[\\/]domain[\\/]/ }] },
  })
  await build.close()
  const made = output.filter((file) => file.type === 'chunk')
  return {
    chunks: made.map(({ fileName, code }): Chunk => ({ name: fileName, code: toFunction(toAscii(code)) })),
    modules: new Set(made.flatMap((chunk) => Object.keys(chunk.modules).map(pathOf))),
  }
}

/** A chunk is a function of what `openBundle` hands to it. */
const toFunction = (code: string): string => `(({ module, exports, require, sources, chunks }) => {${code}\n})\n`

/** Texts of one byte per character are read and kept in half the time and memory. */
const toAscii = (code: string): string =>
  code.replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Compiled code serves the Node that compiled it. */
const nameOf = (chunks: readonly Chunk[]): string =>
  createHash('sha256')
    .update(JSON.stringify([process.version, process.arch, chunks]))
    .digest('hex')
    .slice(0, 16)

async function writeChunks(program: Program, chunks: readonly Chunk[], folder: string): Promise<void> {
  const unfinished = `${folder}.${process.pid}`
  await mkdir(unfinished, { recursive: true })
  for (const { name, code } of chunks) await writeFile(join(unfinished, name), code)
  const bundle = openBundle(pathToFileURL(`${unfinished}/`))
  await program.tryOut(bundle.load(`${program.name}.cjs`))
  for (const { name, script } of bundle.loaded()) {
    await writeFile(join(unfinished, name + COMPILED), script.createCachedData())
  }
  await rename(unfinished, folder)
}
