import type { ExplainOutcome } from '@afferent/pipeline'
import { openAnalysis } from '../analysis/open-analysis.ts'
import { readGiven } from '../analysis/read-given.ts'
import type { CommandDefinition } from '../command.ts'
import { CommandError } from '../command-error.ts'
import { EXIT } from '../exit-codes.ts'
import { DATA_OPTION } from '../installation/open-installation.ts'

/** From a number back through windows, days, rows and other values to the lines of the files it came from. */
export const explainCommand: CommandDefinition = {
  name: 'explain',
  says: 'show how one number came about, down to the lines of the exports',
  arguments: [
    { name: '<subject>', says: 'id of the subject, as in the export or as USUBJID' },
    { name: '<paramcd>', says: 'parameter: MHD, PNAVGW, ...' },
    { name: '[file...]', says: 'exports, with --study' },
  ],
  options: [
    { flags: '--study <file>', says: 'the study file' },
    { flags: '--run <id>', says: 'a run of the installation, in place of exports and study file' },
    { flags: '--visit <n>', says: 'one AVISITN, day by day; without it all visits' },
    { flags: '--days', says: 'every day, row and value, however long the list' },
    { flags: '--deep', says: 'also explain the values that it rests on, and those they rest on' },
    DATA_OPTION,
  ],
  examples: [
    ['explain P017 MHD diary.csv --study study.yaml --visit 1', 'one period, day by day'],
    ['explain P017 MHD --run 3f2a91bc0d11', 'all visits, from what an installation keeps'],
    ['explain P017 MHD diary.csv --study study.yaml --json', 'all of it for a script'],
  ],
  async run(context, given) {
    const { study, files } = await readGiven(context, given, 'explain')
    const ports = await openAnalysis(context, given, files)
    const { explain } = await import('@afferent/pipeline')
    const visit = given.number('visit', { min: -32_768, max: 32_767, whole: true }) ?? null
    const subject = given.needed('subject')
    const parameter = given.needed('paramcd').toUpperCase()
    const outcome = await explain(files, study, { subject, parameter, visit }, ports)
    ports.end()
    if (outcome.kind !== 'explained') throw await toRefusal(outcome, subject, parameter, visit)
    const { explained } = outcome
    const { explanations } = explained
    const [{ describeExplanation, WINDOWS_WITH_DAYS }, { explanationJson }, { reachableFrom }] = await Promise.all([
      import('../explain/describe-explanation.ts'),
      import('../explain/explanation-json.ts'),
      import('../explain/describe-rest.ts'),
    ])
    const others = reachableFrom(explanations, explained.restsOf)
    const all = given.flag('days')
    const shown = given.flag('deep') ? [...explanations, ...others] : explanations
    const toText = (one: (typeof explanations)[number]): string => {
      const days = all || (visit !== null && one.windows.length <= WINDOWS_WITH_DAYS)
      return describeExplanation(one, explained, { days, all }, context.paint)
    }
    context.result(
      {
        explanations: explanations.map((one) => explanationJson(one, explained)),
        restsOn: others.map((one) => explanationJson(one, explained)),
      },
      () => shown.map(toText).join('\n'),
    )
    return EXIT.ok
  },
}

type Refused = Exclude<ExplainOutcome, { readonly kind: 'explained' }>

async function toRefusal(outcome: Refused, subject: string, parameter: string, visit: number | null) {
  if (outcome.kind === 'unknown-subject') {
    return new CommandError(EXIT.nothing, 'subject-unknown', `no usable record of subject ${subject}`, {
      remedy: `subjects here: ${outcome.like.join(', ')}, ...`,
    })
  }
  if (outcome.kind === 'unknown-parameter') {
    const { nearest } = await import('@afferent/runtime')
    const like = nearest(parameter, outcome.known)
    return new CommandError(EXIT.usage, 'parameter-unknown', `this study does not compute ${parameter}`, {
      remedy: `${like === null ? '' : `did you mean ${like}? `}it computes ${outcome.known.join(', ')}`,
    })
  }
  const { known } = outcome
  const says = `${parameter} of ${subject} has no row at visit ${visit}`
  const rows = known.map(({ visit: number, label }) => `${number} (${label})`).join(', ')
  return new CommandError(EXIT.nothing, 'visit-unknown', says, {
    remedy: known.length === 0 ? 'a time to event has no visit: leave --visit out' : `its rows: ${rows}`,
  })
}
