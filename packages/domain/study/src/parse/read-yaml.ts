import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml'
import { printPath, type SettingPath, type StudyIssue } from './issue.ts'

/** A study file as plain values, and where each of them stands. */
export interface StudyText {
  readonly value: unknown
  /** Place of a setting's value, or of its name. A setting that is not there is placed at the one that should hold it. */
  locate(path: SettingPath, part: 'name' | 'value'): { line: number; column: number }
}

export type ReadYaml =
  | { readonly kind: 'yaml'; readonly text: StudyText }
  | { readonly kind: 'refused'; readonly issues: readonly StudyIssue[] }

const MAX_CHARACTERS = 1_000_000
/** Values in a study file, each use of an alias counted anew: a few thousand is a very large study. */
const MAX_VALUES = 100_000
const MAX_DEPTH = 20
/** One forgotten bracket makes hundreds of faults; the first ones tell. */
const MAX_FAULTS = 10

/**
 * YAML 1.2 to plain values (yes and no are words, not booleans). Keys are text as written; numbers stay text where the
 * study file holds words of an export, so that `missing: [-9.0]` means the cell '-9.0'. Never throws.
 */
export function readYaml(source: string, file: string): ReadYaml {
  const lines = new LineCounter()
  const placed = (offset: number, message: string, path = ''): StudyIssue => {
    const { line, col } = lines.linePos(offset)
    return { severity: 'error', file, line: Math.max(1, line), column: Math.max(1, col), path, message }
  }
  const refuse = (...issues: StudyIssue[]): ReadYaml => ({ kind: 'refused', issues })
  if (source.length > MAX_CHARACTERS) return refuse(placed(0, `a study file has at most ${MAX_CHARACTERS} characters`))
  const document = nestsTooDeeply(source) ? 'too deep' : parse(source, lines)
  if (document === 'too deep') return refuse(placed(0, 'the settings are nested too deeply'))
  const faults = [...document.errors, ...document.warnings].slice(0, MAX_FAULTS)
  if (faults.length > 0)
    return refuse(...faults.map((fault) => placed(fault.pos[0], `this is not YAML: ${fault.message}`)))
  const builder = new PlainBuilder(document)
  const value = builder.plain(document.contents, [])
  if (builder.fault !== null) return refuse(placed(builder.fault.offset, builder.fault.message, builder.fault.path))
  const pairs = new Map<YAMLMap, Map<string, Pair>>()
  return { kind: 'yaml', text: { value, locate: (path, part) => locate(document, lines, pairs, path, part) } }
}

/** Brackets (those in quotes as well) open at a time: the parser would spend its stack on them. */
function nestsTooDeeply(source: string): boolean {
  let open = 0
  for (const c of source) {
    if (c === '[' || c === '{') open++
    else if (c === ']' || c === '}') open = Math.max(0, open - 1)
    if (open > 10 * MAX_DEPTH) return true
  }
  return false
}

function parse(source: string, lineCounter: LineCounter): Document.Parsed | 'too deep' {
  try {
    // The parser looks for a name that is there twice among all before it; ours knows them.
    return parseDocument(source, {
      lineCounter,
      prettyErrors: false,
      uniqueKeys: false,
      stringKeys: true,
      merge: false,
    })
  } catch (error) {
    // The parser recurses: brackets nested by the ten thousand exhaust the stack.
    if (error instanceof RangeError) return 'too deep'
    throw error
  }
}

class PlainBuilder {
  fault: { offset: number; message: string; path: string } | null = null
  private readonly document: Document.Parsed
  private values = 0

  constructor(document: Document.Parsed) {
    this.document = document
  }

  plain(node: unknown, path: SettingPath): unknown {
    if (this.fault !== null || node === null || node === undefined) return null
    if (++this.values > MAX_VALUES || path.length > MAX_DEPTH) {
      return this.stop(node, path, path.length > MAX_DEPTH ? 'is nested too deeply' : 'holds too many values')
    }
    if (isAlias(node)) {
      const target = node.resolve(this.document)
      return target === undefined
        ? this.stop(node, path, 'names an anchor that is not there')
        : this.plain(target, path)
    }
    if (isMap(node)) return this.map(node.items, path)
    if (isSeq(node)) return node.items.map((item, i) => this.plain(item, [...path, i]))
    if (isScalar(node)) return this.scalar(node.value, node.source, path)
    return this.stop(node, path, 'has a form that no setting has')
  }

  private map(items: readonly Pair[], path: SettingPath): unknown {
    const out: Record<string, unknown> = {}
    for (const { key, value } of items) {
      const name = isScalar(key) ? String(key.value ?? '') : null
      if (name === null) return this.stop(key, path, 'has a name that is not a word')
      if (name === '__proto__') return this.stop(key, [...path, name], 'is not a setting')
      if (Object.hasOwn(out, name)) return this.stop(key, [], 'this setting is there twice: keep one')
      out[name] = this.plain(value, [...path, name])
    }
    return out
  }

  private scalar(value: unknown, source: string | undefined, path: SettingPath): unknown {
    if (typeof value === 'number' && !Number.isFinite(value) && !holdsText(path)) return String(source)
    const typed = typeof value === 'number' || typeof value === 'boolean'
    return typed && source !== undefined && holdsText(path) ? source : value
  }

  private stop(node: unknown, path: SettingPath, message: string): null {
    const offset = (node as Node).range?.[0] ?? 0
    this.fault ??= { offset, message: `${printPath(path)} ${message}`.trim(), path: printPath(path) }
    return null
  }
}

const TEXT_SETTINGS = new Set([
  'study',
  'title',
  'label',
  'name',
  'column',
  'constant',
  'unit',
  'files',
  'missingWhenEmpty',
])
const TEXT_MAPS = new Set(['columns', 'covariates', 'arms'])
const TEXT_PARENTS = new Set(['missing', 'ignore', 'visits', 'results'])

/** Whether words of an export or of the author stand there, so that a number or a truth value is meant as written. */
function holdsText(path: SettingPath): boolean {
  const last = path.at(-1)
  if (path[0] === 'analyses') return false
  if (path[0] === 'comparisons') return true
  if (last === 'reference') return false
  if (path.some((step) => TEXT_MAPS.has(String(step)))) return true
  if (path[2] === 'days' && path.includes('values')) return true
  return TEXT_SETTINGS.has(String(last)) || TEXT_PARENTS.has(String(path.at(-2)))
}

function locate(
  document: Document.Parsed,
  lines: LineCounter,
  pairs: Map<YAMLMap, Map<string, Pair>>,
  path: SettingPath,
  part: 'name' | 'value',
) {
  let node: unknown = document.contents
  let name: unknown = null
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const known = pairs.get(node) ?? pairsByName(node)
      pairs.set(node, known)
      const pair = known.get(String(step))
      if (pair === undefined) break
      name = pair.key
      node = pair.value
    } else if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
      node = node.items[step]
      name = node
    } else break
  }
  const at = (part === 'name' ? name : (node ?? name)) ?? document.contents
  const { line, col } = lines.linePos((at as Node | null)?.range?.[0] ?? 0)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}

function pairsByName(map: YAMLMap): Map<string, Pair> {
  const pairs = new Map<string, Pair>()
  for (const pair of map.items) if (isScalar(pair.key)) pairs.set(String(pair.key.value ?? ''), pair)
  return pairs
}
