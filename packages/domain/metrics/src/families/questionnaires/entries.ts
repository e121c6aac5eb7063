import { INSTRUMENTS, type Instrument, type Score } from '@afferent/instruments'
import type { Areason } from '@afferent/records'
import { itemsLacking, questionnaireOf, safetyCodes, safetyEventsOf } from '@afferent/study'
import type { CatalogueEntry, Convention, FlagColumn } from '../../catalogue/entry.ts'
import { responderRules } from '../../catalogue/method.ts'
import { describeCriteria, isImpression, ownCriteriaOf } from './own-criteria.ts'

const CATEGORY = 'Questionnaire'
const ANSWER_UNIT = 'Y/N'

const SCOREFL: FlagColumn = {
  name: 'SCOREFL',
  label: 'Score Origin Flag',
  definition: 'E: the score was summed elsewhere and taken as it is; else it was computed from the items',
  words: ['E'],
}

const CONVENTIONS: readonly Convention[] = [
  {
    id: 'visits.choose',
    says: 'of several forms of a visit the one named that has the score counts',
    value: ({ visits }) => visits.choose,
  },
  {
    id: 'R-RANGE',
    says: 'an answer its item cannot have is missing; a form whose answers exclude each other is rejected',
  },
  { id: 'scored=external', says: 'a total summed elsewhere counts where the items give no score (SCOREFL E)' },
  {
    id: 'percent cuts',
    says: 'CRIT1 to CRIT4 exist for scores that count a burden from 0 on; scales without such a zero have no percentages',
  },
  { id: 'CRIT5', says: 'the largest published change of one person, unless questionnaires.*.thresholds says another' },
]

/** Scores that sort the ill from the healthy, or have no zero: percentages of them mean nothing. */
const WITHOUT_PERCENT: readonly string[] = ['DN4', 'DN4I']

const hasPercent = ({ kind, lowest, direction, code }: Score): boolean =>
  kind === 'score' && lowest === 0 && direction === 'lower-is-better' && !WITHOUT_PERCENT.includes(code)

/** Every score of every instrument, and the safety events of their items. */
export const QUESTIONNAIRE_ENTRIES: readonly CatalogueEntry[] = INSTRUMENTS.flatMap((instrument) => [
  ...instrument.scores.map((score) => scoreEntry(instrument, score)),
  ...safetyEventsOf(instrument).map(({ event }) => safetyEntry(instrument, event)),
])

function scoreEntry(instrument: Instrument, score: Score): CatalogueEntry {
  const isFlag = score.kind === 'flag'
  const change = !isFlag && !isImpression(score)
  return {
    code: score.code,
    label: score.label,
    category: CATEGORY,
    family: 'questionnaires',
    unit: isFlag ? ANSWER_UNIT : score.unit || 'value',
    direction: isFlag ? 'none' : score.direction,
    table: 'adeff',
    definition: score.definition,
    formula: score.formula,
    window: instrument.daily
      ? 'mean of the daily scores of a 28-day period'
      : 'the form of the visit: named by the export, else by its date',
    minimum: score.missingRule,
    missing: 'a missing item as the minimum says; a visit without a form has no value',
    reasons: reasonsOf(instrument, score),
    mark: score.mark,
    source: score.source,
    conventions: CONVENTIONS,
    flags: [SCOREFL],
    method: (study) => {
      const version = questionnaireOf(study, instrument.code)?.version
      const own =
        version === undefined || version === null || instrument.versions.length < 2 ? [] : [`version ${version}`]
      return [
        instrument.code,
        ...own,
        instrument.daily ? 'month >= 14 days' : `${study.visits.choose} form of the visit`,
        ...(isFlag ? [] : responderRules(study)),
      ]
    },
    exists: (_, study) => questionnaireOf(study, instrument.code)?.scores.includes(score.code) === true,
    never: (_, study) => (itemsLacking(study, score.code).length > 0 ? 'MISSING_ITEMS' : null),
    compute: {
      kind: 'points',
      change,
      responders: hasPercent(score),
      pain: false,
      criteria: (study) => describeCriteria(score, ownCriteriaOf(score, questionnaireOf(study, instrument.code))),
      categories: score.bands.map(({ label }) => label),
      visits: (plan) =>
        (instrument.daily ? plan.periods : plan.visits).spans
          .filter(({ visit }) => visit > 0 || !isImpression(score))
          .map(({ visit, label }) => [visit, label] as const),
    },
  }
}

function reasonsOf({ daily }: Instrument, score: Score): readonly Areason[] {
  const always = ['NOT_REACHED', 'DISCONTINUED', 'MISSING_ITEMS'] as const
  if (daily) return [...always, 'NOT_EVALUABLE', 'INSUFFICIENT_DAYS', 'NO_BASELINE']
  return isImpression(score) ? always : [...always, 'NO_BASELINE']
}

function safetyEntry(
  instrument: Instrument,
  event: { readonly code: string; readonly item: string; readonly says: string },
): CatalogueEntry {
  return {
    code: event.code,
    label: `${instrument.code} item ${event.item}: safety event`,
    category: CATEGORY,
    family: 'questionnaires',
    unit: ANSWER_UNIT,
    direction: 'none',
    table: 'adeff',
    definition: `${event.says}; Y whatever the total, and whichever form of the visit gives the score`,
    formula: `Y if item ${event.item} of any form of the visit is above 0`,
    window: 'all forms of the visit',
    minimum: 'the item answered on one form',
    missing: 'a missing item is no event and no absence of one',
    reasons: ['NOT_REACHED', 'DISCONTINUED', 'MISSING_ITEMS'],
    mark: '[P]',
    source: 'endpoints section 7; the finding safety-answer names file and line at once',
    conventions: [
      {
        id: 'PHQ9I9',
        says: 'a finding at once for every such answer, and a row per visit; forms of no visit have the finding alone',
      },
    ],
    method: () => [instrument.code, 'any form of the visit'],
    exists: (_, study) =>
      questionnaireOf(study, instrument.code) !== undefined && safetyCodes(study, instrument.code).includes(event.code),
    never: () => null,
    compute: {
      kind: 'points',
      change: false,
      responders: false,
      pain: false,
      visits: (plan) => plan.visits.spans.map(({ visit, label }) => [visit, label] as const),
    },
  }
}
