import type { RefusedFile, ValidatedFiles } from '@afferent/pipeline'
import type { Findings } from '@afferent/records'
import type { RuleSummary } from '@afferent/results'
import type { Context } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { printable } from '../printable.ts'

/** Findings as screens show them: grouped by rule, errors first, with counts and three examples each. */
export function findingsText(groups: readonly RuleSummary[], { paint }: Pick<Context, 'paint'>): string {
  const color = { error: 'red', warning: 'yellow', info: 'dim' } as const
  const lines: string[] = []
  for (const { rule, severity, count, examples, remedy } of groups) {
    lines.push(`${paint(color[severity], severity)} ${rule}: ${count.toLocaleString('en-US')}`)
    for (const example of examples) lines.push(`  ${printable(example)}`)
    if (count > examples.length) lines.push(`  ... and ${(count - examples.length).toLocaleString('en-US')} more`)
    if (severity !== 'info') lines.push(`  -> ${remedy}`)
  }
  return lines.map((line) => `${line}\n`).join('')
}

/** Findings of all files, those refused as a whole included. */
export const allFindings = (files: ValidatedFiles): Findings[] => [
  ...files.refused.map((file) => file.findings),
  ...files.inForce.map(({ dataset }) => dataset.findings),
]

/** Refused as a whole comes before single findings; nothing examined is never a success. */
export function exitOf(
  groups: readonly RuleSummary[],
  refused: readonly RefusedFile[],
  counts: { readonly read: number; readonly used: number },
): ExitCode {
  if (refused.length > 0)
    return refused.every((f) => f.state === 'empty') && counts.read === 0 ? EXIT.nothing : EXIT.refused
  if (counts.read === 0 || counts.used === 0) return EXIT.nothing
  return groups.some((g) => g.severity === 'error') ? EXIT.findings : EXIT.ok
}
