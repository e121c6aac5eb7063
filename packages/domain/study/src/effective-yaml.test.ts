import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { canonicalJson } from './canonical-json.ts'
import { effectiveYaml } from './effective-yaml.ts'
import { printIssue } from './parse/issue.ts'
import { parseStudy } from './parse/parse-study.ts'
import type { Study } from './study.ts'

function parse(text: string): Study | null {
  const parsed = parseStudy(text, 'study.yaml')
  return parsed.kind === 'study' ? parsed.study : null
}

/** Names as exports have them: blanks, quotes, colons, numbers, words that YAML takes for something else. */
const word = fc.oneof(
  fc.constantFrom(
    'id',
    'no',
    'null',
    '1.0',
    '~',
    'a: b',
    "it's",
    '#',
    '- x',
    '"',
    '0x1',
    'true',
    ' x ',
    'a\nb',
    '*',
    '&a',
    '{',
    'é',
  ),
  fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }),
)
const column = fc.oneof(word, fc.record({ column: word, missingWhenEmpty: word }, { requiredKeys: ['column'] }))
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const flags = fc.dictionary(word, fc.constantFrom('Y', 'no', 'true', '0'), { maxKeys: 3 })

const daily = fc.record({
  files: fc.constantFrom('*.csv', '**/d_(*)_????.csv', '{a,b}.tsv'),
  layout: fc.constant('daily'),
  delimiter: optional(fc.constantFrom('semicolon', '\t', 'auto')),
  decimal: optional(fc.constantFrom('comma', '.')),
  headerLine: optional(fc.constantFrom('auto', 3)),
  missing: optional(fc.array(word, { maxLength: 3 })),
  dateOrder: optional(fc.constantFrom('dmy', 'auto')),
  dayZero: optional(fc.constantFrom('first', 'before')),
  ignore: optional(fc.oneof(fc.constant('*'), fc.array(word, { maxLength: 2 }))),
  columns: fc.record({
    subject: fc.oneof(column, fc.constant({ fileName: '(\\w+)\\.csv' }), fc.constant({ constant: '7' })),
    studyDay: column,
    headache: fc.oneof(column, fc.record({ column: word, values: flags })),
    hours: fc.record({ column: word, unit: fc.constantFrom('hours', 'minutes') }, { requiredKeys: ['column'] }),
    symptoms: fc.oneof(column, fc.array(column, { minLength: 1, maxLength: 3 })),
    age: column,
  }),
  covariates: optional(
    fc.record({ X1: column, Y: fc.record({ column: word, label: word, type: fc.constant('number') }) }),
  ),
})

const visits = fc.record({
  name: fc.constant('scores'),
  files: fc.constant('scores.csv'),
  layout: fc.constant('visits'),
  columns: fc.record({ subject: word, phase: word }),
  values: fc.record({
    SCORE: fc.record({
      label: word,
      unit: word,
      direction: fc.constantFrom('lower-is-better', 'higher-is-better'),
      range: fc.constantFrom([0, 'none'], [-1, 10.5], ['none', 'none']),
      perDays: fc.constantFrom('none', 28),
      days: fc.constantFrom(14, 28),
      pooled: fc.boolean(),
      visits: fc.constant({
        0: { column: 'b', days: 56 },
        10: 'x',
        2: { column: 'y', missingWhenEmpty: 'z', label: 'Two' },
      }),
    }),
  }),
})

const study = fc.record({
  study: fc.constant('demo'),
  title: optional(word),
  preset: fc.constantFrom('headache-diary', 'migraine-prevention', 'chronic-migraine'),
  timezone: optional(fc.constantFrom('none', 'Asia/Kathmandu')),
  uploads: optional(fc.constantFrom('newest', 'laterWins')),
  diary: optional(fc.record({ lateHours: fc.constantFrom(0, 12.5, 120), logComplete: fc.boolean() })),
  periods: optional(
    fc.oneof(
      fc.record({ count: fc.constantFrom('auto', 4), missing: fc.constantFrom('half', 'complete') }),
      fc.constant({
        windows: [
          { from: 1, to: 30 },
          { visit: 7, from: 31, to: 44, label: 'Month 2' },
        ],
      }),
    ),
  ),
  headache: optional(
    fc.constantFrom('any', { preset: 'cm-mod4h', probable: true, gapHours: 48 }, { featureScope: 'day' }),
  ),
  responders: optional(fc.constantFrom({ cuts: [50] }, { missing: 'OC', zeroBaseline: 'nonresponder' })),
  schedule: optional(fc.constant({ cron: '0 6 * * 1', timezone: 'UTC' })),
  analysis: optional(fc.constant({ outputs: ['csv'], keepRuns: 3, debounceSeconds: 2 })),
  sources: fc.oneof(fc.tuple(daily), fc.tuple(daily, visits)),
})

describe('the effective study file', () => {
  it('is read back as the same study and written again as the same text, whatever the study', () => {
    let accepted = 0
    fc.assert(
      fc.property(study, (raw) => {
        const first = parse(stringify(raw))
        if (first === null) return
        accepted++
        const text = effectiveYaml(first)
        const again = parseStudy(text, 'effective.yaml')
        if (again.kind === 'refused') throw new Error(`${again.findings.map(printIssue).join('\n')}\n${text}`)
        expect(canonicalJson(again.study)).toBe(canonicalJson(first))
        expect(effectiveYaml(again.study)).toBe(text)
      }),
      { numRuns: 100 },
    )
    expect(accepted).toBeGreaterThan(50)
  })

  it('spells every default out', () => {
    const text = effectiveYaml(
      parse(`study: demo
preset: chronic-pain
sources: [{ files: d.csv, layout: daily, columns: { subject: id, studyDay: day, painAvg: nrs } }]`) as Study,
    )
    for (const line of [
      'lateHours: 48',
      'missing: prorate14',
      'minObserved: 20',
      'headache: none',
      'unit: nrs',
      'keepRuns: 20',
    ]) {
      expect(text).toContain(line)
    }
  })
})
