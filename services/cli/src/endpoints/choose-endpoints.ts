import { catalogueOf, type Definition, definitionsOf, usualStudy } from '@afferent/metrics'
import type { StudyFacts } from '@afferent/records'
import { analysesOf, type CohortText, cohortTexts } from '@afferent/statistics'
import type { AnalyticStudy } from '@afferent/study'

/** What a call is about: definitions of parameters and of cohort analyses, with the settings of one study put in. */
export interface ChosenEndpoints {
  readonly kind: 'chosen'
  readonly study: AnalyticStudy
  /** False: no study was named, the usual settings are shown. */
  readonly ofStudy: boolean
  readonly definitions: readonly Definition[]
  readonly analyses: readonly CohortText[]
  /** Codes that the study named computes. */
  readonly computed: ReadonlySet<string>
}

interface Unknown {
  readonly kind: 'unknown'
  readonly what: 'endpoint' | 'family'
  readonly word: string
  readonly known: readonly string[]
}

/** What a study computes follows from its file alone. */
const NO_DATA: StudyFacts = { cut: null, periods: 1, weeks: 1, phases: [], treatments: [] }

export function chooseEndpoints(
  named: AnalyticStudy | null,
  codes: readonly string[],
  family: string | undefined,
): ChosenEndpoints | Unknown {
  const study = named ?? usualStudy()
  const own = named === null ? [] : definitionsOf(named, NO_DATA)
  const computed = new Set(own.map(({ code }) => code))
  const others = catalogueOf(study).filter(({ code }) => !computed.has(code))
  const all = [...own, ...others]
  const analyses = named === null || codes.length > 0 ? cohortTexts(study) : analysesOf(study)
  const known = [...all, ...analyses]
  const wanted = codes.map((code) => code.toUpperCase())
  const stranger = wanted.find((code) => !known.some((one) => one.code === code))
  if (stranger !== undefined) {
    return { kind: 'unknown', what: 'endpoint', word: stranger, known: known.map(({ code }) => code) }
  }
  const families = [...new Set(known.map((one) => one.family))]
  if (family !== undefined && !families.includes(family)) {
    return { kind: 'unknown', what: 'family', word: family, known: families }
  }
  const isWanted = ({ code, family: of }: { code: string; family: string }): boolean =>
    (wanted.length === 0 || wanted.includes(code)) && (family === undefined || of === family)
  const listed = named === null || wanted.length > 0 ? all : own
  return {
    kind: 'chosen',
    study,
    ofStudy: named !== null,
    definitions: listed.filter(isWanted),
    analyses: analyses.filter(isWanted),
    computed,
  }
}
