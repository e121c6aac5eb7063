import { expect, it } from 'vitest'
import { readFiles, repositoryRoot } from './repository-files.ts'

const TEXT_ENDINGS = [
  '.ts',
  '.json',
  '.yaml',
  '.yml',
  '.md',
  '.conf',
  'Dockerfile',
  '.R',
  '.sql',
  '.css',
  '.html',
  '/run',
]

/** What must not stand in any file of the repository, and why. Written so that this list does not match itself. */
const FORBIDDEN: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/\b(TO[D]O|FIX[M]E|X[X]X|HAC[K])\b/, 'work left undone belongs in an issue'],
  [/\b(it|test|describe)\.onl[y]\(/, 'one exclusive test hides all others'],
  [/^(<<<<<<<|>>>>>>>) /m, 'a merge was left half done'],
  [
    /registry[.]npm|registry[.]yarn|deb[.]debian[.]org|localhost:487[3]/,
    'where packages come from is the matter of each machine',
  ],
  [/@ts-(ignor[e]|nochec[k])/, 'the type checker has to be convinced'],
  [/\/home\/runne[r]|[A-Z]:\\User[s]|\/User[s]\/[a-z]/, 'an absolute path of somebody’s machine'],
]

const files = readFiles('', TEXT_ENDINGS).filter(({ path }) => path !== 'pnpm-lock.yaml')

it('keeps machine paths, registry hosts and loose ends out of every file', ({ task }) => {
  task.meta.examined = `${files.length} texts for words that must not stand there`
  expect(files.length).toBeGreaterThan(100)
  const found = files.flatMap(({ path, text }) =>
    FORBIDDEN.filter(([pattern]) => pattern.test(text)).map(
      ([pattern, why]) => `${path}: ${pattern.exec(text)?.[0]} (${why})`,
    ),
  )
  expect(found).toEqual([])
  expect(files.filter(({ text }) => text.includes(repositoryRoot)).map(({ path }) => path)).toEqual([])
})
