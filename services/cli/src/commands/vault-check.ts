import type { CommandDefinition } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { DATA_OPTION, openInstallation } from '../installation/open-installation.ts'
import { printable } from '../printable.ts'

/** Reads every byte of the store and compares it with its names, seals and journal. Changes nothing. */
export const vaultCheckCommand: CommandDefinition = {
  name: 'vault check',
  says: 'read the whole store and compare it with its hashes and its journal',
  options: [DATA_OPTION],
  examples: [
    ['vault check', 'the store of the installation in ./data'],
    ['vault check --data /mnt/backup', 'a copy: exit code 1 when something is damaged or missing'],
    ['vault check --json', 'for a monitoring script'],
  ],
  async run(context, given) {
    const { vault } = await openInstallation(context, given.text('data'))
    const { check } = await import('@afferent/vault')
    const report = await check(vault)
    const { objects, folders, files, entries, bytes, problems } = report
    context.result(report, () => {
      const lines = problems.map(({ name, says }) => `${context.paint('red', 'FAIL')} ${printable(name)} ${says}\n`)
      const n = (count: number): string => count.toLocaleString('en-US')
      const read = `${n(objects)} uploads, ${n(files)} files in ${n(folders)} folders, ${n(entries)} journal entries`
      const verdict = problems.length === 0 ? 'all as written' : `${n(problems.length)} not as written`
      return `${lines.join('')}${read}, ${n(bytes)} bytes: ${verdict}\n`
    })
    if (objects + folders + entries === 0) return EXIT.nothing
    return problems.length === 0 ? EXIT.ok : EXIT.findings
  },
}
