import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readFiles } from '../architecture/repository-files.ts'
import { describeReference } from '../testkit/reference.ts'

interface Example {
  readonly id: string
  readonly section: string
}

/** `- EX-H1 baseline 28/28 ...` and `... EX-F2 prescribed ...` in the middle of a line, each with the section it stands in. */
function examplesOf(text: string): Example[] {
  const found = new Map<string, Example>()
  let section = ''
  for (const line of text.split('\n')) {
    section = /^## (\d+)\. /.exec(line)?.[1] ?? section
    for (const [id] of line.matchAll(/\bEX-[A-Z]+\d+\b/g)) if (!found.has(id)) found.set(id, { id, section })
  }
  return [...found.values()]
}

/** Ids that titles of tests start with: it('EX-H1 ...'), it.each(...)('EX-H1 ...'), describe('EX-H1 ...'). */
function idsInTitles(text: string): string[] {
  const titles = text.matchAll(/(?:\b(?:it|test|describe)(?:\.\w+)*|\))\(\s*(['"`])(EX-[A-Z]+\d+)\b/g)
  return [...titles].map(([, , id]) => id as string)
}

describeReference('every example of the endpoint definitions', (root) => {
  const examples = examplesOf(readFileSync(join(root, 'design', 'endpoints.md'), 'utf8'))
  const tests = readFiles('', ['.test.ts']).filter(({ path }) => !path.endsWith('reference/examples.test.ts'))
  const tested = new Set(tests.flatMap(({ text }) => idsInTitles(text)))

  it('is a test whose title starts with its id', ({ task }) => {
    task.meta.examined = `${examples.length} examples in ${tests.length} files of tests`
    expect(examples.length).toBeGreaterThan(45)
    expect(tests.length).toBeGreaterThan(50)
    const missing = examples.filter(({ id }) => !tested.has(id))
    expect(missing.map(({ id, section }) => `${id} (section ${section})`)).toEqual([])
  })

  it('has no test under an id that is not there', () => {
    const known = new Set(examples.map(({ id }) => id))
    expect([...tested].filter((id) => !known.has(id))).toEqual([])
  })
})

it('reads ids at the start of titles alone, in any form of a test', () => {
  const text = [
    "it('EX-H1 a')",
    'it.each([1])("EX-H2 b")',
    'it.each([\n])(`EX-H3 c`)',
    "it('see EX-H4')",
    '// EX-H5',
  ].join('\n')
  expect(idsInTitles(text)).toEqual(['EX-H1', 'EX-H2', 'EX-H3'])
})
