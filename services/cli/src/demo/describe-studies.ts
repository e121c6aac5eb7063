import { join } from 'node:path'
import { howToRead, responderTable } from '@afferent/results'
import { rowsSentence } from '../analysis/rows-sentence.ts'
import type { StudyHeadline } from './read-headline.ts'

/** The end of the demonstration: per study a responder table and its files, then how to read them. */
export function describeStudies(studies: readonly StudyHeadline[], shown: (path: string) => string): string {
  const first = studies[0] as StudyHeadline
  const ways = howToRead({
    arrow: shown(join(first.folder, 'adeff.arrow')),
    csv: shown(join(first.folder, 'adeff.csv')),
  })
  const reading = ways.map(({ tool, lines }) => `${tool.padEnd(7)} ${lines.join(`\n${' '.repeat(8)}`)}\n`)
  return `\n${studies.map((study) => describe(study, shown)).join('\n')}\nHow to read them\n${reading.join('')}`
}

function describe(
  { study, responders, counts, folder, tables }: StudyHeadline,
  shown: (path: string) => string,
): string {
  const table = responders === null ? [] : responderTable(responders)
  return [
    `${study} (simulated): ${rowsSentence(counts)}`,
    ...table,
    `tables  ${shown(folder)}/{${tables.join(',')}}`,
    '',
  ]
    .map((line) => `${line}\n`)
    .join('')
    .trimEnd()
    .concat('\n')
}
