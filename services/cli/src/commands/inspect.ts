import type { Findings } from '@afferent/records'
import { readFiles } from '../analysis/read-files.ts'
import type { CommandDefinition } from '../command.ts'
import { CommandError } from '../command-error.ts'
import type { Context } from '../context.ts'
import { EXIT } from '../exit-codes.ts'

/** Shows what an unknown export looks like, and proposes a study file that runs as it is; if it does not, the answer says why. */
export const inspectCommand: CommandDefinition = {
  name: 'inspect',
  says: 'show what an export looks like and propose a study file for it',
  arguments: [{ name: '<file>', says: 'the export' }],
  options: [{ flags: '--write <study-file>', says: 'also write the proposed study file; never over an existing file' }],
  examples: [
    ['inspect diary.csv', 'encoding, delimiter, columns with their ranges, and a proposal'],
    ['inspect diary.csv --write study.yaml', 'and keep the proposal'],
    ['inspect diary.csv --json', 'the same for a script'],
  ],
  async run(context, given) {
    const [file] = await readFiles(context, [given.needed('file')])
    const [{ openCompute }, { PROFILE_EXPORT }, { parseStudy, proposeStudy }, { describeProfile }] = await Promise.all([
      import('@afferent/compute'),
      import('@afferent/pipeline'),
      import('@afferent/study'),
      import('../inspect/describe-profile.ts'),
    ])
    const { name, ref } = file as NonNullable<typeof file>
    const [found] = await openCompute({ threads: 1 }).map(PROFILE_EXPORT, [{ ref, name }])
    if (found?.kind !== 'profile') throw await toRefusal(name, found?.findings)
    const { profile } = found
    const proposal = proposeStudy(profile, studyNameOf(name))
    await writeProposal(context, given.text('write'), proposal.yaml)
    const parsed = parseStudy(proposal.yaml, 'study.yaml')
    const lacking = parsed.kind === 'study' ? [] : parsed.findings.map(({ message }) => message)
    context.result({ profile, proposal: { ...proposal, lacking } }, () => {
      const notes = proposal.notes.map((note) => `- ${note.replace(/^CHECK: /, '')}\n`).join('')
      const head = context.paint('bold', 'Proposed study file')
      const open = lacking.map((message) => `- ${message}\n`).join('')
      const body = `${proposal.yaml}${notes === '' ? '' : `\nTo check\n${notes}`}`
      return `${describeProfile(profile)}\n${head}\n\n${body}${open === '' ? '' : `\nDoes not run before this is repaired\n${open}`}`
    })
    return profile.rows === 0 ? EXIT.nothing : EXIT.ok
  },
}

/** The proposal is named after the export: `Diary export (2).csv` -> `Diary export (2)`; study.ts makes an id of it. */
const studyNameOf = (name: string): string => name.replace(/\.[^.]*$/, '')

async function writeProposal(context: Context, written: string | undefined, yaml: string): Promise<void> {
  if (written === undefined) return
  const { writeFile } = await import('node:fs/promises')
  try {
    await writeFile(context.path(written), yaml, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new CommandError(EXIT.usage, 'file-exists', `${written} is there already`, {
      remedy: 'name another file, or remove that one first',
    })
  }
  context.say(`study file written to ${written}`)
}

async function toRefusal(name: string, findings: Findings | undefined): Promise<CommandError> {
  const { findingAt, RULES } = await import('@afferent/records')
  const first = findings === undefined || findings.count === 0 ? undefined : findingAt(findings, 0)
  const rule = first?.rule ?? 'file-not-text'
  const { says, remedy } = RULES[rule]
  const line = first?.line ? `:${first.line}` : ''
  const detail = first?.detail ? ` (${first.detail})` : ''
  return new CommandError(EXIT.refused, rule, `${name}${line}: ${says}${detail}`, { remedy })
}
