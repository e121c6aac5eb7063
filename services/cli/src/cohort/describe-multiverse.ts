import type { Universe } from '@afferent/pipeline'
import type { Paint } from '../paint.ts'
import { printable } from '../printable.ts'
import { textTable } from '../text-table.ts'

const percent = (share: number): string => (100 * share).toFixed(1).replace(/^-0\.0$/, '0.0')
const rate = (responders: number, subjects: number): string =>
  subjects === 0 ? '0/0' : `${responders}/${subjects} (${percent(responders / subjects)} %)`

/** One line per definition, the study's own marked; then how far the answer moves. */
export function describeMultiverse(
  universes: readonly Universe[],
  primary: { readonly parameter: string; readonly visit: number },
  nameOf: (arm: string) => string,
  paint: Paint,
): string {
  const [first] = universes
  if (first === undefined) return 'no definition has a result\n'
  const arms = first.arms.map(({ arm }) => nameOf(arm))
  const columns = [
    { title: '' },
    { title: 'headache day' },
    { title: 'period rule' },
    { title: 'missing' },
    { title: 'cut', align: 'right' as const },
    ...arms.map((title) => ({ title: printable(title), align: 'right' as const })),
    { title: 'difference (95 % CI), points', align: 'right' as const },
  ]
  const rows = universes.map(({ own, headache, period, missing, cut, arms: counts, difference }) => [
    own ? '*' : '',
    headache ?? '-',
    period,
    missing,
    `${cut} %`,
    ...counts.map(({ responders, subjects }) => rate(responders, subjects)),
    difference === null
      ? '-'
      : `${percent(difference.estimate)} (${percent(difference.lower)} to ${percent(difference.upper)})`,
  ])
  return [
    `${paint('bold', `${primary.parameter}, visit ${primary.visit}: responders under ${universes.length} definitions`)}\n`,
    textTable(columns, rows),
    ...[30, 50, 75].flatMap((cut) => rangeOf(universes, cut)),
    '* as the study file has it; differences are Miettinen-Nurminen, subjects as allocated\n',
  ].join('')
}

function rangeOf(universes: readonly Universe[], cut: number): string[] {
  const found = universes.filter((one) => one.cut === cut).flatMap(({ difference }) => difference ?? [])
  if (found.length === 0) return []
  const estimates = found.map(({ estimate }) => estimate)
  const clear = found.filter(({ lower, upper }) => lower > 0 || upper < 0).length
  return [
    `${cut} %: differences from ${percent(Math.min(...estimates))} to ${percent(Math.max(...estimates))} points; limits exclude 0 in ${clear} of ${found.length}\n`,
  ]
}
