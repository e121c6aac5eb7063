import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')

/** Folders that hold no source: what is installed or bundled, what runs leave behind, what version control keeps. */
const SKIPPED = /(^|\/)(node_modules|\.git|coverage|dist)$|^data$|^tests\/bench\/(data|results)$/

/** A file of the repository: path from its root, with `/`. */
export interface RepositoryFile {
  readonly path: string
  readonly text: string
}

/** All files below a folder of the repository whose names end in one of the endings, in byte order of their paths. */
export function readFiles(folder: string, endings: readonly string[]): RepositoryFile[] {
  const paths = walk(folder).filter((path) => endings.some((ending) => path.endsWith(ending)))
  return paths.sort().map((path) => ({ path, text: readFileSync(join(repositoryRoot, path), 'utf8') }))
}

function walk(folder: string): string[] {
  return readdirSync(join(repositoryRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isFile()) return [path]
    return entry.isDirectory() && !SKIPPED.test(path) ? walk(path) : []
  })
}
