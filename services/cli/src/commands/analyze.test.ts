import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../../../tests/testkit/temporary-folder.ts'
import { call } from '../call.fixture.ts'

const STUDY = `study: small
preset: headache-diary
sources:
  - files: diary.csv
    layout: daily
    columns: { subject: id, treatmentStart: start, date: date, headache: headache, product: medicine }
    products: { sumatriptan: triptan }
`
const DAY_MS = 86_400_000
const START = Date.UTC(2026, 1, 2)

/** One patient, 28 days before and after the start: 8 headache days, then 2; a medicine on the first day alone. */
const row = (day: number): string => {
  const date = new Date(START + day * DAY_MS).toISOString().slice(0, 10)
  const headache = day < 0 ? day >= -8 : day < 2
  return `1,2026-02-02,${date},${headache ? 'Y' : 'N'},${day === -28 ? 'Sumatriptan' : ''}`
}
const days = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, i) => row(from + i)).join('\n')

async function analyse(from: number, to: number) {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'study.yaml'), STUDY)
  writeFileSync(join(folder, 'diary.csv'), `id,start,date,headache,medicine\n${days(from, to)}\n`)
  return call('analyze diary.csv --study study.yaml --out results', { env: { INIT_CWD: folder } })
}

it('shows headache days first where the study file names no primary parameter', async () => {
  const { stdout } = await analyse(-28, 27)
  // 8 of 28 days, then 2: a change of -6, a reduction by 75 %
  expect(stdout).toMatch(/^MHD, Weeks 1 to 4/m)
  expect(stdout).toMatch(/^all +1 +8\.0 +-6\.0 +1\/1 \(100\.0 %\) +1\/1 \(100\.0 %\) +1\/1 \(100\.0 %\) +0\/1/m)
  expect(stdout).not.toContain('nobody')
})

it('says where the reasons stand when nobody has a change from baseline', async () => {
  const { stdout } = await analyse(-5, 27) // 5 days make no baseline
  expect(stdout).toContain('nobody has a change from baseline: column AREASON of adeff says why')
})
