import { readFileSync } from 'node:fs'
import { RULES } from '@afferent/records'
import { describe, expect, it } from 'vitest'

const README = new URL('../README.md', import.meta.url)
const HEADING = '## Rules\n'

/** The catalogue as a Markdown table; `vitest -u` writes it into the README. */
function ruleTable(): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|')
  const rows = Object.entries(RULES).map(
    ([id, { severity, scope, says, remedy }]) =>
      `| \`${id}\` | ${severity} | ${scope} | ${cell(says)} | ${cell(remedy)} |`,
  )
  return ['| rule | severity | about | says | remedy |', '|---|---|---|---|---|', ...rows, ''].join('\n')
}

describe('the rule table of the README', () => {
  const text = readFileSync(README, 'utf8')
  const at = text.indexOf(HEADING)

  it('says what the catalogue says, and nothing else', async () => {
    expect(at).toBeGreaterThan(0)
    await expect(`${text.slice(0, at)}${HEADING}\n${ruleTable()}`).toMatchFileSnapshot('../README.md')
  })

  it('says in a sentence what would be right, why, and what to do', () => {
    for (const [id, rule] of Object.entries(RULES)) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
      for (const sentence of [rule.says, rule.reason, rule.remedy]) {
        expect(sentence, id).toMatch(/^\S.{9,}[^.]$/)
      }
    }
  })
})
