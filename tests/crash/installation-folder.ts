import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { digest } from '@afferent/runtime'
import { answerOf, givenText } from '../testkit/analyze.ts'

/** The folder of an installation as a person sees it, with one study in it. */
export class InstallationFolder {
  readonly data: string
  private readonly study = 'small'

  constructor(data: string) {
    this.data = data
  }

  drop(name: string, text: string): void {
    const folder = join(this.data, 'drop', this.study)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `${name}.part`), text)
    renameSync(join(folder, `${name}.part`), join(folder, name))
  }

  /** Names in a folder of the vault. */
  names(...path: string[]): string[] {
    const folder = join(this.data, 'vault', ...path)
    return existsSync(folder) ? readdirSync(folder) : []
  }

  received(): number {
    return this.names('journal', this.study).filter((name) => /^\d+\.json$/.test(name)).length
  }

  /** Everything in the study's drop folder that is no folder, with its path, sorted. */
  dropped(): string[] {
    const folder = join(this.data, 'drop', this.study)
    const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory())
    return found.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort()
  }

  /** Hashes of what `latest` shows, by file name; empty before the first result. */
  published(): Record<string, string> {
    const folder = join(this.data, 'results', this.study, 'latest')
    if (!existsSync(join(folder, 'manifest.json'))) return {}
    return Object.fromEntries(
      readdirSync(folder)
        .sort()
        .map((file) => [file, digest(readFileSync(join(folder, file)))]),
    )
  }

  shows(expected: Record<string, string>): boolean {
    try {
      return this.published()['manifest.json'] === expected['manifest.json']
    } catch {
      return false // `latest` is being exchanged at this moment
    }
  }
}

/** Hashes of what `analyze` writes for the same files. */
export async function hashesInOneGo(study: string, files: Record<string, string>): Promise<Record<string, string>> {
  const { files: written } = await answerOf(
    study,
    Object.entries(files).map(([name, text]) => givenText(name, text)),
  )
  const sorted = [...written].sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted.map(([file, bytes]) => [file, digest(bytes)]))
}
