import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { AnalyzedFile } from '@afferent/pipeline'
import { CommandError } from '../command-error.ts'
import type { Context } from '../context.ts'
import { EXIT } from '../exit-codes.ts'

/** Files a person named, with the names that sources of the study file match: their last path segment, in NFC. */
export async function readFiles(context: Context, written: readonly string[]): Promise<AnalyzedFile[]> {
  const files: AnalyzedFile[] = []
  const taken = new Map<string, string>()
  for (const word of written) {
    const path = context.path(word)
    const facts = await stat(path)
    if (!facts.isFile()) {
      throw new CommandError(EXIT.refused, 'not-a-file', `${word} is not a file`, {
        remedy: facts.isDirectory() ? `name the files in it: ${word}/*.csv` : 'name a plain file',
      })
    }
    const name = basename(path).normalize('NFC')
    const other = taken.get(name)
    if (other !== undefined) {
      throw new CommandError(EXIT.usage, 'name-taken', `${word} and ${other} have the same name`, {
        remedy: 'rename one of them: a file of a known name counts as a new version of it',
      })
    }
    taken.set(name, word)
    files.push({ name, ref: { kind: 'file', path }, size: facts.size })
  }
  return files
}
