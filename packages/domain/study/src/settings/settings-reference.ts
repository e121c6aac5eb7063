import { z } from 'zod'
import { markdownTable } from '../markdown.ts'
import { EVERY, FIELDS } from './fields.ts'
import { PRESET_NAMES } from './preset-names.ts'
import { PRESETS } from './presets.ts'
import { STUDY_SETTINGS } from './settings.ts'

type Schema = z.core.$ZodType

/** SETTINGS.md: every setting with its form and description, made from the schema that reads study files. */
export function settingsReference(): string {
  const presets = PRESET_NAMES.map((name) => [`\`${name}\``, PRESETS[name].says])
  return [
    '# Settings of study.yaml',
    '',
    'Made from the schema in `src/settings`; a test keeps it up to date. `*` stands for a',
    'name of your own, `[]` for an entry of a list. A setting with several forms is listed with each.',
    '',
    ...markdownTable(['preset', 'what it names'], presets),
    '',
    ...markdownTable(['setting', 'form', 'meaning'], rows(STUDY_SETTINGS, '')),
    '',
    'Fields that columns are mapped to; of several units the first is the default.',
    '',
    ...markdownTable(['field', 'layouts', 'units', 'meaning'], fieldRows()),
    '',
  ].join('\n')
}

function rows(schema: Schema, path: string): string[][] {
  const children = childrenOf(schema)
  const own = children.flatMap(({ name, child }) => {
    const at = path === '' ? name : `${path}${name.startsWith('[') ? '' : '.'}${name}`
    const says = z.globalRegistry.get(child)?.description ?? ''
    const row = says === '' ? [] : [[`\`${at}\``, formOf(child), says]]
    return PER_FIELD.has(path) ? [] : [...row, ...rows(child, at)]
  })
  const [first] = children
  if (!PER_FIELD.has(path) || first === undefined) return own
  return rows(first.child, `${path}.*`).filter(([name]) => !name?.includes('*[]'))
}

/** Settings by field: what each field is stands in a table of its own, how it is mapped is said once. */
const PER_FIELD = new Set(['sources[].columns', 'sources[].days'])

function fieldRows(): string[][] {
  return Object.entries(FIELDS)
    .filter(([name]) => name !== 'covariate')
    .map(([name, { layouts, units, says }]) => [
      `\`${name}\``,
      layouts === EVERY ? 'every' : layouts.join(', '),
      units.join(', '),
      says,
    ])
}

function childrenOf(schema: Schema): { name: string; child: Schema }[] {
  if (schema instanceof z.ZodOptional) return childrenOf(schema.unwrap())
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(childrenOf)
  if (schema instanceof z.ZodArray)
    return childrenOf(schema.element).map(({ name, child }) => ({ name: `[].${name}`, child }))
  if (schema instanceof z.ZodRecord)
    return childrenOf(schema.valueType as Schema).map(({ name, child }) => ({ name: `*.${name}`, child }))
  if (schema instanceof z.ZodObject)
    return Object.entries<Schema>(schema.shape).map(([name, child]) => ({ name, child }))
  return []
}

function formOf(schema: Schema): string {
  if (schema instanceof z.ZodOptional) return formOf(schema.unwrap())
  if (schema instanceof z.ZodUnion) return [...new Set(schema.options.map(formOf))].join(' or ')
  if (schema instanceof z.ZodArray) return `list of ${formOf(schema.element)}`
  if (schema instanceof z.ZodTuple) return 'list of fixed length'
  if (schema instanceof z.ZodRecord) return 'names to values'
  if (schema instanceof z.ZodObject) return 'settings'
  if (schema instanceof z.ZodEnum)
    return schema.options.map((word) => `\`${String(word).replace('\t', '\\t')}\``).join(', ')
  if (schema instanceof z.ZodLiteral) return [...schema.values].map((word) => `\`${String(word)}\``).join(', ')
  if (schema instanceof z.ZodBoolean) return 'true or false'
  if (schema instanceof z.ZodNumber) return schema.format === 'safeint' ? 'whole number' : 'number'
  return 'text'
}
