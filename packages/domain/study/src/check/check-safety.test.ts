import { describe, expect, it } from 'vitest'
import { effectiveYaml } from '../effective-yaml.ts'
import { printIssue } from '../parse/issue.ts'
import { parseStudy } from '../parse/parse-study.ts'
import type { Study } from '../study.ts'

const SUBJECTS = 'layout: subjects, columns: { subject: id, treatmentStart: start }'
const LOG = 'layout: stimulation, columns: { subject: id, date: day, delivered: n }'
const EVENTS = 'layout: adverse-events, columns: { subject: id, onset: from, term: term }'

const yaml = (settings: string, ...sources: readonly string[]): string =>
  `study: s\n${settings}\nsources:\n${sources.map((source, i) => `  - { files: '${i}*.csv', ${source} }`).join('\n')}\n`

function studyOf(text: string): Study {
  const parsed = parseStudy(text, 'study.yaml')
  if (parsed.kind !== 'study') throw new Error(parsed.findings.map(printIssue).join('\n'))
  return parsed.study
}

function complaints(text: string): string {
  const parsed = parseStudy(text, 'study.yaml')
  return (parsed.kind === 'study' ? parsed.warnings : parsed.findings).map(printIssue).join('\n')
}

describe('adherence and safety in a study file', () => {
  it('are switched on by a preset where a source feeds them, and by nothing else', () => {
    const fed = studyOf(
      yaml('preset: headache-diary\nadherence: { sessionsPerDay: 3 }', SUBJECTS, LOG, EVENTS),
    ).analytic
    expect(fed.adherence).toMatchObject({ sessionsPerDay: 3, thresholds: [66, 67, 80], sessionMinutes: null })
    expect(fed.safety).toEqual({ followUpDays: 30 })
    expect(fed.headache).toBeNull()
    const diary = 'layout: daily, columns: { subject: id, treatmentStart: start, date: day, headache: ha }'
    expect(studyOf(yaml('preset: headache-diary', diary)).analytic).toMatchObject({ adherence: null, safety: null })
    const off = yaml('preset: headache-diary\nsafety: none', diary, EVENTS)
    expect(studyOf(off).analytic.safety).toBeNull()
  })

  it('need no preset: safety alone is a study', () => {
    expect(studyOf(yaml('safety: standard', SUBJECTS, EVENTS)).analytic.safety).toEqual({ followUpDays: 30 })
    expect(studyOf(yaml('safety: { followUpDays: 28 }', SUBJECTS, EVENTS)).analytic.safety).toEqual({
      followUpDays: 28,
    })
  })

  it('are the same when the effective study file is read again', () => {
    const study = studyOf(yaml('preset: fibromyalgia\nadherence: { sessionsPerDay: 2 }', SUBJECTS, LOG, EVENTS))
    expect(studyOf(effectiveYaml(study))).toEqual(study)
    expect(effectiveYaml(studyOf(effectiveYaml(study)))).toBe(effectiveYaml(study))
  })

  it('are refused where no source feeds them', () => {
    expect(complaints(yaml('safety: standard', SUBJECTS, LOG))).toContain('no source has the layout adverse-events')
    const adherence = 'adherence: { sessionsPerDay: 3 }\nperiods: { missing: prorate14 }'
    expect(complaints(yaml(adherence, SUBJECTS, EVENTS))).toContain('no source has the layout stimulation')
  })

  it('say that adherence needs a prescription, and thresholds that rise', () => {
    const asked = 'adherence: { thresholds: [80, 67] }\nperiods: { missing: prorate14 }'
    expect(complaints(yaml(asked, SUBJECTS, LOG))).toContain('STIMADH is not computed')
    expect(complaints(yaml(asked, SUBJECTS, LOG))).toContain('adherence.thresholds (80, 67) must rise')
    const prescribed = LOG.replace('delivered: n', 'delivered: n, prescribed: p')
    const recorded = yaml('adherence: {}\nperiods: { missing: prorate14 }', SUBJECTS, prescribed)
    expect(studyOf(recorded).analytic.adherence?.sessionsPerDay).toBeNull()
  })

  it('refuse sessions of a day that nothing tells apart', () => {
    const sessions = 'layout: stimulation, columns: { subject: id, date: day, minutes: min }'
    const study = 'preset: headache-diary\nadherence: { sessionsPerDay: 3 }'
    expect(complaints(yaml(study, SUBJECTS, sessions))).toContain('sessions of one day cannot be told apart')
    const numbered = sessions.replace('minutes: min', 'minutes: min, session: no')
    expect(complaints(yaml(study, SUBJECTS, numbered))).toBe('')
  })

  it('know the arms that were received and guessed; a guess may be unknown', () => {
    const arms = 'preset: headache-diary\narms: { A: nVNS, S: { name: Sham, reference: true } }'
    const facts = (values: string) =>
      `layout: subjects, columns: { subject: id, treatmentStart: start, arm: arm, guess: { column: g, values: ${values} } }`
    expect(complaints(yaml(arms, facts('{ active: A, "?": unknown }'), EVENTS))).toBe('')
    expect(complaints(yaml(arms, facts('{ active: B }'), EVENTS))).toContain('"B" is no arm')
  })
})
