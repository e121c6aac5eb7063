import type { AnalyticStudy } from '@afferent/study'
import type { Definition } from './definition.ts'

/**
 * A parameter as a statistical analysis plan describes it: what it is, how it is computed, which data it needs, what is
 * missing and why, who responds, what it rests on. Every text is that of the catalogue with the settings of the study.
 */
export function sapSentence(definition: Definition, study: AnalyticStudy): string {
  const { code, label, method, mark, source } = definition
  const sentences = [
    `${code}, ${label}: ${definition.definition}`,
    `Computed as ${definition.formula}`,
    `Window: ${definition.window}`,
    definition.minimum === 'none' ? 'No minimum of data is required' : `Minimum data: ${definition.minimum}`,
    `Missing data: ${definition.missing}`,
    definition.reasons.length === 0
      ? ''
      : `A value that cannot be derived is missing with its reason (${definition.reasons.join(', ')})`,
    definition.change
      ? 'Change is CHG = AVAL - BASE and PCHG = 100 * CHG / BASE, which is missing where BASE is 0'
      : '',
    responseSentence(definition, study),
    `Methods: ${method}`,
    `Source: ${source}${mark === '-' || source.includes('[') ? '' : `; ${mark}`}`,
    conventionSentence(definition, study),
  ]
  return sentences
    .filter((text) => text !== '')
    .map((text) => `${onOneLine(text).replace(/\.$/, '')}.`)
    .join(' ')
}

function responseSentence({ criteria }: Definition, { responders }: AnalyticStudy): string {
  const texts = criteria.flatMap((text, k) => (text === null ? [] : [`CRIT${k + 1} ${text}`]))
  if (texts.length === 0) return ''
  const missing =
    responders.missing === 'NRI' ? 'a missing value counts as no response (NRI)' : 'a missing value stays missing (OC)'
  const zero =
    responders.zeroBaseline === 'exclude'
      ? 'a subject with a baseline of 0 leaves the denominator'
      : 'a subject with a baseline of 0 counts as no response'
  return `Response: ${texts.join('; ')}; ${missing}; ${zero}`
}

/** `Project conventions: R-CUT (dataCut by the data, ...), CCD` */
function conventionSentence({ conventions }: Definition, study: AnalyticStudy): string {
  const inForce = conventions.filter(({ applies }) => applies?.(study) !== false)
  if (inForce.length === 0) return ''
  const named = inForce.map(({ id, value }) => (value === undefined ? id : `${id} (${value(study)})`))
  return `Project conventions: ${named.join(', ')}`
}

/** Labels of a study file may hold anything; a sentence stays on its line. */
export const onOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
