import type { Withdrawal } from '@afferent/pipeline'
import type { CommandDefinition } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { DATA_OPTION, openInstallation, requesting } from '../installation/open-installation.ts'

/** For a file dropped by mistake, or in the wrong study: out of force from now on, with a reason in the journal. */
export const withdrawCommand: CommandDefinition = {
  name: 'withdraw',
  says: 'take an upload out of force, with --erase its bytes too',
  arguments: [
    { name: '<study>', says: 'the study, as its folder below drop/ is named' },
    { name: '<number>', says: 'number of the upload: afferent status <study>' },
  ],
  options: [
    { flags: '--reason <text>', says: 'why; stands in the journal for ever', needed: true },
    { flags: '--erase', says: 'erase the bytes of the upload from the vault' },
    DATA_OPTION,
  ],
  examples: [
    ['withdraw trial-7 12 --reason "wrong study"', 'the next analysis leaves it out'],
    ['withdraw trial-7 12 --reason "named a patient" --erase', 'its bytes go as well'],
    ['withdraw trial-7 12 --reason "test file" --json', 'the journal entry, for a script'],
  ],
  async run(context, given) {
    const ports = await openInstallation(context, given.text('data'))
    const { withdrawUpload } = await import('@afferent/pipeline')
    const study = given.needed('study')
    const upload = given.number('number', { min: 1, max: 2 ** 31, whole: true }) ?? 0
    const how = { reason: given.needed('reason'), erase: given.flag('erase') }
    const done = await requesting(() => withdrawUpload(study, upload, how, ports))
    context.result({ study, ...done }, () => `Upload ${upload} is out of force.\n${aboutBytes(study, done)}`)
    return EXIT.ok
  },
}

function aboutBytes(study: string, { erased, heldBy }: Withdrawal): string {
  if (erased) {
    const elsewhere = 'Runs computed with it keep its figures until a sweep takes them'
    return `Its bytes are erased. ${elsewhere}; a copy in drop/${study}/ is yours to remove.\n`
  }
  if (heldBy.length === 0) return ''
  const others = heldBy.map((other) => `upload ${other.upload} of ${other.study}`).join(', ')
  return `Its bytes stay, because they are also those of ${others}; withdraw that too to erase them.\n`
}
