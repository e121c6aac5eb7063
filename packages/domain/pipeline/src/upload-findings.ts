import type { ContentId, Receipt, Vault } from '@afferent/ledger'
import { findingsCsv, summariseFindings } from '@afferent/results'
import { readFindings } from './files/findings-file.ts'

/** What a receipt says about one file, and all its findings as CSV; null when there are none. */
export interface UploadFindings {
  readonly groups: Receipt['findings']
  readonly csv: Iterable<Uint8Array> | null
}

/** Findings of one upload, accepted or refused, as validation left them in the vault. */
export async function uploadFindings(vault: Vault, dataset: ContentId): Promise<UploadFindings> {
  const findings = await readFindings((file) => vault.readFile(`datasets/${dataset}`, file))
  const groups = summariseFindings(findings).map(({ rule, severity, count, examples, remedy }) => ({
    rule,
    severity,
    count,
    examples,
    remedy,
  }))
  return { groups, csv: findings.count === 0 ? null : findingsCsv(findings) }
}
