import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PARTS } from '@afferent/simulation'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { textTrial } from '../laws/trial-files.ts'
import { answerOf, givenText } from '../testkit/analyze.ts'
import { publishedByInstallation } from './published-by-installation.ts'

/**
 * While a study is blinded nothing that an installation writes or shows tells arms apart (what it logs are ids and codes). The arms of this trial have words
 * that stand nowhere else, and one subject has an arm that the study file does not know.
 */
const CODES = ['QXACT', 'QXREF'] as const
const NAMES = ['Zebrafish', 'Wombat'] as const
const STRAY = 'QXSTRAY'

function blindedTrial(blinded: boolean) {
  const options = { seed: 3, subjects: 20, weeks: 8, parts: PARTS.filter((part) => part !== 'heart-rate') }
  const made = textTrial({ ...options, scenario: 'neuropathic-pain' })
  const arms = `arms:\n  ${CODES[0]}: ${NAMES[0]}\n  ${CODES[1]}: { name: ${NAMES[1]}, reference: true }\n`
  const study = made.studyYaml.replace(/^study: .*$/m, 'study: masked').replace(/^arms:\n( .*\n)+/m, arms)
  const texts = made.files.map(({ name, header, rows }) => {
    const text = `${[header, ...rows].join('\n')}\n`
    return { name, text: text.replaceAll(/\bactive\b/g, CODES[0]).replaceAll(/\b(sham|placebo)\b/g, CODES[1]) }
  })
  const subjects = texts.find(({ name }) => name.includes('subjects')) as { name: string; text: string }
  subjects.text = subjects.text.replace(CODES[0], STRAY)
  return { study: `blinded: ${blinded}\n${study}`, texts }
}

const TELLING = new RegExp([...CODES, ...NAMES, STRAY].join('|'), 'i')
const telling = (files: Iterable<readonly [string, Uint8Array | string]>): string[] =>
  [...files]
    .filter(([name, bytes]) => TELLING.test(name) || TELLING.test(Buffer.from(bytes).toString('latin1')))
    .map(([n]) => n)

describe('a blinded study', () => {
  it('would tell arms apart everywhere, were it not blinded', async () => {
    const { study, texts } = blindedTrial(false)
    const { files } = await answerOf(
      study,
      texts.map(({ name, text }) => givenText(name, text)),
    )
    const all = telling(files)
    for (const table of ['adsl', 'adeff', 'adae', 'cohort', 'findings']) expect(all).toContain(`${table}.csv`)
    expect(all).toContain('study.effective.yaml')
  }, 60_000)

  it('tells no arm in any table, file name, receipt or page', async () => {
    const { study, texts } = blindedTrial(true)
    const { files, data, installation } = await publishedByInstallation('masked', study, texts, { workers: 1 })
    expect(files.size).toBeGreaterThan(12)
    expect(telling(files)).toEqual([])
    const written = filesBelow(join(data, 'drop')).filter((path) => /receipt|findings/.test(path))
    expect(written.length).toBeGreaterThan(5)
    expect(telling(written.map((path) => [path, readFileSync(path)] as const))).toEqual([])
    expect(telling([['status', JSON.stringify(await installation.status('masked'))]])).toEqual([])
    const pages = await crawl(installation.address)
    expect(pages.size).toBeGreaterThan(3)
    expect(telling(pages)).toEqual([])
    for (const table of ['adsl', 'adeff', 'adtte', 'adae', 'cohort']) {
      const rows: Record<string, string>[] = parse(files.get(`${table}.csv`) as Buffer, { columns: true })
      expect(rows.length, table).toBeGreaterThan(0)
      const arms = rows.flatMap(({ ARM, REFARM, TRTP, TRTA }) => [ARM, REFARM, TRTP, TRTA]).filter((cell) => !!cell)
      expect(arms, table).toEqual([])
    }
  }, 120_000)

  it('keeps every value that is no arm', async () => {
    const rows = async (blinded: boolean) => {
      const { study, texts } = blindedTrial(blinded)
      const answer = await answerOf(
        study,
        texts.map(({ name, text }) => givenText(name, text)),
      )
      return answer.rows('adeff').map(({ TRTP: _planned, TRTA: _actual, ...row }) => row)
    }
    const open = await rows(false)
    expect(open.length).toBeGreaterThan(500)
    expect(await rows(true)).toEqual(open)
  }, 60_000)
})

/** All that the page and its links show. */
async function crawl(address: string): Promise<Map<string, string>> {
  const shown = new Map<string, string>()
  const waiting = ['/']
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (shown.has(path)) continue
    const text = await (await fetch(new URL(path, address))).text()
    shown.set(path, text)
    for (const [, link] of text.matchAll(/(?:href|src)="(\/[^"#]*)"/g)) waiting.push(link as string)
  }
  return shown
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
