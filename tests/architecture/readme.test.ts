import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { COMMANDS } from '@afferent/cli'
import { parseStudy, printIssue } from '@afferent/study'
import { expect, it } from 'vitest'
import { readFiles, repositoryRoot } from './repository-files.ts'

const readme = readFileSync(join(repositoryRoot, 'README.md'), 'utf8')
const block = (language: string): string[] =>
  [...readme.matchAll(/```(\w*)\n([\s\S]*?)```/g)]
    .filter((match) => match[1] === language)
    .map((match) => match[2] ?? '')

it('shows a study file of at most 20 lines that Afferent takes as it is', () => {
  const [text = ''] = block('yaml')
  expect(text.trim().split('\n').length).toBeLessThanOrEqual(20)
  const parsed = parseStudy(text, 'README.md')
  expect(parsed.kind === 'refused' ? parsed.findings.map(printIssue) : parsed.warnings).toEqual([])
})

it('names only commands that are there', () => {
  const words = COMMANDS.map(({ name }) => name.split(' ')[0])
  const named = [...readme.matchAll(/\bafferent ([a-z]+)/g)].map((match) => match[1])
  expect(named.length).toBeGreaterThan(4)
  expect(named.filter((name) => !words.includes(name))).toEqual([])
  const { scripts } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { scripts: object }
  const called = [...readme.matchAll(/pnpm@12 (?:-C \S+ )?(?:--silent )?([a-z]+)/g)].map((match) => match[1] as string)
  expect(called.length).toBeGreaterThan(3)
  expect(called.filter((name) => !(name in scripts))).toEqual([])
})

it('names only files and folders that are there', () => {
  const paths = [...readme.matchAll(/`((?:packages|services|tests|infra)\/[\w./-]*)`/g)].map(
    (match) => match[1] as string,
  )
  expect(paths.length).toBeGreaterThan(3)
  expect(paths.filter((path) => !existsSync(join(repositoryRoot, path)))).toEqual([])
})

it('has every package and service in its picture of the house', () => {
  const [picture = ''] = block('').filter((text) => text.includes('packages/domain/'))
  const folders = ['packages/domain', 'packages/adapters', 'services'].flatMap((path) =>
    readdirSync(join(repositoryRoot, path)),
  )
  expect(folders.length).toBeGreaterThan(10)
  expect(folders.filter((name) => !new RegExp(`\\b${name}\\b`).test(picture))).toEqual([])
})

it('sends readers of a package only to files that are there', () => {
  const named = readFiles('', ['README.md', 'SETTINGS.md'])
    .filter(({ path }) => /^(packages|services)\//.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/(?<![\w/])src\/[\w/.-]*\w/g)].map(([file]) => join(dirname(path), file)),
    )
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((path) => !existsSync(join(repositoryRoot, path)))).toEqual([])
})
