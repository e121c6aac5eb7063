import { parseAst } from 'vitest/node'
import type { RepositoryFile } from './repository-files.ts'

/** One import of a file, whatever its form: static, dynamic, re-export, or a type. */
export interface Import {
  readonly from: string
  readonly line: number
  readonly specifier: string
  readonly form: 'static' | 'dynamic' | 'type'
}

/** A place where a file reaches for the world: clock, chance, process, locale. */
export interface WorldTouch {
  readonly what: string
  readonly line: number
}

export interface SourceFile {
  readonly path: string
  readonly imports: readonly Import[]
  readonly touches: readonly WorldTouch[]
}

interface Node {
  readonly type: string
  readonly start: number
  readonly [field: string]: unknown
}

/** Reads a source by its syntax tree, so that comments and texts cannot be taken for code. */
export function readSource(file: RepositoryFile): SourceFile {
  const imports: Import[] = []
  const touches: WorldTouch[] = []
  const declared = new Set<string>()
  const lineOf = (node: Node): number => file.text.slice(0, node.start).split('\n').length
  visit(parseAst(file.text, { lang: 'ts' }) as unknown as Node, null, (node, parent) => {
    const found = toImport(node)
    if (found !== null) imports.push({ from: file.path, line: lineOf(node), ...found })
    const what = toCallTouch(node) ?? toGlobalTouch(node, parent)
    if (what !== null) touches.push({ what, line: lineOf(node) })
    for (const name of declaredNames(node)) declared.add(name)
  })
  return { path: file.path, imports, touches: touches.filter(({ what }) => !declared.has(what)) }
}

function visit(node: Node, parent: Node | null, look: (node: Node, parent: Node | null) => void): void {
  look(node, parent)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && typeof child.type === 'string') visit(child, node, look)
    }
  }
}

function toImport(node: Node): Pick<Import, 'specifier' | 'form'> | null {
  const { source } = node as { source?: { value?: unknown } | null }
  const specifier = typeof source?.value === 'string' ? source.value : null
  if (specifier === null) return null
  if (node.type === 'ImportExpression') return { specifier, form: 'dynamic' }
  if (node.type === 'TSImportType') return { specifier, form: 'type' }
  if (node.type === 'ImportDeclaration') return { specifier, form: node.importKind === 'type' ? 'type' : 'static' }
  if (node.type.startsWith('Export')) return { specifier, form: node.exportKind === 'type' ? 'type' : 'static' }
  return null
}

const nameOf = (node: unknown): string => {
  const { type, name } = (node ?? {}) as { type?: string; name?: string }
  return type === 'Identifier' ? (name ?? '') : ''
}

/** Calls that are wrong only in some forms: `new Date()` but not `new Date(ms)`, `toLocaleString()` but not with a locale. */
function toCallTouch(node: Node): string | null {
  const { callee, arguments: given } = node as { callee?: Node; arguments?: readonly Node[] }
  if (callee === undefined || given === undefined) return null
  if (node.type === 'NewExpression') {
    if (nameOf(callee) === 'Date' && given.length === 0) return 'new Date()'
    if (nameOf(callee) === 'SharedArrayBuffer') return 'new SharedArrayBuffer'
    return nameOf(callee) === 'Function' ? 'new Function' : null
  }
  if (nameOf(callee) === 'Date') return 'Date()'
  const method = callee.type === 'MemberExpression' ? nameOf(callee.property) : ''
  if (method === 'localeCompare') return method
  return method.startsWith('toLocale') && given[0]?.type !== 'Literal' ? method : null
}

/** Globals that reach the world, by name. */
const GLOBALS = new Set([
  'process',
  'Buffer',
  'performance',
  'crypto',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'require',
  'eval',
  'console',
  '__dirname',
  '__filename',
])

function toGlobalTouch(node: Node, parent: Node | null): string | null {
  if (node.type === 'MemberExpression') {
    const path = `${nameOf(node.object)}.${nameOf(node.property)}`
    return path === 'Date.now' || path === 'Math.random' ? path : null
  }
  if (!GLOBALS.has(nameOf(node))) return null
  const isName = parent?.computed !== true && (parent?.property === node || parent?.key === node)
  return isName ? null : nameOf(node)
}

/** Names a node binds: variables, parameters, functions, imports. A file that binds `process` does not mean the global. */
function declaredNames(node: Node): string[] {
  if (node.type === 'VariableDeclarator') return patternNames(node.id as Node)
  if (node.type.startsWith('Import') && node.type.endsWith('Specifier')) return [nameOf(node.local)]
  if (!/Function|TSMethodSignature/.test(node.type)) return []
  const params = Array.isArray(node.params) ? (node.params as Node[]) : []
  return [nameOf(node.id), ...params.flatMap(patternNames)]
}

function patternNames(pattern: Node): string[] {
  if (pattern.type === 'Identifier') return [nameOf(pattern)]
  const parts = [pattern.left, pattern.argument, pattern.value, pattern.properties, pattern.elements].flat()
  return parts.filter((part) => part !== null && part !== undefined).flatMap((part) => patternNames(part as Node))
}
