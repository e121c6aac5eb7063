import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { effectiveYaml } from '../effective-yaml.ts'
import { parseStudy } from './parse-study.ts'

const DIARY = `study: demo
preset: headache-diary
sources:
  - files: '*.csv'
    layout: daily
    columns: { subject: id, studyDay: day, headache: ha }
`

const EPISODES = `study: episodes
preset: migraine-prevention
timezone: Europe/Berlin
arms: { A: nVNS, S: { name: Sham, reference: true } }
sources:
  - files: 'log_(*)_????.csv'
    layout: episodes
    missing: [NA, -9]
    columns: { subject: { fileName: '(.+)\\.csv' }, start: from, end: to, arm: g, randomised: r, product: drugs }
    products: { sumatriptan: triptan }
`

function spelledOut(text: string): string {
  const parsed = parseStudy(text, 's')
  if (parsed.kind === 'refused') throw new Error(parsed.findings.map(({ message }) => message).join())
  return effectiveYaml(parsed.study)
}

describe('any text at all', () => {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ':',
    '-',
    ' ',
    '\n',
    '"',
    "'",
    '#',
    '&a',
    '*a',
    '!!x',
    '|',
    '>',
    '0',
    'none',
    '\u0000',
    '\uFEFF',
    '<<',
  ]
  const edit = fc.record({ at: fc.nat(), cut: fc.nat(40), insert: fc.oneof(fc.constantFrom(...pieces), fc.string()) })

  it('is a study or a list of findings with a place, never an exception', () => {
    const texts = fc.tuple(fc.constantFrom(DIARY, EPISODES, spelledOut(EPISODES)), fc.array(edit, { maxLength: 4 }))
    fc.assert(
      fc.property(texts, ([base, edits]) => {
        const text = edits.reduce((t, { at, cut, insert }) => {
          const place = at % (t.length + 1)
          return t.slice(0, place) + insert + t.slice(place + cut)
        }, base)
        expectAnswer(text)
      }),
      { numRuns: 100 },
    )
  })

  it('the same for text that is no YAML to begin with', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), expectAnswer))
  })

  function expectAnswer(text: string): void {
    const parsed = parseStudy(text, 's')
    if (parsed.kind === 'study') {
      expect(parseStudy(effectiveYaml(parsed.study), 's').kind).toBe('study')
      return
    }
    expect(parsed.findings.length).toBeGreaterThan(0)
    for (const { line, column, message } of parsed.findings) {
      expect(line).toBeGreaterThan(0)
      expect(column).toBeGreaterThan(0)
      expect(message).not.toBe('')
    }
  }
})
