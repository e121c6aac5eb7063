import { type Finding, RULES } from '@afferent/records'

/** Control characters, and signs that turn the direction of writing, shown as what they are. */
const INVISIBLE = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu

const visible = (text: string): string =>
  text.replace(INVISIBLE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)

/**
 * The sentence of a finding: place, column and value as found, rule, what would be right, and what is special here.
 * `site04.csv:118 pain="11" breaks out-of-range: a value lies within its item's range ...`
 */
export function findingMessage(finding: Finding): string {
  const { rule, detail = '' } = finding
  const says = `${RULES[rule].says}${detail === '' ? '' : `; ${visible(detail)}`}`
  return `${[place(finding), cell(finding)].filter((part) => part !== '').join(' ')} breaks ${rule}: ${says}`
}

function place({ file = '', sheet = '', line = 0, subject = '' }: Finding): string {
  if (file === '') return subject === '' ? 'the study' : `subject ${visible(subject)}`
  const at = line > 0 ? `:${line}` : ''
  return `${visible(file)}${sheet === '' ? '' : `[${visible(sheet)}]`}${at}`
}

function cell({ column = '', value = '' }: Finding): string {
  if (column === '') return value === '' ? '' : `"${visible(value)}"`
  return value === '' ? visible(column) : `${visible(column)}="${visible(value)}"`
}
