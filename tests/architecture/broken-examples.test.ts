import { describe, expect, it } from 'vitest'
import { checkImport, type Manifest } from './check-imports.ts'
import { checkPurity } from './check-purity.ts'
import type { Room } from './floor-plan.ts'
import { readSource } from './read-source.ts'

/** Every room declares everything, so that only the plan itself can object. */
const generous = (room: Room): Manifest => ({
  name: room.name,
  exports:
    room.name === '@afferent/records' ? { '.': './src/index.ts', './arrow': './a.ts' } : { '.': './src/index.ts' },
  dependencies: Object.fromEntries(
    ['records', 'study', 'metrics', 'validation', 'pipeline', 'vault', 'queue', 'worker', 'ledger']
      .map((name) => [`@afferent/${name}`, 'workspace:*'])
      .concat([
        ['yaml', '2'],
        ['bullmq', '6'],
        ['zod', '4'],
        ['pino', '10'],
      ]),
  ),
  devDependencies: { 'fast-check': '4' },
})

function complaints(path: string, text: string): string[] {
  const source = readSource({ path, text })
  return [...source.imports.flatMap((found) => checkImport(found, generous) ?? []), ...checkPurity(source)]
}

describe('the import test catches', () => {
  it.each([
    [
      'a metric that reads the vault',
      'packages/domain/metrics/src/x.ts',
      "import { openVault } from '@afferent/vault'",
    ],
    [
      'a record table that knows studies',
      'packages/domain/records/src/x.ts',
      "import type { Study } from '@afferent/study'",
    ],
    ['a metric that validates', 'packages/domain/metrics/src/x.ts', "export * from '@afferent/validation'"],
    [
      'an adapter that knows the pipeline',
      'packages/adapters/queue/src/x.ts',
      "import type { Step } from '@afferent/pipeline'",
    ],
    ['a package that imports a service', 'packages/adapters/vault/src/x.ts', "import { w } from '@afferent/worker'"],
    ['a service that imports a service', 'services/intake/src/x.ts', "await import('@afferent/worker')"],
    ['a disk in the domain', 'packages/domain/study/src/x.ts', "import { readFileSync } from 'node:fs'"],
    ['a disk under its old name', 'packages/adapters/vault/src/x.ts', "import fs from 'fs'"],
    ['a library outside the room that owns it', 'packages/domain/pipeline/src/x.ts', "import { parse } from 'yaml'"],
    ['a library in a type alone', 'services/worker/src/x.ts', "let job: import('bullmq').Job"],
    ['a library nobody declared', 'packages/domain/study/src/x.ts', "import _ from 'lodash'"],
    ['a development dependency in a source', 'packages/domain/study/src/x.ts', "import fc from 'fast-check'"],
    ['vitest in a source', 'packages/domain/study/src/x.ts', "import { it } from 'vitest'"],
    ['a window beside the door', 'services/worker/src/x.ts', "import { plan } from '@afferent/pipeline/src/plan.ts'"],
    ['a path into another package', 'packages/domain/metrics/src/x.ts', "import '../../study/src/zones.ts'"],
    [
      'a test that reaches past a door',
      'tests/pipeline/x.test.ts',
      "import '../../packages/domain/study/src/zones.ts'",
    ],
    ['an import without its ending', 'packages/domain/metrics/src/x.ts', "import { y } from './y'"],
  ])('%s', (_, path, text) => {
    expect(complaints(path, text)).toHaveLength(1)
    expect(complaints(path, text)[0]).toContain(`${path}:1`)
  })

  it.each([
    'const t = Date.now()',
    'const t = new Date()',
    'const t = Date()',
    'const x = Math.random()',
    'const x = process.env.TZ',
    "const x = Buffer.from('a')",
    'const x = performance.now()',
    'const x = crypto.randomUUID()',
    'setTimeout(() => {}, 1)',
    'names.sort((a, b) => a.localeCompare(b))',
    'const x = (1234.5).toLocaleString()',
    'const x = new SharedArrayBuffer(8)',
    "const f = new Function('return 1')",
    "console.log('x')",
  ])('%s in the domain', (text) => {
    expect(complaints('packages/domain/metrics/src/x.ts', text)).toHaveLength(1)
    expect(complaints('packages/domain/metrics/src/x.test.ts', text)).toEqual([])
    expect(complaints('packages/adapters/vault/src/x.ts', text)).toEqual([])
  })
})

describe('the import test lets pass', () => {
  it.each([
    ['packages/domain/metrics/src/x.ts', "import type { Study } from '@afferent/study'\nimport { y } from './y.ts'"],
    ['packages/domain/records/src/arrow/x.ts', "import { z } from 'zod'"],
    ['services/worker/src/x.ts', "import { toArrow } from '@afferent/records/arrow'"],
    ['packages/domain/study/src/x.test.ts', "import fc from 'fast-check'\nimport { it } from 'vitest'"],
    ['packages/domain/study/src/x.test.ts', "import { f } from '../../../../tests/testkit/temporary-folder.ts'"],
    [
      'packages/domain/metrics/src/x.ts',
      "// import { readFileSync } from 'node:fs'\nconst s = \"import 'fs'\"\nconst q = /['\"]/",
    ],
    ['packages/domain/metrics/src/x.ts', 'const d = new Date(ms)\nconst u = Date.UTC(2026, 2, 1)'],
    ['packages/domain/metrics/src/x.ts', 'const job = { process: 1 }\nconst p = job.process'],
    ['packages/domain/metrics/src/x.ts', 'function run(process: () => number) { return process() }'],
    ['packages/domain/metrics/src/x.ts', "const x = (1234.5).toLocaleString('en-US')"],
  ])('%s: %s', (path, text) => {
    expect(complaints(path, text)).toEqual([])
  })
})
