import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalJson, effectiveYaml, parseStudy, printIssue } from '@afferent/study'
import { expect, it } from 'vitest'

/** Every study file of the reference tests is one that people may copy from: no warning, and the same when spelled out. */
const folder = join(import.meta.dirname, '..')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /study[^/]*\.yaml$/.test(name))
  .sort()

it('finds the study files of the reference tests', () => {
  expect(files.length).toBeGreaterThanOrEqual(6)
})

it.each(files)('accepts %s without a warning, and its spelled-out form as the same study', (name) => {
  const parsed = parseStudy(readFileSync(join(folder, name), 'utf8'), name)
  if (parsed.kind === 'refused') throw new Error(parsed.findings.map(printIssue).join('\n'))
  expect(parsed.warnings.map(printIssue)).toEqual([])
  const again = parseStudy(effectiveYaml(parsed.study), name)
  expect(again.kind === 'study' && canonicalJson(again.study)).toBe(canonicalJson(parsed.study))
})
