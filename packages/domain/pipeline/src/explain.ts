import { type Explanation, explainSubject, parametersOf } from '@afferent/metrics'
import type { SettledName } from '@afferent/records'
import type { Study } from '@afferent/study'
import { type SourceRow, SourceRows, settle } from '@afferent/validation'
import { type AnalyzedFile, type AnalyzePorts, validateFiles } from './analyze.ts'
import { layOutStudy } from './stages/lay-out.ts'
import { inMemory, relevantTo } from './stages/subject-slices.ts'

export type { SourceRow }

export type ExplainedTable = SettledName

export interface Explained {
  readonly explanations: readonly Explanation[]
  /** The values of other parameters that an explanation rests on; null: such a row is not there. */
  readonly restsOf: (one: Explanation) => readonly RestingValue[]
  /** Rows of settled tables, as explanations name them, in the files they came from. */
  readonly sourcesOf: (table: ExplainedTable, row: number) => readonly SourceRow[]
}

/** A value that another one was made of. */
export interface RestingValue {
  readonly code: string
  readonly visit: number
  readonly explanation: Explanation | null
}

export type ExplainOutcome =
  | { readonly kind: 'explained'; readonly explained: Explained }
  | { readonly kind: 'unknown-subject'; readonly like: readonly string[] }
  | { readonly kind: 'unknown-parameter'; readonly known: readonly string[] }
  /** Visits that the subject has rows at; none: a time to event, which has no visit. */
  | { readonly kind: 'unknown-visit'; readonly known: readonly { readonly visit: number; readonly label: string }[] }

/**
 * From one number back to the lines it came from. Stored records carry no lines, so the files are validated again; the
 * number itself is made by the same code as in any run.
 */
export async function explain(
  files: readonly AnalyzedFile[],
  study: Study,
  asked: { readonly subject: string; readonly parameter: string; readonly visit: number | null },
  ports: Pick<AnalyzePorts, 'compute' | 'progress'>,
): Promise<ExplainOutcome> {
  const { analytic } = study
  const { inForce } = await validateFiles(files, study, ports)
  const { facts, subjects } = await layOutStudy(inForce, analytic, ports.compute)
  const subject = [asked.subject, asked.subject.slice(analytic.id.length + 1)].find((s) => subjects.includes(s))
  if (subject === undefined) return { kind: 'unknown-subject', like: nearest(subjects, asked.subject) }
  const known = parametersOf(analytic, facts).map((p) => p.code)
  if (!known.includes(asked.parameter)) return { kind: 'unknown-parameter', known }
  const sources = new SourceRows()
  const records = await inMemory(relevantTo(inForce, [[subject]]), ports.compute)
  const settled = settle(records, [subject], analytic, facts, sources)
  const byCode = new Map<string, readonly Explanation[]>()
  const allOf = (code: string): readonly Explanation[] => {
    const found = byCode.get(code) ?? explainSubject(settled, analytic, facts, subject, code)
    byCode.set(code, found)
    return found
  }
  const all = allOf(asked.parameter)
  const explanations = all.filter(({ visit }) => asked.visit === null || visit === asked.visit)
  if (explanations.length === 0) return { kind: 'unknown-visit', known: visitsIn(all) }
  return {
    kind: 'explained',
    explained: {
      explanations,
      restsOf: ({ restsOn, basetype }) =>
        restsOn.map(({ code, visit }) => {
          const at = allOf(code).filter((one) => one.visit === visit || one.visit === null)
          return { code, visit, explanation: at.find((one) => one.basetype === basetype) ?? at[0] ?? null }
        }),
      sourcesOf: (table, row) => {
        const from = settled[table]
        return from === null ? [] : sources.of(table, from, row, settled.subjects)
      },
    },
  }
}

const visitsIn = (explanations: readonly Explanation[]): { visit: number; label: string }[] =>
  explanations.flatMap(({ visit, label }) => (visit === null ? [] : [{ visit, label: label ?? '' }]))

/** A few ids that begin like the one that was asked for. */
const nearest = (subjects: readonly string[], asked: string): string[] => {
  const start = asked.slice(0, 2).toLowerCase()
  const like = subjects.filter((s) => s.toLowerCase().startsWith(start))
  return (like.length > 0 ? like : subjects).slice(0, 5)
}
