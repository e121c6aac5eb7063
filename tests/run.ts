import { lintGate } from './gates/lint.ts'
import { testsGate } from './gates/tests.ts'
import { typeGate } from './gates/types.ts'
import { unusedGate } from './gates/unused.ts'
import { total, type Verdict } from './gates/verdict.ts'

/**
 * `pnpm test`: every gate in order, each saying what it examined. A gate that examined nothing has failed. The type check
 * comes before the tests, because tests transform what Node only strips. Arguments go to the tests (`pnpm test vault`).
 */
const verdicts: Verdict[] = []
for (const gate of [typeGate, lintGate, unusedGate, () => testsGate(process.argv.slice(2))]) {
  const started = performance.now()
  const verdict = await gate()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const mark = verdict.failed === 0 ? 'ok  ' : 'FAIL'
  if (verdict.output !== '') process.stdout.write(`${verdict.output.trimEnd()}\n`)
  process.stdout.write(`${mark} ${verdict.name}: examined ${verdict.examined} (${seconds} s)\n`)
  verdicts.push(verdict)
}

const { passed, failed, skipped } = total(verdicts)
for (const { name, reason } of skipped) process.stdout.write(`skipped: ${name} (${reason})\n`)
process.stdout.write(`\n${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}\n`)
process.exitCode = failed === 0 ? 0 : 1
