import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runTool } from './run-tool.ts'
import { toVerdict, type Verdict } from './verdict.ts'

/** Files, exports and dependencies that nobody uses, and imports that no manifest declares, by knip. */
export async function unusedGate(): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'afferent-unused-'))
  const report = join(folder, 'examined')
  const reporters = ['--reporter', 'symbols', '--reporter', './tests/gates/unused-reporter.ts']
  try {
    const { code, output } = await runTool('knip', [...reporters, '--no-progress', '--no-config-hints'], {
      env: { GATE_REPORT: report },
    })
    return toVerdict('unused code', readCount(report), 'files', code === 0, output)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function readCount(report: string): number {
  try {
    return Number(readFileSync(report, 'utf8'))
  } catch {
    return 0
  }
}
