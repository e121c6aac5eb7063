import { writeFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule } from 'vitest/node'
import type { Skipped } from './verdict.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** What a test looked at, for the last lines of a run: '512 imports'. */
    examined?: string
  }
}

export interface TestReport {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly Skipped[]
  readonly files: number
  readonly examined: readonly string[]
  /** Errors outside of tests: a file that does not load, a rejection nobody awaited. */
  readonly errors: number
}

/** Writes the outcome of a run for the gate: counts, every skipped test with its reason, what tests examined. */
export default class GateReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const cases = modules.flatMap((module) => [...module.children.allTests()])
    const inState = (state: string): TestCase[] => cases.filter((test) => test.result().state === state)
    const outside = modules.map((module) => module.errors().length + suiteErrors(module))
    const report: TestReport = {
      passed: inState('passed').length,
      failed: inState('failed').length,
      skipped: inState('skipped').map(toSkipped),
      files: modules.length,
      examined: cases.flatMap((test) => test.meta().examined ?? []),
      errors: unhandled.length + outside.reduce((sum, n) => sum + n, 0),
    }
    const path = process.env.GATE_REPORT
    if (path !== undefined) writeFileSync(path, JSON.stringify(report))
  }
}

const suiteErrors = (module: TestModule): number =>
  [...module.children.allSuites()].reduce((sum, suite) => sum + suite.errors().length, 0)

function toSkipped(test: TestCase): Skipped {
  const result = test.result()
  const note = result.state === 'skipped' ? result.note : undefined
  const reason = note ?? (test.name.startsWith('skipped: ') ? test.name.slice('skipped: '.length) : 'no reason given')
  return { name: `${test.module.relativeModuleId} > ${test.fullName}`, reason }
}
