import { createHash } from 'node:crypto'
import { parseStudy } from '@afferent/study'
import { describe, expect, it } from 'vitest'
import { PARTS, SCENARIOS, type SimulationOptions, simulate } from './index.ts'

const text = (options: SimulationOptions, file = 1): string =>
  Buffer.concat([...(simulate(options).files[file]?.parts() ?? [])]).toString()
const rowsOf = (csv: string): string[][] =>
  csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
const day = (iso: string): number => Date.parse(iso) / 86_400_000
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

const MIGRAINE = { scenario: 'migraine-prevention', seed: 7, subjects: 600 } as const
const COMPLETE = { compliance: 1, late: 0, duplicates: 0, dropout: 0 } as const

/** Migraine days of each subject per 28 days, before and under treatment, counted in the file. */
function migraineDays(options: SimulationOptions): Map<string, { before: number; under: number }> {
  const starts = new Map(rowsOf(text(options, 0)).map((row) => [row[0] as string, day(row[7] as string)]))
  const counts = new Map<string, { before: number; under: number }>()
  for (const [subject, date, , , hours, severity] of rowsOf(text(options)) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ][]) {
    const count = counts.get(subject) ?? { before: 0, under: 0 }
    counts.set(subject, count)
    if (!(Number(hours) >= 4 && Number(severity) >= 2)) continue
    if (day(date) < (starts.get(subject) as number)) count.before++
    else count.under++
  }
  for (const count of counts.values()) count.under /= (options.weeks ?? 12) / 4
  return counts
}

describe('a simulated trial', () => {
  it.each(SCENARIOS)('%s with all parts is the same every time, byte for byte', (scenario) => {
    const options = { scenario, seed: 3, subjects: 12, parts: PARTS }
    const hash = (given: SimulationOptions): string[] =>
      simulate(given).files.map((_, file) => createHash('sha256').update(text(given, file)).digest('hex'))
    const hashes = hash(options)
    expect(hash(options)).toEqual(hashes)
    for (const [file, other] of hash({ ...options, seed: 4 }).entries()) expect(other).not.toBe(hashes[file])
  })

  it.each(SCENARIOS)('%s with all parts: a further subject changes no other, in no file', (scenario) => {
    const options = { scenario, seed: 3, subjects: 7, parts: PARTS }
    for (const [file, { name }] of simulate(options).files.entries()) {
      expect(text({ ...options, subjects: 15 }, file).startsWith(text(options, file)), name).toBe(true)
    }
  })

  it.each(SCENARIOS)('%s: a further part changes no file but the subjects and none of their columns', (scenario) => {
    const alone = simulate({ scenario, seed: 3, subjects: 9, parts: [] }).files
    const whole = { scenario, seed: 3, subjects: 9, parts: PARTS }
    for (const [file, { name }] of alone.entries()) {
      expect(simulate(whole).files[file]?.name).toBe(name)
      const [less, more] = [text({ ...whole, parts: [] }, file), text(whole, file)]
      if (name !== 'simulated-subjects.csv') expect(more).toBe(less)
      else expect(more.split('\n').map((row) => row.split(',').slice(0, -2).join(','))).toEqual(less.split('\n'))
    }
  })

  it.each(SCENARIOS)('%s says simulated in the name of every file and of the study', (scenario) => {
    const { files, studyYaml } = simulate({ scenario, seed: 1, subjects: 1, parts: PARTS })
    expect(files.length).toBeGreaterThan(1)
    for (const { name } of files) expect(name).toContain('simulated')
    expect(studyYaml).toContain('simulated')
  })

  it.each(SCENARIOS)('%s comes with a study file that reads', (scenario) => {
    for (const weeks of [1, 12]) {
      for (const parts of [undefined, PARTS]) {
        const given = { scenario, seed: 1, subjects: 1, weeks, ...(parts === undefined ? {} : { parts }) }
        const parsed = parseStudy(simulate(given).studyYaml, 'study.yaml')
        expect(parsed.kind === 'refused' ? parsed.findings : []).toEqual([])
      }
    }
  })

  it('gives both arms the same number of subjects, in blocks of four', () => {
    const arms = rowsOf(text({ ...MIGRAINE, subjects: 40 }, 0)).map((row) => row[2])
    for (let block = 0; block < 40; block += 4) {
      expect(arms.slice(block, block + 4).filter((arm) => arm === 'sham')).toHaveLength(2)
    }
  })

  it.each([
    { subjects: 0 },
    { seed: -1 },
    { compliance: 0 },
    { compliance: 1.2 },
    { late: -0.1 },
    { weeks: 0 },
    { responderShare: { nVNS: 2, sham: 0 } },
    { missing: 1.1 },
    { conflicts: -1 },
    { parts: ['blood' as never] },
    { acuteResponse: { nVNS: 0.3, sham: 3 } },
    { scenario: 'gout' as never },
  ])('refuses %j by name', (bad) => {
    const option = Object.keys(bad)[0] as string
    const arm: Readonly<Record<string, string>> = { responderShare: 'nVNS', acuteResponse: 'sham' }
    expect(() => simulate({ ...MIGRAINE, ...bad })).toThrow(new RegExp(arm[option] ?? option))
  })
})

