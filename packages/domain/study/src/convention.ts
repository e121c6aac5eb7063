import type { AnalyticStudy } from './study.ts'

/** A text of a definition: fixed, or with the settings of a study put in. */
export type Text = string | ((study: AnalyticStudy) => string)

export const textOf = (text: Text, study: AnalyticStudy): string => (typeof text === 'string' ? text : text(study))

/** A [P] rule: where no single rule of the field exists, what is done here, and what the study file says of it. */
export interface Convention {
  /** As the definitions name it: a setting (`sev.nrsCuts`) or a rule (`R-FORM`). */
  readonly id: string
  readonly says: string
  /** The value in force; absent: it cannot be set. */
  readonly value?: (study: AnalyticStudy) => string
  /** Whether it decides anything in the study; absent: always. */
  readonly applies?: (study: AnalyticStudy) => boolean
}

/** A convention as it stands in a study, and the definitions that rest on it. Manifest, methods.md and protocol list it. */
export interface ConventionInForce {
  readonly id: string
  readonly says: string
  /** Null: it cannot be set. */
  readonly value: string | null
  /** Codes of parameters and cohort analyses, in byte order. */
  readonly parameters: readonly string[]
}

/** The conventions that decide something in the study, each once, by id. */
export function conventionsInForce(
  study: AnalyticStudy,
  definitions: readonly { readonly code: string; readonly conventions: readonly Convention[] }[],
): readonly ConventionInForce[] {
  const found = new Map<string, { convention: Convention; codes: Set<string> }>()
  for (const { code, conventions } of definitions) {
    for (const convention of conventions) {
      if (convention.applies?.(study) === false) continue
      const known = found.get(convention.id)
      if (known === undefined) found.set(convention.id, { convention, codes: new Set([code]) })
      else known.codes.add(code)
    }
  }
  return [...found.values()]
    .map(({ convention: { id, says, value }, codes }) => ({
      id,
      says,
      value: value?.(study) ?? null,
      parameters: [...codes].sort(byBytes),
    }))
    .sort((a, b) => byBytes(a.id, b.id))
}

/** Ids and codes are ASCII: code units are bytes. */
const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
