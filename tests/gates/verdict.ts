/** What one gate found. */
export interface Verdict {
  readonly name: string
  /** For people: '212 files', '310 tests in 45 files, 512 imports'. */
  readonly examined: string
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly Skipped[]
  /** What a person needs to mend it; empty when there is nothing to mend. */
  readonly output: string
}

export interface Skipped {
  readonly name: string
  readonly reason: string
}

/** A gate that is one yes or no. Having examined nothing is a no. */
export function toVerdict(name: string, count: number, unit: string, fine: boolean, output: string): Verdict {
  const ok = fine && count > 0
  const said = count > 0 ? output : `${output}\n${name} examined nothing, which counts as failed`
  return {
    name,
    examined: `${count} ${unit}`,
    passed: ok ? 1 : 0,
    failed: ok ? 0 : 1,
    skipped: [],
    output: ok ? '' : said,
  }
}

export function total(verdicts: readonly Verdict[]): Pick<Verdict, 'passed' | 'failed' | 'skipped'> {
  const sum = (pick: (verdict: Verdict) => number): number => verdicts.reduce((n, verdict) => n + pick(verdict), 0)
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed),
    skipped: verdicts.flatMap(({ skipped }) => skipped),
  }
}
