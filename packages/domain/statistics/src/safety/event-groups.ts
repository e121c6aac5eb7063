import { compareBytes, EVENT_SEVERITIES } from '@afferent/records'
import type { AnalyticStudy, FieldName } from '@afferent/study'
import type { AdverseEvent, SafetySubject } from './safety-subjects.ts'

/** Events that are counted together, under the names they have in the table cohort. */
export interface EventGroup {
  readonly names: { readonly SUBGRP?: string; readonly SUBGLVL?: string }
  /** Those of one subject's events that count; a subject without any does not. */
  readonly pick: (events: readonly AdverseEvent[]) => readonly AdverseEvent[]
  /** Whether rates by exposure are given too: a worst severity is about subjects alone. */
  readonly rates: boolean
}

type Test = (event: AdverseEvent) => boolean

const UNKNOWN_SEVERITY = 'UNKNOWN'
const LEVELS = ['SEVERE', 'MODERATE', 'MILD', UNKNOWN_SEVERITY]
const levelOf = (severity: number): string => EVENT_SEVERITIES[severity - 1]?.toUpperCase() ?? UNKNOWN_SEVERITY

/** Flags that make a group: column of adae, level, the field that feeds it. */
const FLAGGED: readonly (readonly [string, 'Y' | 'N', readonly FieldName[]])[] = [
  ['AESER', 'Y', ['serious']],
  ['AEEXPFL', 'N', ['expected']],
  ['ARELDVFL', 'Y', ['relDevice']],
  ['ARELPRFL', 'Y', ['relProcedure']],
  ['ARELSTFL', 'Y', ['relStimulation']],
  ['ARELDRFL', 'Y', ['relDrug']],
  ['ARELFL', 'Y', ['relDevice', 'relProcedure', 'relStimulation', 'relDrug']],
]

/**
 * Groups of a study, in order: any event; by phase (implants), seriousness, expectedness and relation, as far as the exports
 * tell them; by worst severity; by class and by term, each with its worst severity. A subject counts once in a group, and
 * once per class and term at the highest severity; a severity that is known outranks one that is not [P].
 */
export function eventGroups(study: AnalyticStudy, subjects: readonly SafetySubject[]): EventGroup[] {
  const told = new Set(study.sources.flatMap(({ fields }) => fields.map(({ field }) => field)))
  const severities = told.has('eventSeverity')
  const all = subjects.flatMap(({ events }) => events)
  const words = (of: (event: AdverseEvent) => string | null): string[] =>
    [...new Set(all.map(of))].filter((word) => word !== null).sort(compareBytes)
  return [
    { names: {}, pick: (events) => events, rates: true },
    ...(told.has('surgery') ? ['Procedure', 'Treatment'].map((phase) => phaseGroup(phase)) : []),
    ...FLAGGED.filter(([, , fields]) => fields.some((field) => told.has(field))).map(flagGroup),
    ...(severities ? bySeverity(null, null, () => true, all) : []),
    ...words((event) => event.bodySystem).flatMap((word) =>
      wordGroups('AEBODSYS', word, (event) => event.bodySystem === word, severities ? all : null),
    ),
    ...words((event) => event.term).flatMap((word) =>
      wordGroups('AETERM', word, (event) => event.term === word, severities ? all : null),
    ),
  ]
}

const phaseGroup = (phase: string): EventGroup => ({
  names: { SUBGRP: 'APHASE', SUBGLVL: phase },
  pick: (events) => events.filter((event) => event.phase === phase),
  rates: false,
})

const flagGroup = ([flag, level]: (typeof FLAGGED)[number]): EventGroup => ({
  names: { SUBGRP: flag, SUBGLVL: level },
  pick: (events) => events.filter(({ yes, no }) => (level === 'Y' ? yes : no).has(flag)),
  rates: true,
})

function wordGroups(column: string, word: string, test: Test, all: readonly AdverseEvent[] | null): EventGroup[] {
  const group = {
    names: { SUBGRP: column, SUBGLVL: word },
    pick: (events: readonly AdverseEvent[]) => events.filter(test),
  }
  return [{ ...group, rates: true }, ...(all === null ? [] : bySeverity(column, word, test, all))]
}

/** Subjects by the worst severity of their events that pass a test. */
function bySeverity(
  column: string | null,
  word: string | null,
  test: Test,
  all: readonly AdverseEvent[],
): EventGroup[] {
  const occurring = new Set(all.filter(test).map(({ severity }) => levelOf(severity)))
  return LEVELS.filter((level) => level !== UNKNOWN_SEVERITY || occurring.has(level))
    .filter((level) => column === null || occurring.has(level))
    .map((level) => ({
      names: {
        SUBGRP: column === null ? 'AESEV' : `${column}/AESEV`,
        SUBGLVL: word === null ? level : `${word}/${level}`,
      },
      pick: (events) => {
        const some = events.filter(test)
        const worst = some.reduce((most, { severity }) => Math.max(most, severity), 0)
        return levelOf(worst) === level ? some : []
      },
      rates: false,
    }))
}
