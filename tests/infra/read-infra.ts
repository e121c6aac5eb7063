import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url))

const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8')

export interface ComposeService {
  readonly image?: string
  readonly command: readonly string[]
  readonly environment?: Readonly<Record<string, string | number>>
  readonly volumes?: readonly string[]
  readonly ports?: readonly string[]
  readonly user?: string
  readonly depends_on?: Readonly<Record<string, unknown>>
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly build?: { readonly context: string; readonly dockerfile: string }
}

export interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>
  readonly volumes: Readonly<Record<string, unknown>>
}

/** docker-compose.yml with its anchors and merges resolved. */
export const readCompose = (): Compose => parse(read('docker-compose.yml'), { merge: true }) as Compose

/** Instructions of the Dockerfile in order, continued lines joined. */
export function readDockerfile(): { readonly instruction: string; readonly rest: string }[] {
  const lines = read('infra/Dockerfile').replaceAll('\\\n', ' ').split('\n')
  const isInstruction = (line: string): boolean => line.trim() !== '' && !line.startsWith('#')
  return lines.filter(isInstruction).map((line) => {
    const [instruction = '', ...rest] = line.split(' ')
    return { instruction, rest: rest.join(' ') }
  })
}

/** Directives of infra/redis.conf; the last of equal names counts, as in Redis. */
export function readRedisConf(): Map<string, string> {
  const lines = read('infra/redis.conf').split('\n')
  const directives = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'))
  return new Map(directives.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]))
}
