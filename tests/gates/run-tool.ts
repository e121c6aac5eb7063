import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url))

export interface ToolRun {
  readonly code: number
  /** Both streams as they came; empty when they were passed through. */
  readonly output: string
}

/**
 * Runs the command of an npm package with this Node, in the root of the repository, without standard input.
 * Settings of a running installation are kept away, and the zone is an unusual one, so that nothing passes only here.
 */
export function runTool(
  name: string,
  args: readonly string[],
  options: { env?: Record<string, string>; passThrough?: boolean } = {},
): Promise<ToolRun> {
  const kept = Object.entries(process.env).filter(([key]) => !key.startsWith('AFFERENT_') && key !== 'INIT_CWD')
  const env = { ...Object.fromEntries(kept), TZ: 'Pacific/Chatham', ...options.env }
  const output = options.passThrough ? 'inherit' : 'pipe'
  const child = spawn(process.execPath, [commandOf(name), ...args], {
    cwd: repositoryRoot,
    env,
    stdio: ['ignore', output, output],
  })
  const parts: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (part) => parts.push(part))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output: parts.join('') }))
  })
}

function commandOf(name: string): string {
  const manifest = join(repositoryRoot, 'node_modules', name, 'package.json')
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: string | Record<string, string> }
  const file = typeof bin === 'string' ? bin : Object.values(bin)[0]
  if (file === undefined) throw new Error(`${name} has no command`)
  return join(dirname(manifest), file)
}
