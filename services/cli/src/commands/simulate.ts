import type { CommandDefinition } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { PART_NAMES, partsOf } from '../simulate/parts-of.ts'
import { textTable } from '../text-table.ts'

/** As the simulation names them; a test compares. Written here so that the help page loads nothing. */
export const SCENARIO_NAMES = [
  'migraine-prevention',
  'cluster',
  'fibromyalgia',
  'neuropathic-pain',
  'migraine-acute',
  'cluster-acute',
  'cluster-prevention',
  'chronic-migraine',
  'vns-implant',
] as const
const SHARE = { min: 0, max: 1 } as const

/** Makes exports of a trial that never was, with a study file that reads them and the truth behind them. */
export const simulateCommand: CommandDefinition = {
  name: 'simulate',
  says: 'make exports of a simulated trial, with its study file and the truth behind it',
  options: [
    { flags: '--out <folder>', says: 'a new folder for the files', needed: true },
    { flags: '--scenario <name>', says: 'kind of trial', choices: SCENARIO_NAMES, default: 'migraine-prevention' },
    {
      flags: '--with <parts>',
      says: `files beside the diary, parted by commas: ${PART_NAMES.join(', ')}; all; none; default: those of the scenario`,
    },
    { flags: '--seed <n>', says: 'the same seed gives the same files', default: '1' },
    { flags: '--subjects <n>', says: 'number of subjects', default: '200' },
    { flags: '--weeks <n>', says: 'weeks of treatment; default: as in published trials of the scenario' },
    { flags: '--compliance <share>', says: 'share of diary days with an entry; default: 0.89' },
    { flags: '--late <share>', says: 'share of entries submitted too late; default: 0.02' },
    { flags: '--duplicates <share>', says: 'share of entries that stand in the file twice; default: 0.005' },
    { flags: '--conflicts <share>', says: 'share of other records that come twice and disagree; default: 0.002' },
    { flags: '--missing <share>', says: 'share of answers, readings and results that are missing; default: 0.02' },
    { flags: '--dropout <share>', says: 'share of subjects who leave during treatment; default: 0.1' },
  ],
  examples: [
    ['simulate --out trial', '200 subjects of a migraine trial'],
    [
      'simulate --out pain --scenario fibromyalgia --with all --subjects 40 --seed 7',
      'a small trial with all kinds of files',
    ],
    ['simulate --out big --subjects 90000', 'about ten million diary rows'],
  ],
  async run(context, given) {
    const [{ simulate }, { writeTrial }, { describeTruth }] = await Promise.all([
      import('@afferent/simulation'),
      import('../simulate/write-trial.ts'),
      import('../simulate/describe-truth.ts'),
    ])
    const scenario = SCENARIO_NAMES.find((name) => name === given.needed('scenario')) ?? 'migraine-prevention'
    const seed = given.number('seed', { min: 0, max: 0xffff_ffff, whole: true }) ?? 1
    const subjects = given.number('subjects', { min: 1, max: 9_999_999, whole: true }) ?? 1
    const asked = {
      parts: partsOf(given.text('with')),
      weeks: given.number('weeks', { min: 1, max: 520, whole: true }),
      compliance: given.number('compliance', { min: 0.01, max: 1 }),
      late: given.number('late', SHARE),
      duplicates: given.number('duplicates', SHARE),
      conflicts: given.number('conflicts', SHARE),
      missing: given.number('missing', SHARE),
      dropout: given.number('dropout', SHARE),
    }
    const chosen = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
    const trial = simulate({ scenario, seed, subjects, ...chosen })

    const out = context.path(given.needed('out'))
    const files = await writeTrial(context, out, trial)
    const { unit, cut, options, arms } = trial.truth
    context.result({ out, files, truth: { unit, cut, options, arms: arms() } }, () => {
      const names = files.map(({ name, bytes }) => [name, bytes.toLocaleString('en-US')])
      return textTable([{ title: out }, { title: 'bytes', align: 'right' }], names) + describeTruth(trial.truth)
    })
    return EXIT.ok
  },
}
