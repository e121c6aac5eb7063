import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { allSettings, KNOWN_SETTINGS } from '@afferent/cli'
import { IntakeConfig } from '@afferent/intake'
import { PortalConfig } from '@afferent/portal'
import { readConfig } from '@afferent/runtime'
import { SchedulerConfig } from '@afferent/scheduler'
import { WorkerConfig } from '@afferent/worker'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readCompose, readDockerfile, readRedisConf, repositoryRoot } from './read-infra.ts'

const compose = readCompose()
const SCHEMAS = { intake: IntakeConfig, portal: PortalConfig, scheduler: SchedulerConfig, worker: WorkerConfig }
const ours = Object.keys(SCHEMAS) as (keyof typeof SCHEMAS)[]

/** What compose passes on when a person has set nothing: `${NAME:-default}` is its default. */
const withoutPerson = (value: string | number): string => String(value).replace(/\$\{\w+:-([^}]*)\}/g, '$1')

describe('docker-compose.yml', () => {
  it('runs every service but the command line, and a queue', () => {
    const folders = readdirSync(join(repositoryRoot, 'services')).filter((name) => name !== 'cli')
    expect(Object.keys(compose.services).sort()).toEqual([...folders, 'redis'].sort())
    expect(folders.sort()).toEqual([...ours].sort())
  })

  it.each(ours)('starts %s by a file that is there, once the queue answers', (name) => {
    const service = compose.services[name]
    expect(service?.command).toEqual(['node', `services/${name}/src/main.ts`])
    expect(existsSync(join(repositoryRoot, service?.command[1] as string))).toBe(true)
    expect(service?.depends_on).toHaveProperty('redis')
    expect(existsSync(join(repositoryRoot, service?.build?.dockerfile as string))).toBe(true)
  })

  it.each(ours)('gives %s only settings it knows, with values it takes', (name) => {
    const environment = compose.services[name]?.environment ?? {}
    expect(Object.keys(environment)).toContain('AFFERENT_DATA')
    expect(Object.keys(environment).filter((setting) => !(setting in SCHEMAS[name].shape))).toEqual([])
    const env = Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, withoutPerson(value)]))
    expect(() => readConfig(SCHEMAS[name], { env })).not.toThrow()
  })

  it('offers to set from outside only what a service knows', () => {
    const text = readFileSync(join(repositoryRoot, 'docker-compose.yml'), 'utf8')
    const offered = [...text.matchAll(/\$\{(AFFERENT_\w+)/g)].map((match) => match[1] as string)
    expect(offered.length).toBeGreaterThan(0)
    const known = ours.flatMap((name) => Object.keys(SCHEMAS[name].shape))
    expect(offered.filter((name) => name !== 'AFFERENT_USER' && !known.includes(name))).toEqual([])
  })

  it('keeps the data of all services in one folder, and runs none of them as root', () => {
    for (const name of ours) {
      const { volumes, user, environment } = compose.services[name] ?? {}
      expect(volumes).toEqual([`./data:${environment?.AFFERENT_DATA}`])
      expect(withoutPerson(user ?? '')).toBe('1000:1000')
    }
  })

  it('publishes pages on the loopback address only, on the port the portal listens on', () => {
    const { ports, environment } = compose.services.portal ?? {}
    expect(ports).toEqual([`127.0.0.1:8080:${environment?.AFFERENT_PORTAL_PORT}`])
    const published = Object.entries(compose.services).filter(([, service]) => service.ports !== undefined)
    expect(published.map(([name]) => name)).toEqual(['portal'])
  })
})

describe('the Redis of the installation', () => {
  it('never drops a job to make room, and survives a restart (queue-facts Q18)', () => {
    const directives = readRedisConf()
    expect(directives.get('maxmemory-policy')).toBe('noeviction')
    expect(directives.get('appendonly')).toBe('yes')
    expect(directives.get('dir')).toBe('/data')
  })

  it('reads its configuration from a file that is there, and keeps its data in a volume', () => {
    const { command, volumes = [] } = compose.services.redis ?? {}
    const [file, target] = (volumes[0] ?? '').split(':')
    expect(existsSync(join(repositoryRoot, file as string))).toBe(true)
    expect(command).toEqual(['redis-server', target])
    expect(volumes[1]).toBe('redis:/data')
    expect(compose.volumes).toHaveProperty('redis')
  })
})

describe('the image', () => {
  const instructions = readDockerfile()
  const restOf = (name: string): string[] => instructions.filter((i) => i.instruction === name).map((i) => i.rest)

  it('has the Node that the project declares', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'))
    const major = /^node:(\d+)-/.exec(restOf('FROM')[0] ?? '')?.[1]
    expect(`${major}.x`).toBe(devDependencies.node)
  })

  it('has the Node for which pnpm chooses packages', () => {
    const { nodeVersion } = parse(readFileSync(join(repositoryRoot, 'pnpm-workspace.yaml'), 'utf8'))
    expect(restOf('FROM')[0]).toContain(`node:${nodeVersion.split('.')[0]}-`)
  })

  it('runs as another user than root from before anything is copied or installed', () => {
    const names = instructions.map(({ instruction }) => instruction)
    expect(restOf('USER')).toEqual(['node'])
    expect(names.indexOf('USER')).toBeLessThan(names.indexOf('COPY'))
    for (const copy of restOf('COPY')) expect(copy).toMatch(/^--chown=node:node /)
  })

  it('copies what is there, all packages and services among it, and starts a file that is there', () => {
    const copied = restOf('COPY').flatMap((rest) => rest.split(' ').slice(1, -1))
    for (const path of copied) expect(existsSync(join(repositoryRoot, path)), path).toBe(true)
    expect(copied).toEqual(expect.arrayContaining(['packages', 'services', 'pnpm-lock.yaml', 'pnpm-workspace.yaml']))
    const [, file] = JSON.parse(restOf('CMD')[0] ?? '[]') as string[]
    expect(existsSync(join(repositoryRoot, file as string))).toBe(true)
  })

  it('leaves the data of people and what is installed on this machine out of the build', () => {
    const ignored = readFileSync(join(repositoryRoot, '.dockerignore'), 'utf8').split('\n')
    for (const path of ['data', '**/node_modules', '.git']) expect(ignored).toContain(path)
  })
})

describe('the settings of an installation', () => {
  it('are all known to the command line, so that it notices mistyped ones', async () => {
    const schema = await allSettings()
    expect([...KNOWN_SETTINGS].sort()).toEqual(Object.keys(schema.shape).sort())
  })
})
