import type { CommandDefinition } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { DATA_OPTION, openInstallation } from '../installation/open-installation.ts'
import { removeFromView } from '../installation/remove-from-view.ts'
import { runsKept } from '../installation/runs-kept.ts'

/** Makes room: tables of old runs and whatever no kept run needs. All of it can be computed again. */
export const vaultSweepCommand: CommandDefinition = {
  name: 'vault sweep',
  says: 'make room: remove tables of old runs, and what no kept run needs',
  options: [
    DATA_OPTION,
    { flags: '--keep-runs <n>', says: 'runs of a study whose tables stay; default: keepRuns of its study file, or 20' },
    { flags: '--dry-run', says: 'say what would go, and remove nothing' },
  ],
  examples: [
    ['vault sweep --dry-run', 'what would go, and how much room that makes'],
    ['vault sweep', 'uploads, journal, manifests and study files stay for ever'],
    ['vault sweep --keep-runs 5', 'keep the tables of the last five runs of every study'],
  ],
  async run(context, given) {
    const { vault, data, now } = await openInstallation(context, given.text('data'))
    const asked = given.number('keep-runs', { min: 1, max: 1_000_000, whole: true })
    const dryRun = given.flag('dry-run')
    const { sweep } = await import('@afferent/vault')
    const report = await sweep(vault, { keepRuns: asked ?? (await runsKept(vault)), dryRun, now: now() })
    if (!dryRun) await removeFromView(data, report.removed)
    context.result({ ...report, dryRun }, () => {
      const { removed, bytes, kept } = report
      const what = `${removed.length.toLocaleString('en-US')} names, ${bytes.toLocaleString('en-US')} bytes`
      const names = dryRun ? removed.map((name) => `${name}\n`).join('') : ''
      return `${names}${what} ${dryRun ? 'would go' : 'went'}; ${kept.toLocaleString('en-US')} folders stay\n`
    })
    return EXIT.ok
  },
}
