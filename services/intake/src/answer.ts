import { basename } from 'node:path'
import type { Receipt, ReceiptState } from '@afferent/ledger'
import type { Outcome } from '@afferent/pipeline'
import { printable } from './printable.ts'

/** What the answer to one file is made from. */
export interface Case {
  readonly study: string
  readonly name: string
  readonly number: number | null
  readonly object: string | null
  readonly size: number
  readonly receivedAt: string
  /** Number of the upload that was in force under this name before. */
  readonly before: number | null
}

export type Verdict = 'accepted' | 'refused'

type Findings = Receipt['findings']
type Settled = Exclude<Outcome, { kind: 'pending' | 'waiting-for-study' }>

/** The answer to a file that has been judged. */
export function answerOutcome(of: Case, outcome: Settled, findings: Findings): { verdict: Verdict; receipt: Receipt } {
  const name = printable(of.name)
  switch (outcome.kind) {
    case 'refused': {
      const says = outcome.says === '' ? refusalFrom(name, findings) : `${name} is refused: ${outcome.says}`
      return answer(of, 'refused', outcome.state ?? 'refused', says, findings)
    }
    case 'superseded': {
      const says = `${name} is upload ${of.number}; upload ${outcome.by} of the same name came after it and is in force`
      return answer(of, 'accepted', newOrSuperseding(of), says, findings)
    }
    case 'study':
      return answer(
        of,
        'accepted',
        newOrSuperseding(of),
        `${name} is the study file in force${replacing(of)}${judgingAgain(of)}`,
        findings,
      )
    case 'accepted': {
      const { receipt } = answer(of, 'accepted', newOrSuperseding(of), acceptedSays(of, name, outcome.rows), findings)
      return { verdict: 'accepted', receipt: { ...receipt, rows: outcome.rows } }
    }
  }
}

export function answerDuplicate(of: Case): { verdict: Verdict; receipt: Receipt } {
  const says = `${printable(of.name)} holds the same bytes as upload ${of.number}, which is in force; nothing changed`
  return answer({ ...of, before: null }, 'accepted', 'duplicate', says, [])
}

export function answerUnreadable(of: Case): { verdict: Verdict; receipt: Receipt } {
  const says = `${printable(of.name)} may not be read (permission denied); correct its permissions and drop it again`
  return answer(of, 'refused', 'unreadable', says, [])
}

export function answerFolder(of: Case): { verdict: Verdict; receipt: Receipt } {
  const says = `${printable(of.name)} is a folder with the name of a file; drop the files it holds, or rename the folder`
  return answer(of, 'refused', 'refused', says, [])
}

function answer(of: Case, verdict: Verdict, state: ReceiptState, says: string, findings: Findings) {
  const { study, name, number, object, size, receivedAt, before } = of
  const supersedes = state === 'superseding' ? before : null
  const receipt: Receipt = {
    schemaVersion: 1,
    state,
    study,
    name,
    number,
    object,
    size,
    receivedAt,
    supersedes,
    says,
    rows: null,
    findings,
  }
  return { verdict, receipt }
}

const newOrSuperseding = (of: Case): ReceiptState => (of.before === null ? 'new' : 'superseding')

const replacing = (of: Case): string => (of.before === null ? '' : `, in place of upload ${of.before}`)

/** Answers given under the former study file stay where they are; what is in force now stands in the status. */
const judgingAgain = ({ before, study }: Case): string =>
  before === null ? '' : `; all files are judged by it again, refused ones too (afferent status ${study})`

function acceptedSays(of: Case, name: string, rows: NonNullable<Receipt['rows']>): string {
  const parts = [`${count(rows.read, 'row')} read`, `${rows.used} used`]
  if (rows.quarantined > 0) parts.push(`${rows.quarantined} quarantined`)
  if (rows.excluded > 0) parts.push(`${rows.excluded} excluded`)
  const seeAlso = rows.quarantined > 0 ? `; see ${basename(name)}.findings.csv` : ''
  return `${name} is in force as upload ${of.number}${replacing(of)}: ${parts.join(', ')}${seeAlso}`
}

function refusalFrom(name: string, findings: Findings): string {
  const errors = findings.filter((group) => group.severity === 'error')
  const examples = errors.flatMap((group) => group.examples.slice(0, 1).map((each) => `${each} -> ${group.remedy}`))
  return `${name} is refused: ${examples.length > 0 ? examples.join('; ') : 'no row of it can be used'}`
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`
