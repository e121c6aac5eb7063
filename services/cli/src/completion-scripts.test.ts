import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../../tests/testkit/temporary-folder.ts'
import { toCommand } from './call.fixture.ts'
import { toCompletions } from './completion-scripts.ts'

const run = () => 0 as const
const commands = [
  toCommand(run, { name: 'analyze', options: [{ flags: '--study <file>', says: 'the study file' }] }),
  toCommand(run, { name: 'vault check' }),
  toCommand(run, { name: 'vault sweep', options: [{ flags: '--dry-run', says: "say what would go, don't do it" }] }),
  toCommand(run, { name: 'completions', arguments: [{ name: '<shell>', says: 'shell', choices: ['bash', 'zsh'] }] }),
]

/** What bash offers for a line whose last word is being typed. */
function offers(line: string): string[] {
  const script = join(temporaryFolder(), 'afferent.bash')
  const words = line.split(' ')
  const ask = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}`
  writeFileSync(script, `${toCompletions('bash', commands)}\n${ask}\n_afferent\nprintf '%s\\n' "\${COMPREPLY[@]}"\n`)
  return execFileSync('bash', [script], { encoding: 'utf8' }).trim().split('\n')
}

it('offers commands, then the commands of a group, then options and choices', () => {
  expect(offers('afferent ')).toEqual(['analyze', 'vault', 'completions'])
  expect(offers('afferent an')).toEqual(['analyze'])
  expect(offers('afferent vault ')).toEqual(['check', 'sweep'])
  expect(offers('afferent vault sweep --d')).toEqual(['--dry-run'])
  expect(offers('afferent analyze diary.csv --s')).toEqual(['--study'])
  expect(offers('afferent completions z')).toEqual(['zsh'])
})

it('makes scripts that bash and fish can read, quotes in sentences included', () => {
  expect(spawnSync('bash', ['-n'], { input: toCompletions('bash', commands) }).status).toBe(0)
  const fish = toCompletions('fish', commands)
  for (const line of fish.split('\n')) expect((line.match(/'/g) ?? []).length % 2, line).toBe(0)
  expect(fish).toContain("complete -c afferent -n '__fish_use_subcommand' -a analyze")
})
