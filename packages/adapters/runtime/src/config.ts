import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { ConfigError, type ConfigIssue } from './config-error.ts'
import { nearest } from './nearest.ts'
import { type ProjectFile, parseProjectFile } from './project-file.ts'

/** Where the value of a setting came from, strongest first. */
export type Origin = 'flag' | 'environment' | 'secret file' | 'project file' | 'default' | 'absent'

export interface Setting {
  readonly name: string
  /** As a person may see it: secrets are hidden. */
  readonly shown: string
  readonly origin: Origin
  /** What a person would open to change it: `--data`, `AFFERENT_DATA`, `afferent.env:3:1`; empty for defaults. */
  readonly where: string
}

export interface Config<T> {
  readonly values: T
  readonly settings: readonly Setting[]
}

export interface ConfigSources {
  /** Values of command-line flags by the name of their setting; undefined: the flag was not given. */
  readonly flags?: Readonly<Record<string, string | undefined>>
  readonly env: Readonly<Record<string, string | undefined>>
  /** A text of `AFFERENT_NAME=value` lines; secrets are refused in it. */
  readonly projectFile?: ProjectFile | null
  /** Settings of other parts of the installation that may stand in the same places. */
  readonly known?: readonly string[]
}

const secrets = z.registry<{ readonly secret: true }>()

/** Marks a setting as secret: taken from the environment or a `<NAME>_FILE` only, never shown, never in the project file. */
export function secret<S extends z.ZodType>(schema: S): S {
  secrets.add(schema, { secret: true })
  return schema
}

export const isSecret = (schema: z.ZodType): boolean => secrets.has(schema)

interface Found {
  readonly text: string
  readonly origin: Origin
  readonly where: string
}

/**
 * Settings of one part, read once at start.
 *
 * Definition  flag > `<NAME>` or `<NAME>_FILE` in the environment > project file > the schema's default.
 * Input       schema: a zod object whose keys are AFFERENT_* names. An empty text counts as not set (compose files
 *             pass `${NAME:-}`).
 * Output      the values, and for each setting where it came from (`afferent config show --origin`).
 * Throws      ConfigError with all issues: values the schema refuses, a name set both as `<NAME>` and `<NAME>_FILE`,
 *             an unreadable secret file, an unknown name in the project file, and in the environment an unknown name
 *             that looks like a mistyped one (clusters inject AFFERENT_* names of their own, so others are let be).
 */
export function readConfig<S extends z.ZodObject>(schema: S, sources: ConfigSources): Config<z.output<S>> {
  const issues: ConfigIssue[] = []
  const names = Object.keys(schema.shape)
  const file = parseProjectFile(sources.projectFile ?? null)
  reportUnknownNames([...names, ...(sources.known ?? [])], sources, file, issues)

  const found = new Map<string, Found>()
  for (const name of names) {
    const value = findValue(name, schema.shape[name] as z.ZodType, sources, file, issues)
    if (value !== null) found.set(name, value)
  }
  const parsed = schema.safeParse(Object.fromEntries([...found].map(([name, value]) => [name, value.text])))
  if (!parsed.success) issues.push(...parsed.error.issues.map((issue) => toIssue(issue, found)))
  if (issues.length > 0 || !parsed.success) throw new ConfigError(issues)
  return { values: parsed.data, settings: names.map((name) => toSetting(name, schema, parsed.data, found)) }
}

function findValue(
  name: string,
  schema: z.ZodType,
  sources: ConfigSources,
  file: ReadonlyMap<string, { text: string; where: string }>,
  issues: ConfigIssue[],
): Found | null {
  const flag = sources.flags?.[name]
  if (flag !== undefined) return { text: flag, origin: 'flag', where: 'command line' }
  const direct = sources.env[name] || undefined
  const secretFile = sources.env[`${name}_FILE`] || undefined
  if (direct !== undefined && secretFile !== undefined) {
    issues.push({ setting: name, where: 'environment', says: `set either ${name} or ${name}_FILE, not both` })
    return null
  }
  if (direct !== undefined) return { text: direct, origin: 'environment', where: name }
  if (secretFile !== undefined) return readSecretFile(name, secretFile, issues)
  const line = file.get(name)
  if (line === undefined || line.text === '') return null
  if (isSecret(schema)) {
    issues.push({ setting: name, where: line.where, says: `a secret comes from the environment or from ${name}_FILE` })
    return null
  }
  return { text: line.text, origin: 'project file', where: line.where }
}

function readSecretFile(name: string, path: string, issues: ConfigIssue[]): Found | null {
  try {
    return { text: readFileSync(path, 'utf8').trim(), origin: 'secret file', where: `${name}_FILE` }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
    issues.push({ setting: `${name}_FILE`, where: 'environment', says: `its file cannot be read (${code})` })
    return null
  }
}

function reportUnknownNames(
  known: readonly string[],
  sources: ConfigSources,
  file: ReadonlyMap<string, { where: string }>,
  issues: ConfigIssue[],
): void {
  const accepted = new Set(known.flatMap((name) => [name, `${name}_FILE`]))
  for (const [name, { where }] of file) {
    if (accepted.has(name)) continue
    const guess = nearest(name, known)
    const hint = guess === null ? `known are ${known.join(', ')}` : `did you mean ${guess}?`
    issues.push({ setting: name, where, says: `not a setting; ${hint}` })
  }
  for (const name of Object.keys(sources.env)) {
    if (!name.startsWith('AFFERENT_') || accepted.has(name)) continue
    const guess = mistyped(name, known)
    if (guess !== null)
      issues.push({ setting: name, where: 'environment', says: `not a setting; did you mean ${guess}?` })
  }
}

/** Only the part after the common prefix is compared: it alone tells settings apart. */
function mistyped(name: string, known: readonly string[]): string | null {
  const prefix = 'AFFERENT_'
  const guess = nearest(
    name.slice(prefix.length),
    known.map((other) => other.slice(prefix.length)),
  )
  return guess === null ? null : prefix + guess
}

function toIssue(issue: z.core.$ZodIssue, found: ReadonlyMap<string, Found>): ConfigIssue {
  const setting = String(issue.path[0] ?? '')
  return { setting, where: found.get(setting)?.where ?? 'not set', says: issue.message }
}

function toSetting(
  name: string,
  schema: z.ZodObject,
  values: Record<string, unknown>,
  found: ReadonlyMap<string, Found>,
): Setting {
  const value = values[name]
  const shown = value === undefined ? '' : isSecret(schema.shape[name] as z.ZodType) ? '(hidden)' : String(value)
  const from = found.get(name)
  if (from !== undefined) return { name, shown, origin: from.origin, where: from.where }
  return { name, shown, origin: value === undefined ? 'absent' : 'default', where: '' }
}
