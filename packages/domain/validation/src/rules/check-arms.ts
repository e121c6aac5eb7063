import { type Finding, type FindingsBuilder, firstNotBelow } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { lineOf } from '../join/part.ts'
import { columnOf, type FileSlice } from '../settle/file-slice.ts'
import type { Values } from '../settle/subject-facts.ts'

/**
 * The arm of each subject, left empty where the study file does not name it (`arm-unknown`): his records stay in use, but
 * count in no arm. No arm at all is `arm-missing`, unless the study has one arm only, which is then meant, or no source gives
 * arms (a crossover names treatments by phase).
 */
export function checkArms(
  slices: readonly FileSlice[],
  subjects: readonly string[],
  study: Pick<AnalyticStudy, 'arms' | 'sources'>,
  reported: Values,
  findings: FindingsBuilder,
): Values {
  const known = study.arms.map((arm) => arm.code)
  const only = known.length === 1 ? known[0] : undefined
  const asked = study.sources.some(({ fields }) => fields.some(({ field }) => field === 'arm'))
  return subjects.map((subject, s) => {
    const arm = reported[s]
    if (arm === undefined) {
      if (only === undefined && asked) findings.add({ rule: 'arm-missing', subject })
      return only
    }
    if (known.includes(String(arm))) return arm
    findings.add({ rule: 'arm-unknown', ...placeOf(slices, s), value: String(arm), subject, detail: knownWords(known) })
    return undefined
  })
}

const knownWords = (known: readonly string[]): string => `known: ${known.join(', ')}`

/** First file that says something about a subject, by name. */
function placeOf(slices: readonly FileSlice[], s: number): Pick<Finding, 'file' | 'line' | 'column'> {
  for (const { dataset, recode, file, source } of slices) {
    const table = dataset.tables.subjects
    const code = recode.indexOf(s)
    if (table?.columns.arm === undefined || code < 0) continue
    const row = firstNotBelow(table.subject, code)
    if (table.subject[row] === code) return { file, line: lineOf(table, row), column: columnOf(source, 'arm') }
  }
  return {}
}
