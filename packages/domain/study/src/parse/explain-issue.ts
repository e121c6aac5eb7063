import { z } from 'zod'
import { didYouMean, suggestion } from './did-you-mean.ts'
import { printPath, type SettingPath } from './issue.ts'

/** A schema issue as a sentence, placed at the name of a setting or at its value. */
export interface Explained {
  readonly path: SettingPath
  readonly part: 'name' | 'value'
  readonly message: string
}

type ZodIssue = z.core.$ZodIssue
type Schema = z.core.$ZodType

/** Every fault of a raw study file, in words. `value` is what was parsed, `schema` what it should have been. */
export function explainIssues(issues: readonly ZodIssue[], schema: Schema, value: unknown): Explained[] {
  return issues.flatMap((issue) => explain(issue, [], schema, value))
}

function explain(issue: ZodIssue, above: SettingPath, schema: Schema, value: unknown): Explained[] {
  const path = [...above, ...(issue.path as (string | number)[])]
  const found = valueAt(value, path)
  const name = printPath(path)
  if (issue.code === 'unrecognized_keys') {
    const known = knownSettings(schema, path)
    return issue.keys.map((key) => ({
      path: [...path, key],
      part: 'name',
      message: `${printPath([...path, key])} is not a setting${suggestion(key, known)}`,
    }))
  }
  if (issue.code === 'invalid_union') {
    const branch = chooseBranch(issue.errors)
    if (branch !== null) return branch.flatMap((inner) => explain(inner, path, schema, value))
  }
  if (found === undefined) return [{ path, part: 'value', message: `${name} is missing` }]
  if (found === null) return [{ path, part: 'name', message: `${name} has no value; expected ${expectation(issue)}` }]
  const words = allWords(issue)
  const guess = typeof found === 'string' ? didYouMean(found, words) : null
  const hint = guess === null ? '' : `; did you mean ${guess}?`
  return [{ path, part: 'value', message: `${name} is ${printValue(found)}; expected ${expectation(issue)}${hint}` }]
}

/** The alternative the author meant: the one whose form fits, though something in it is wrong. */
function chooseBranch(branches: readonly (readonly ZodIssue[])[]): readonly ZodIssue[] | null {
  const fitting = branches.filter((branch) => branch.every((issue) => issue.path.length > 0 || !isWrongForm(issue)))
  return fitting[0] ?? null
}

const isWrongForm = (issue: ZodIssue): boolean =>
  issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union'

function allWords(issue: ZodIssue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String)
  return issue.code === 'invalid_union' ? issue.errors.flat().flatMap(allWords) : []
}

function expectation(issue: ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return FORMS[issue.expected] ?? issue.expected
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.join(', ')}`
    case 'too_small':
      if (issue.minimum === 1 && issue.origin in COUNTED)
        return `at least one${COUNTED[issue.origin]?.replace(/s$/, '')}`
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${countedIn(issue.origin)}`
    case 'too_big':
      return `at most ${issue.maximum}${countedIn(issue.origin)}`
    case 'invalid_format':
      return issue.format === 'date' ? 'a date such as 2026-03-31' : issue.message
    case 'invalid_union':
      return [...new Set(issue.errors.map((branch) => (branch[0] === undefined ? '' : expectation(branch[0]))))].join(
        ' or ',
      )
    default:
      return issue.message
  }
}

const FORMS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'settings',
  record: 'settings',
  tuple: 'a list of fixed length',
}

const COUNTED: Readonly<Record<string, string>> = { string: ' characters', array: ' items' }
const countedIn = (origin: string): string => COUNTED[origin] ?? ''

function printValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'settings'
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 60 ? `${text.slice(0, 60)}...` : text
}

function valueAt(value: unknown, path: SettingPath): unknown {
  let at: unknown = value
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined
    at = Object.hasOwn(at, step) ? (at as Record<string | number, unknown>)[step] : undefined
  }
  return at
}

/** Names of the settings that may stand at a place; several forms of a setting add up. */
function knownSettings(schema: Schema, path: SettingPath): string[] {
  let at: Schema[] = formsOf(schema)
  for (const step of path) at = at.flatMap((form) => childOf(form, step)).flatMap(formsOf)
  return [...new Set(at.flatMap((form) => (form instanceof z.ZodObject ? Object.keys(form.shape) : [])))]
}

function childOf(form: Schema, step: string | number): Schema[] {
  if (form instanceof z.ZodObject) return Object.hasOwn(form.shape, step) ? [form.shape[step]] : []
  if (form instanceof z.ZodRecord) return [form.valueType]
  if (form instanceof z.ZodArray) return [form.element]
  return []
}

function formsOf(schema: Schema): Schema[] {
  if (schema instanceof z.ZodOptional) return formsOf(schema.unwrap())
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(formsOf)
  return [schema]
}