describe('what is true of a simulated trial is found again in its files', () => {
  it('compliance: 89 % of the days until leaving have an entry', () => {
    const options = { ...MIGRAINE, duplicates: 0 }
    const expected = rowsOf(text(options, 0)).reduce(
      (sum, row) => sum + day(row[8] as string) - day(row[7] as string) + 29,
      0,
    )
    expect(rowsOf(text(options)).length / expected).toBeCloseTo(0.89, 2)
  })

  it('missing days come in stretches, longer than chance would make them', () => {
    const dates = rowsOf(text({ ...MIGRAINE, subjects: 100 })).map(
      ([subject, date]) => [subject, day(date as string)] as const,
    )
    const holes = dates
      .slice(1)
      .flatMap(([subject, date], i) => (dates[i]?.[0] === subject ? [date - (dates[i]?.[1] as number) - 1] : []))
      .filter((days) => days > 0)
    // Single days missed at random would make holes of 1 / 0.89 = 1.12 days.
    expect(mean(holes)).toBeGreaterThan(2)
    expect(mean(holes)).toBeLessThan(3)
  })

  it('late and double entries, and subjects who leave, at the rates that were asked for', () => {
    const options = { ...MIGRAINE, late: 0.05, duplicates: 0.02, dropout: 0.2 }
    const rows = rowsOf(text(options))
    const late = rows.filter(
      ([, date, submitted]) => Date.parse(submitted as string) / 86_400_000 - day(date as string) > 3,
    )
    expect(late.length / rows.length).toBeCloseTo(0.05, 2)
    const keys = new Set(rows.map(([subject, date]) => `${subject} ${date}`))
    expect((rows.length - keys.size) / keys.size).toBeCloseTo(0.02, 2)
    const left = [...simulate(options).truth.subjects()].filter(({ leaves }) => leaves !== null)
    expect(left.length / 600).toBeCloseTo(0.2, 1)
  })

  it('migraine days per 28 days before and under treatment, per arm', () => {
    const options = { ...MIGRAINE, ...COMPLETE }
    const counts = migraineDays(options)
    for (const arm of ['nVNS', 'sham']) {
      const truths = [...simulate(options).truth.subjects()].filter((truth) => truth.arm === arm)
      const found = truths.map(({ subject }) => counts.get(subject) as { before: number; under: number })
      // The SD of a count of about 8 is below 3.5, so the mean of 300 has a standard error of 0.2.
      expect(
        Math.abs(mean(found.map(({ before }) => before)) - mean(truths.map(({ baseline }) => baseline))),
      ).toBeLessThan(0.6)
      expect(Math.abs(mean(found.map(({ under }) => under)) - mean(truths.map(({ treated }) => treated)))).toBeLessThan(
        0.4,
      )
    }
  })

  it('changes of migraine days spread a little wider than in PREMIUM II (3.7 days), far below EVENT (7.9)', () => {
    const spread = [...migraineDays({ ...MIGRAINE, ...COMPLETE, weeks: 4 }).values()].map(
      ({ before, under }) => under - before,
    )
    const centre = mean(spread)
    const sd = Math.sqrt(mean(spread.map((change) => (change - centre) ** 2)))
    expect(sd).toBeGreaterThan(2.9)
    expect(sd).toBeLessThan(4.6)
  })

  it('the effect that was asked for, within what chance allows', () => {
    const effect = { nVNS: -4, sham: -1 }
    const arms = simulate({
      ...MIGRAINE,
      subjects: 4000,
      effect,
      responderShare: { nVNS: 0.5, sham: 0.1 },
    }).truth.arms()
    for (const { arm, change, responders, subjects } of arms) {
      expect(change).toBeCloseTo(effect[arm] * (8.24 / 8), 0) // baselines are cut at 4 days, their mean is a little above 8
      expect(responders / subjects).toBeCloseTo(arm === 'nVNS' ? 0.5 : 0.1, 1)
    }
  })

  it('responders are those whose true reduction reaches the cut', () => {
    for (const scenario of SCENARIOS) {
      const { truth } = simulate({ scenario, seed: 2, subjects: 300 })
      for (const { baseline, treated, responder } of truth.subjects()) {
        expect(100 * (1 - treated / baseline) >= truth.cut).toBe(responder)
      }
    }
  })

  it('weekends are worse than working days', () => {
    const byWeekday = new Array<number>(7).fill(0)
    for (const [, date, , headache] of rowsOf(text({ ...MIGRAINE, ...COMPLETE }))) {
      const weekday = (day(date as string) + 3) % 7 // 0 is Monday
      if (headache === 'Y') byWeekday[weekday] = (byWeekday[weekday] as number) + 1
    }
    expect(byWeekday[5]).toBeGreaterThan((byWeekday[1] as number) * 1.1)
  })

  it('stays within what controlled trials found: at most 1 migraine day and 5 attacks a week between arms', () => {
    const difference = (scenario: (typeof SCENARIOS)[number]): number => {
      const { effect } = simulate({ scenario, seed: 1, subjects: 1 }).truth.options
      return effect.sham - effect.nVNS
    }
    expect(difference('migraine-prevention')).toBeLessThanOrEqual(1)
    expect(difference('cluster')).toBeLessThanOrEqual(5)
    expect(difference('cluster-prevention')).toBeLessThanOrEqual(5)
    expect(difference('chronic-migraine')).toBeLessThanOrEqual(2)
  })
})
