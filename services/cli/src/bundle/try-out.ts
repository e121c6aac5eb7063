import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Host } from '../host.ts'
import type { runCommandLine } from '../run.ts'

/** Makes a small trial and analyzes it, without a word. */
export async function tryOut(run: typeof runCommandLine): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'afferent-bundle-'))
  const trial = join(folder, 'trial')
  const study = join(trial, 'study.yaml')
  const exports = ['simulated-migraine-diary.csv', 'simulated-subjects.csv'].map((name) => join(trial, name))
  try {
    await runSilently(run, ['simulate', '--out', trial, '--subjects', '60'])
    await runSilently(run, ['analyze', ...exports, '--study', study, '--out', join(folder, 'results')])
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function runSilently(run: typeof runCommandLine, argv: readonly string[]): Promise<void> {
  const complaints: string[] = []
  const ended = Promise.withResolvers<number>()
  const host: Host = {
    env: {},
    stdout: { write: () => {} },
    stderr: { write: (text) => complaints.push(text) },
    on: () => {},
    exit: ended.resolve,
  }
  await run(argv, host)
  const code = await ended.promise
  // 1: findings of severity error were made, which is as good a run.
  if (code > 1) throw new Error(`afferent ${argv.join(' ')} ended with ${code}\n${complaints.join('')}`)
}
