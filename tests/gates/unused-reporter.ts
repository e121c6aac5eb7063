import { writeFileSync } from 'node:fs'

/** Tells the gate how many files knip looked at; its own reporter says nothing when all is well. */
export default function reportExamined({ counters }: { counters: { total: number } }): void {
  const report = process.env.GATE_REPORT
  if (report !== undefined) writeFileSync(report, String(counters.total))
}
