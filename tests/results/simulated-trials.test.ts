import { openCompute } from '@afferent/compute'
import { type AnalyzedFile, analyze } from '@afferent/pipeline'
import { type Column, type ColumnTable, isPresent, type ShardResult } from '@afferent/records'
import { type ScenarioName, type SimulationOptions, simulate } from '@afferent/simulation'
import { parseStudy } from '@afferent/study'
import { describe, expect, it } from 'vitest'

/** A simulated trial goes through the whole product, and what is true comes out again. */
async function analyzed(options: SimulationOptions) {
  const { files, studyYaml, truth } = simulate(options)
  const parsed = parseStudy(studyYaml, 'study.yaml')
  if (parsed.kind === 'refused') throw new Error('the study file of a simulated trial does not read')
  const given = files.map(({ name, parts }): AnalyzedFile => {
    const bytes = Buffer.concat([...parts()])
    return { name, ref: { kind: 'memory', bytes }, size: bytes.length }
  })
  const compute = openCompute({ threads: 1 })
  const analysis = await analyze(given, parsed.study, { compute, progress: () => {} })
  return { analysis, truth }
}

const present = (table: ColumnTable, name: string, row: number): boolean =>
  isPresent((table.columns[name] as Column).valid, row)
const number = (table: ColumnTable, name: string, row: number): number =>
  (table.columns[name] as Column).values[row] as number
function text(table: ColumnTable, name: string, row: number): string | null {
  const column = table.columns[name] as Column
  if (column.kind !== 'text' || !isPresent(column.valid, row)) return null
  return column.dictionary[column.values[row] as number] as string
}

/** Changes from baseline of one parameter and visit, by subject. */
function changes(shards: readonly ShardResult[], parameter: string, visit: number): Map<string, number> {
  const found = new Map<string, number>()
  for (const { subjects, effects } of shards) {
    for (let row = 0; row < effects.rows; row++) {
      if (text(effects, 'PARAMCD', row) !== parameter || number(effects, 'AVISITN', row) !== visit) continue
      if (!present(effects, 'CHG', row)) continue
      found.set(subjects[number(effects, 'SUBJECT', row)] as string, number(effects, 'CHG', row))
    }
  }
  return found
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

describe('a simulated trial in the product', () => {
  it.each<[ScenarioName, string, number, number]>([
    ['migraine-prevention', 'MMD', 3, 0.65],
    ['fibromyalgia', 'PNAVGW', 12, 0.15],
    ['neuropathic-pain', 'PNAVGW', 8, 0.15],
  ])('%s: %s changes per arm as they truly do', async (scenario, parameter, visit, tolerance) => {
    // Tolerance: three standard errors of the mean over an arm of 250. What days add to true rates has an SD of 3.4 migraine
    // days (two binomial counts of 28 days); of 0.7 points between two weekly means of noise with SD 1 and memory 0.5.
    const { analysis, truth } = await analyzed({ scenario, seed: 11, subjects: 500, dropout: 0 })
    const found = changes(analysis.shards, parameter, visit)
    expect(found.size).toBeGreaterThan(400)
    for (const arm of ['nVNS', 'sham']) {
      const pairs = [...truth.subjects()].filter((subject) => subject.arm === arm && found.has(subject.subject))
      const true_ = mean(pairs.map(({ baseline, treated }) => treated - baseline))
      expect(Math.abs(mean(pairs.map(({ subject }) => found.get(subject) as number)) - true_)).toBeLessThan(tolerance)
    }
  })

  it('cluster: attack days go down where attacks do', async () => {
    const effect = { nVNS: -12, sham: 0 }
    const { analysis } = await analyzed({ scenario: 'cluster', seed: 5, subjects: 120, effect })
    const found = [...changes(analysis.shards, 'MHD', 1).values()]
    expect(found.length).toBeGreaterThan(80)
    expect(mean(found)).toBeLessThan(-0.5)
  })

  it('loses no row, and says of late and double entries what they are', async () => {
    const options = { scenario: 'migraine-prevention', seed: 3, subjects: 60, late: 0.1, duplicates: 0.05 } as const
    const { analysis, truth } = await analyzed(options)
    const diary = analysis.inForce.find(({ file }) => file.includes('diary'))
    const counts = diary?.dataset.counts
    const rows = Buffer.concat([...(simulate(options).files[1]?.parts() ?? [])])
      .toString()
      .trimEnd()
      .split('\n').length
    expect(counts?.read).toBe(rows - 1)
    expect((counts?.excluded['late-entry'] ?? 0) / (rows - 1)).toBeCloseTo(truth.options.late, 1)
    expect(counts?.quarantined).toBe(0)
    const doubles = analysis.shards.reduce((sum, { excluded }) => sum + (excluded['duplicate-copy'] ?? 0), 0)
    expect(doubles / (rows - 1)).toBeCloseTo(truth.options.duplicates, 1)
  })
})
