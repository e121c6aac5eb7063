import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PARTS, SCENARIOS } from '@afferent/simulation'
import { parseStudy } from '@afferent/study'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../../../tests/testkit/temporary-folder.ts'
import { call } from '../call.fixture.ts'
import { PART_NAMES } from '../simulate/parts-of.ts'
import { SCENARIO_NAMES } from './simulate.ts'

it.each(SCENARIOS)('writes exports of a %s trial, a study file that is taken as it is, and the truth', async (name) => {
  const env = { INIT_CWD: temporaryFolder() }
  const { code, stdout } = await call(`simulate --out trial --scenario ${name} --subjects 6 --json`, { env })
  expect(code).toBe(0)
  const trial = join(env.INIT_CWD, 'trial')
  const { files, truth } = JSON.parse(stdout) as { files: { name: string; bytes: number }[]; truth: { arms: object[] } }
  expect(readdirSync(trial).sort()).toEqual(files.map((file) => file.name).sort())
  for (const file of files) expect(readFileSync(join(trial, file.name)).length).toBe(file.bytes)
  for (const file of files) expect(file.name).toMatch(/^(simulated-|study\.yaml$)/)
  expect(parseStudy(readFileSync(join(trial, 'study.yaml'), 'utf8'), 'study.yaml').kind).toBe('study')
  expect(readFileSync(join(trial, 'simulated-truth.ndjson'), 'utf8').trim().split('\n')).toHaveLength(6)
  expect(truth.arms).toHaveLength(2)
})

it('gives the same files for the same seed and others for another', async () => {
  const env = { INIT_CWD: temporaryFolder() }
  for (const [out, seed] of [
    ['a', 5],
    ['b', 5],
    ['c', 6],
  ]) {
    expect((await call(`simulate --out ${out} --subjects 3 --seed ${seed}`, { env })).code).toBe(0)
  }
  const read = (out: string): string => readFileSync(join(env.INIT_CWD, out, 'simulated-subjects.csv'), 'utf8')
  expect(read('a')).toBe(read('b'))
  expect(read('a')).not.toBe(read('c'))
})

it('knows the scenarios and parts of the simulation', () => {
  expect(SCENARIO_NAMES).toEqual(SCENARIOS)
  expect(PART_NAMES).toEqual(PARTS)
})

it('writes the files of the parts that are asked for, and prints what is expected of them', async () => {
  const env = { INIT_CWD: temporaryFolder() }
  const trial = 'simulate --scenario fibromyalgia --subjects 4'
  const { code, stdout } = await call(`${trial} --out some --with laboratory,safety`, { env })
  expect(code).toBe(0)
  expect(
    readdirSync(join(env.INIT_CWD, 'some'))
      .filter((name) => name.endsWith('.csv'))
      .sort(),
  ).toEqual([
    'simulated-adverse-events.csv',
    'simulated-fibromyalgia-diary.csv',
    'simulated-laboratory.csv',
    'simulated-subjects.csv',
  ])
  expect(stdout).toMatch(/EAER +160\.000 +110\.000/)
  expect((await call(`${trial} --out all --with all`, { env })).code).toBe(0)
  expect(readdirSync(join(env.INIT_CWD, 'all')).filter((name) => name.endsWith('.csv'))).toHaveLength(8)
  const { code: refused, stderr } = await call(`${trial} --out none --with labratory`, { env })
  expect(refused).toBe(2)
  expect(stderr).toContain('--with has "labratory"; known are questionnaires, stimulation')
})

it('leaves a folder alone that holds files of its own, and refuses shares that are none', async () => {
  const env = { INIT_CWD: temporaryFolder() }
  writeFileSync(join(env.INIT_CWD, 'letter.txt'), 'dear')
  expect((await call('simulate --out .', { env })).code).toBe(2)
  expect(readdirSync(env.INIT_CWD)).toEqual(['letter.txt'])
  const { code, stderr } = await call('simulate --out trial --late 3', { env })
  expect(code).toBe(2)
  expect(stderr).toContain('--late is "3"; it must be a number from 0 to 1')
})
