import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import { parseStudy } from './parse/parse-study.ts'
import { validationPart } from './validation-part.ts'

const BASE = `study: demo
preset: headache-diary
sources:
  - files: '*.csv'
    layout: daily
    columns: { subject: id, studyDay: day, severityNrs: nrs }
`

function part(text: string): string {
  const parsed = parseStudy(text, 'study.yaml')
  if (parsed.kind === 'refused') throw new Error(parsed.findings.map((f) => f.message).join())
  return canonicalJson(validationPart(parsed.study.analytic))
}

describe('the part of a study file that decides what a file becomes', () => {
  it.each([
    ['responder cuts', 'responders: { cuts: [40] }'],
    ['periods', 'periods: { count: 2 }'],
    ['another preset of headache days', 'headache: leiden-30m'],
    ['the primary parameter', 'primary: { parameter: MHD, visit: 1 }'],
    ['the schedule', 'schedule: { cron: 0 6 * * 1, timezone: UTC }'],
    ['a title', 'title: Another'],
  ])('is the same after a change of %s', (_what, line) => {
    expect(part(`${BASE}${line}\n`)).toBe(part(BASE))
  })

  it.each([
    ['a column', BASE.replace('nrs }', 'pain }')],
    ['the meaning of day 0', BASE.replace("'*.csv'", "'*.csv'\n    dayZero: first")],
    ['a missing value', BASE.replace("'*.csv'", "'*.csv'\n    missing: [NA]")],
    ['the grades of a 0-10 scale', `${BASE}headache: { nrsCuts: [0, 5, 8] }\n`],
    ['the home zone', `${BASE}timezone: Europe/Berlin\n`],
    ['the time limit of entries', `${BASE}diary: { lateHours: 120 }\n`],
  ])('changes with %s', (_what, text) => {
    expect(part(text)).not.toBe(part(BASE))
  })
})
