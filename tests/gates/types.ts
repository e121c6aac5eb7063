import { repositoryRoot, runTool } from './run-tool.ts'
import { toVerdict, type Verdict } from './verdict.ts'

/** Type check of all our sources; catches also the four things that pass the tests and stop Node (style of the house). */
export async function typeGate(): Promise<Verdict> {
  const { code, output } = await runTool('typescript', ['--noEmit', '--listFiles', '--pretty', 'false'])
  const lines = output.split('\n')
  const isOurs = (line: string): boolean => line.startsWith(repositoryRoot) && !line.includes('/node_modules/')
  const complaints = lines.filter((line) => line !== '' && !line.startsWith('/'))
  return toVerdict('type check', lines.filter(isOurs).length, 'files', code === 0, complaints.join('\n'))
}
