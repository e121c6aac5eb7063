import type { Complaints } from '../parse/complaints.ts'
import { printPath, type SettingPath } from '../parse/issue.ts'
import type { RawStudy } from '../settings/settings.ts'
import type { AnalyticStudy, Window } from '../study.ts'

interface Placed {
  readonly window: Window
  readonly path: SettingPath
}

/** Windows lie in order, apart from each other, and on study days that exist. */
export function checkWindows(raw: RawStudy, study: AnalyticStudy, complaints: Complaints): void {
  const { periods, weeks } = study
  const baseline: Placed = { window: periods.baseline, path: ['periods', 'baseline'] }
  const own = (periods.windows ?? []).map((window, i): Placed => ({ window, path: ['periods', 'windows', i] }))
  for (const placed of [baseline, ...own, { window: weeks.baseline, path: ['weeks', 'baseline'] }]) {
    checkWindow(placed, complaints)
  }
  checkApart([baseline, ...own], complaints)
  checkVisitNumbers(own, complaints)
  if (periods.windows !== null && periods.count !== null) {
    complaints.error(
      ['periods', 'count'],
      'periods.count and periods.windows exclude each other: windows count themselves',
    )
  }
  if (periods.windows === null && periods.baseline.to > 0) {
    complaints.error(['periods', 'baseline'], 'periods.baseline overlaps period 1, which begins on study day 1')
  }
  checkMinima(raw, study, complaints)
}

function checkWindow({ window, path }: Placed, complaints: Complaints): void {
  const { from, to } = window
  const name = printPath(path)
  if (from === 0 || to === 0) {
    complaints.error(path, `${name} names study day 0, which does not exist: day 1 is the first day of treatment`)
  } else if (from > to) {
    complaints.error(path, `${name} ends (${to}) before it begins (${from})`)
  } else if (from < 0 && to > 0) {
    complaints.error(path, `${name} goes from ${from} to ${to} across the begin of treatment: end it on day -1`)
  }
}

/** Whole windows alone are compared; the others have been complained about. */
const isSound = ({ from, to }: Window): boolean => from <= to && from !== 0 && to !== 0 && from < 0 === to < 0

function checkApart(placed: readonly Placed[], complaints: Complaints): void {
  const inOrder = placed.filter(({ window }) => isSound(window))
  inOrder.sort((a, b) => a.window.from - b.window.from)
  for (const [i, { window, path }] of inOrder.entries()) {
    const before = inOrder[i - 1]
    if (before === undefined || before.window.to < window.from) continue
    const span = ({ from, to }: Window): string => `${from} to ${to}`
    complaints.error(
      path,
      `${printPath(path)} (${span(window)}) overlaps ${printPath(before.path)} (${span(before.window)})`,
    )
  }
}

function checkVisitNumbers(placed: readonly Placed[], complaints: Complaints): void {
  const seen = new Set<number>()
  for (const { window, path } of placed) {
    if (seen.has(window.visit)) {
      complaints.error([...path, 'visit'], `${printPath([...path, 'visit'])}: visit ${window.visit} is there twice`)
    }
    seen.add(window.visit)
  }
}

/** Days of a window; there is no day 0 to count. */
const daysIn = ({ from, to }: Window): number => to - from + 1 - (from < 0 && to > 0 ? 1 : 0)

function checkMinima(raw: RawStudy, { periods, weeks }: AnalyticStudy, complaints: Complaints): void {
  const check = (path: SettingPath, minimum: number, available: number): void => {
    if (minimum <= available) return
    complaints.error(
      path,
      `${printPath(path)} asks for ${minimum} observed days of ${available}: no window can be valid`,
    )
  }
  const baselineDays = daysIn(periods.baseline)
  check(['periods', 'baseline', 'minObserved'], periods.baselineMinObserved, baselineDays)
  check(['weeks', 'minObserved'], weeks.minObserved, Math.min(7, daysIn(weeks.baseline)))
  if (raw.periods?.minObserved === undefined || periods.minObserved === null) return
  const shortest = Math.min(...(periods.windows?.map(daysIn) ?? [periods.lengthDays]))
  check(['periods', 'minObserved'], periods.minObserved, shortest)
}
