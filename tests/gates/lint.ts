import { runTool } from './run-tool.ts'
import { toVerdict, type Verdict } from './verdict.ts'

/** Lint and format by Biome; warnings count, because a warning nobody must mend is noise. */
export async function lintGate(): Promise<Verdict> {
  const { code, output } = await runTool('@biomejs/biome', ['check', '--error-on-warnings', '--colors=off', '.'])
  const files = Number(/Checked (\d+) file/.exec(output)?.[1] ?? 0)
  return toVerdict('lint', files, 'files', code === 0, output)
}
