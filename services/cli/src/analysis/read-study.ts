import { readFile } from 'node:fs/promises'
import type { Study } from '@afferent/study'
import { CommandError } from '../command-error.ts'
import type { Context } from '../context.ts'
import { EXIT } from '../exit-codes.ts'

/** The study file a person named, or a refusal with every issue at its line and column. */
export async function readStudy(context: Context, written: string): Promise<Study> {
  const { parseStudy, printIssue } = await import('@afferent/study')
  const text = await readFile(context.path(written), 'utf8')
  const parsed = parseStudy(text, written)
  if (parsed.kind === 'refused') {
    const n = parsed.findings.length
    throw new CommandError(EXIT.refused, 'study-refused', `${written} has ${n} ${n === 1 ? 'error' : 'errors'}`, {
      details: parsed.findings.map(printIssue),
      remedy: 'correct the lines named; all settings: packages/domain/study/SETTINGS.md',
    })
  }
  for (const warning of parsed.warnings) context.say(printIssue(warning))
  return parsed.study
}
