import { readFileSync, writeFileSync } from 'node:fs'
import { type AnalyticStudy, parseStudy } from '@afferent/study'
import { describe, expect, it } from 'vitest'
import { analysesReference } from './analyses-reference.ts'
import { isDefinedBy } from './cohort-definition.ts'
import { COHORT_DEFINITIONS, cohortSentence, cohortTexts } from './cohort-definitions.ts'
import { WILSON } from './descriptive.ts'

const file = new URL('../../ANALYSES.md', import.meta.url)

function studyOf(responders: string): AnalyticStudy {
  const parsed = parseStudy(
    `study: usual\npreset: headache-diary\nresponders: ${responders}\nsources: [{ files: d, layout: daily, columns: { subject: s, studyDay: d, headache: h } }]\n`,
    'study.yaml',
  )
  if (parsed.kind === 'refused') throw new Error(parsed.findings[0]?.message)
  return parsed.study.analytic
}

describe('definitions of cohort analyses', () => {
  it('ANALYSES.md lists them as they are (UPDATE_ENDPOINTS=1 writes it anew)', () => {
    const text = analysesReference(studyOf('{}'))
    if (process.env.UPDATE_ENDPOINTS === '1') writeFileSync(file, text)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  it('have every text, a code of at most 8 characters of their own, and a sentence', () => {
    const codes = COHORT_DEFINITIONS.map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
    for (const one of cohortTexts(studyOf('{}'))) {
      expect(one.code).toMatch(/^[A-Z][A-Z0-9]{0,7}$/)
      for (const key of [
        'label',
        'family',
        'definition',
        'formula',
        'window',
        'minimum',
        'missing',
        'source',
        'mark',
      ] as const)
        expect(one[key].trim(), `${one.code} ${key}`).not.toBe('')
      expect(one.analyses.length, one.code).toBeGreaterThan(0)
      expect(one.stats.length, one.code).toBeGreaterThan(0)
      expect(cohortSentence(one)).toMatch(/^[^\n]+\.$/)
    }
  })

  it('put the settings of the study in: what a missing response does', () => {
    const missing = (responders: string) =>
      cohortTexts(studyOf(responders)).find(({ code }) => code === 'WILSON')?.missing
    expect(missing('{ missing: NRI }')).toContain('no response (NRI)')
    expect(missing('{ missing: OC }')).toContain('leaves the denominator (OC)')
  })

  it('name the rows of a cut of the study, and no other', () => {
    expect(isDefinedBy(WILSON, 'RESPONSE', 'RSP30')).toBe(true)
    expect(isDefinedBy(WILSON, 'RESPONSE', 'RSP')).toBe(false)
    expect(isDefinedBy(WILSON, 'CHG', 'RSP30')).toBe(false)
  })
})
