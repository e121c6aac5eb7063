import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runTool } from './run-tool.ts'
import type { TestReport } from './tests-reporter.ts'
import type { Verdict } from './verdict.ts'

export const NOTHING: TestReport = { passed: 0, failed: 0, skipped: [], files: 0, examined: [], errors: 0 }

/** All tests, by vitest: shows its lines as they come, then counts. */
export async function testsGate(filters: readonly string[]): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'afferent-tests-'))
  const report = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=./tests/gates/tests-reporter.ts']
  try {
    const env = { GATE_REPORT: report }
    const { code } = await runTool('vitest', ['run', ...reporters, ...filters], { env, passThrough: true })
    return toTestVerdict(readReport(report), code)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Counts of a run; a run without a report, without a passed test, or that ended badly without saying why, has failed. */
export function toTestVerdict({ passed, failed, skipped, files, examined, errors }: TestReport, code: number): Verdict {
  const broken = failed + errors === 0 && (code !== 0 || passed === 0) ? 1 : 0
  return {
    name: 'tests',
    examined: [`${passed + failed + skipped.length} tests in ${files} files`, ...examined].join(', '),
    passed,
    failed: failed + errors + broken,
    skipped,
    output: broken === 1 ? `vitest ended with code ${code} after ${passed} passed tests` : '',
  }
}

function readReport(path: string): TestReport {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as TestReport
  } catch {
    return NOTHING
  }
}
