import type { CommandDefinition } from '../command.ts'
import { EXIT } from '../exit-codes.ts'

/** Prints the JSON Schema of the study file, for editors that check while one types. */
export const schemaCommand: CommandDefinition = {
  name: 'schema',
  says: 'print the JSON Schema of the study file',
  examples: [
    ['schema > study.schema.json', 'write it to a file'],
    ['schema --json', 'the same inside the usual envelope'],
    ['schema | head -40', 'look at its beginning'],
  ],
  async run(context) {
    const { studyJsonSchema } = await import('@afferent/study')
    const schema = studyJsonSchema()
    context.result({ schema }, () => `${JSON.stringify(schema, null, 2)}\n`)
    return EXIT.ok
  },
}
