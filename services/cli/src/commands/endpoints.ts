import { readStudy } from '../analysis/read-study.ts'
import type { CommandDefinition } from '../command.ts'
import { CommandError } from '../command-error.ts'
import { EXIT } from '../exit-codes.ts'

/** What every parameter and analysis means, as the catalogue that computes them has it. */
export const endpointsCommand: CommandDefinition = {
  name: 'endpoints',
  says: 'show what each parameter means: formula, windows, missing data, source, conventions',
  arguments: [{ name: '[code...]', says: 'parameters (MMD, PNAVGW, ...) or analyses (WILSON); without one, the list' }],
  options: [
    { flags: '--study <file>', says: 'with the settings of this study, and what it computes' },
    { flags: '--family <name>', says: 'one family alone, such as headache or pain' },
    { flags: '--markdown', says: 'as a page; with --study, as the methods of that study' },
  ],
  examples: [
    ['endpoints', 'every parameter that can be computed'],
    ['endpoints MMD MHD --study study.yaml', 'two of them in full, with the numbers of a study'],
    ['endpoints --study study.yaml --markdown > methods.md', 'the methods section of a protocol'],
  ],
  async run(context, given) {
    const written = given.text('study')
    const study = written === undefined ? null : (await readStudy(context, written)).analytic
    const { chooseEndpoints } = await import('../endpoints/choose-endpoints.ts')
    const codes = given.list('code')
    const chosen = chooseEndpoints(study, codes, given.text('family'))
    if (chosen.kind === 'unknown') {
      const { nearest } = await import('@afferent/runtime')
      const like = nearest(chosen.word, chosen.known)
      throw new CommandError(EXIT.usage, `${chosen.what}-unknown`, `there is no ${chosen.what} ${chosen.word}`, {
        remedy: like === null ? `see: afferent endpoints` : `did you mean ${like}?`,
      })
    }
    const { describeEndpoints, toJson, toMarkdown } = await import('../endpoints/describe-endpoints.ts')
    context.result(toJson(chosen), () =>
      given.flag('markdown') ? toMarkdown(chosen) : describeEndpoints(chosen, codes.length > 0, context.paint),
    )
    return EXIT.ok
  },
}
