import type { FindingsBuilder, RuleId } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { columnOf, type FileSlice } from '../settle/file-slice.ts'
import type { Values } from '../settle/subject-facts.ts'

/** A guess that is no arm. */
export const UNSURE = 'unknown'

/**
 * Words of facts that name an arm: those that are none are left out (`arm-unknown` for the treatment received,
 * `guess-unknown` for the guess, which may be `unknown`). A study without arms takes every word.
 */
export function checkArmWords(
  field: 'treated' | 'guess',
  slices: readonly FileSlice[],
  subjects: readonly string[],
  study: Pick<AnalyticStudy, 'arms'>,
  reported: Values,
  findings: FindingsBuilder,
): Values {
  if (study.arms.length === 0) return reported
  const known = armWords(field, study)
  const rule: RuleId = field === 'treated' ? 'arm-unknown' : 'guess-unknown'
  return subjects.map((subject, s) => {
    const word = reported[s]
    if (word === undefined || known.includes(String(word))) return word
    const column = slices.map(({ source }) => columnOf(source, field)).find((name) => name !== '') ?? ''
    findings.add({ rule, column, value: String(word), subject, detail: `known: ${known.join(', ')}` })
    return undefined
  })
}

/** What the fact can hold: dictionaries of it are the same in every shard. */
export const armWords = (field: 'treated' | 'guess', { arms }: Pick<AnalyticStudy, 'arms'>): string[] => {
  const codes = arms.map(({ code }) => code)
  return field === 'guess' && !codes.includes(UNSURE) ? [...codes, UNSURE] : codes
}
