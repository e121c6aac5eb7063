import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'
import { bundlePlugin, pathOf } from './bundle-plugin.ts'
import { COMPILED, DIST, MANIFEST, openBundle, ROOT } from './open-bundle.js'
import { readSources } from './read-sources.ts'
import { tryOut } from './try-out.ts'

const root = fileURLToPath(ROOT)

/**
 * Makes a bundle of the command line, with the code that V8 compiles for an analysis, and puts it in force: its folder
 * first, then the manifest that names it. A process that runs the bundle before this one keeps its folder.
 */
export async function makeBundle(dist: URL = DIST): Promise<void> {
  const { states, tasks } = await readSources(root)
  const { chunks, modules } = await toChunks(tasks)
  const name = createHash('sha256').update(JSON.stringify(chunks)).digest('hex').slice(0, 16)
  const into = fileURLToPath(dist)
  const unfinished = join(into, `${name}.${process.pid}`)
  await mkdir(unfinished, { recursive: true })
  for (const { fileName, code } of chunks) await writeFile(join(unfinished, fileName), code)
  await writeCompiled(unfinished)
  await rm(join(into, name), { recursive: true, force: true })
  await rename(unfinished, join(into, name))

  const sources = Object.fromEntries([...states].filter(([path]) => modules.has(path) || !path.includes('/src/')))
  await writeFile(`${unfinished}.json`, JSON.stringify({ folder: name, sources }))
  const before = await folderInForce(into)
  await rename(`${unfinished}.json`, join(into, MANIFEST))
  const kept = [MANIFEST, name, before]
  for (const found of await readdir(into)) {
    if (!kept.includes(found)) await rm(join(into, found), { recursive: true, force: true })
  }
}

/**
 * One chunk for everything an analysis computes with, since a file costs more than what is not needed in it; the pages of
 * help load without it.
 */
async function toChunks(tasks: readonly string[]) {
  const build = await rolldown({
    cwd: root,
    platform: 'node',
    input: {
      'command-line': join(root, 'services/cli/src/run.ts'),
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
    codeSplitting: { groups: [{ name: 'analysis', test: /packages[\\/](domain[\\/]|adapters[\\/]compute[\\/]src[\\/](?!thread))|node_modules[\\/](zod|yaml)[\\/]/ }] },
  })
  await build.close()
  const chunks = output.filter((file) => file.type === 'chunk')
  return {
    chunks: chunks.map(({ fileName, code }) => ({ fileName, code: toAscii(code) })),
    modules: new Set(chunks.flatMap((chunk) => Object.keys(chunk.modules).map(pathOf))),
  }
}

/** Texts of one byte per character are read and kept in half the time and memory. */
const toAscii = (code: string): string =>
  code.replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Runs an analysis from the chunks and keeps what V8 compiled for it. */
async function writeCompiled(folder: string): Promise<void> {
  const bundle = openBundle(pathToFileURL(`${folder}/`))
  await tryOut(bundle.load('command-line.cjs').runCommandLine)
  for (const { name, script } of bundle.scripts()) {
    await writeFile(join(folder, name + COMPILED), script.createCachedData())
  }
}

async function folderInForce(into: string): Promise<string | null> {
  try {
    return JSON.parse(await readFile(join(into, MANIFEST), 'utf8')).folder
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
