import { readFileSync } from 'node:fs'
import { RULES } from '@afferent/records'
import { describe, expect, it } from 'vitest'

const README = new URL('../README.md', import.meta.url)
const HEADING = '## Rules\n'

/** The catalogue as a Markdown table; `vitest -u` writes it into the README. */
function ruleTable(): string {
  const rows = Object.entries(RULES).map(([id, { severity, scope, says, remedy }]) => [
    `\`${id}\``,
    severity,
    scope,
    says,
    remedy,
  ])
  const head = ['rule', 'severity', 'about', 'says', 'remedy']
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => cells[column].length)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line), ''].join('\n')
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
