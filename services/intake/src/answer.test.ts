import type { Receipt } from '@afferent/ledger'
import { describe, expect, it } from 'vitest'
import { answerDuplicate, answerOutcome, type Case } from './answer.ts'

const of: Case = {
  study: 'trial',
  name: 'site/diary.csv',
  number: 7,
  object: `sha256-${'a'.repeat(64)}`,
  size: 120,
  receivedAt: '2026-03-01T08:00:00.000Z',
  before: null,
}
const group = (rule: string, severity: string, example: string): Receipt['findings'][number] => ({
  rule,
  severity,
  count: 2,
  examples: [example],
  remedy: 'export the column',
})

describe('the answer to a file', () => {
  it('counts every row: read, used, quarantined, excluded', () => {
    const rows = { read: 10, used: 7, quarantined: 2, excluded: 1 } // 7 + 2 + 1 = 10
    const outcome = { kind: 'accepted', dataset: `sha256-${'d'.repeat(64)}`, rows } as const
    const { verdict, receipt } = answerOutcome({ ...of, before: 3 }, outcome, [])
    expect(verdict).toBe('accepted')
    expect(receipt).toMatchObject({ state: 'superseding', supersedes: 3, rows })
    expect(receipt.says).toBe(
      'site/diary.csv is in force as upload 7, in place of upload 3: 10 rows read, 7 used, 2 quarantined, 1 excluded; see diary.csv.findings.csv',
    )
  })

  it('that validation refused gives one example of each rule that broke it, and no warning', () => {
    const findings = [
      group('column-missing', 'error', 'diary.csv: column "pain" is missing'),
      group('late-entry', 'info', 'diary.csv:4 is late'),
    ]
    const { verdict, receipt } = answerOutcome(of, { kind: 'refused', code: 'column-missing', says: '' }, findings)
    expect(verdict).toBe('refused')
    expect(receipt.says).toBe('site/diary.csv is refused: diary.csv: column "pain" is missing -> export the column')
    expect(receipt.findings).toEqual(findings)
  })

  it('keeps the state validation gave: empty and unreadable are not refused', () => {
    const refused = (state: 'empty' | 'unreadable') =>
      answerOutcome(of, { kind: 'refused', code: 'file-empty', state, says: 'it holds no row' }, []).receipt.state
    expect([refused('empty'), refused('unreadable')]).toEqual(['empty', 'unreadable'])
  })

  it('to a corrected study file says that refused files are judged again, and where to see it', () => {
    const says = (before: number | null) =>
      answerOutcome({ ...of, name: 'study.yaml', before }, { kind: 'study' }, []).receipt.says
    expect(says(null)).toBe('study.yaml is the study file in force')
    expect(says(3)).toBe(
      'study.yaml is the study file in force, in place of upload 3; all files are judged by it again, refused ones too (afferent status trial)',
    )
  })

  it('that a newer version overtook says which one', () => {
    const { receipt } = answerOutcome(of, { kind: 'superseded', by: 9 }, [])
    expect(receipt.says).toBe('site/diary.csv is upload 7; upload 9 of the same name came after it and is in force')
  })

  it('known already is a duplicate and supersedes nothing', () => {
    expect(answerDuplicate({ ...of, before: 3 }).receipt).toMatchObject({
      state: 'duplicate',
      number: 7,
      supersedes: null,
    })
  })
})
