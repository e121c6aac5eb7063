import type { ArmTruth, Truth } from '@afferent/simulation'
import { type TextColumn, textTable } from '../text-table.ts'

/** What is true of the arms: the course of the disease, then the expected value of each parameter and visit. */
export function describeTruth({ unit, cut, arms }: Truth): string {
  const both = arms()
  const course = both.map(({ arm, subjects, baseline, change, responders }) => [
    arm,
    String(subjects),
    baseline.toFixed(2),
    change.toFixed(2),
    `${responders}/${subjects}`,
  ])
  return [
    `\nThe truth behind it: ${unit}; a responder has ${cut} % less\n`,
    textTable(['arm', 'n', 'baseline', 'change', 'responders'].map(toColumn), course),
    parameterTable(both),
  ].join('')
}

function parameterTable(arms: readonly ArmTruth[]): string {
  const [first] = arms
  if (first === undefined || first.parameters.length === 0) return ''
  const rows = first.parameters.map(({ parameter, visit }) => [
    parameter,
    visit === null ? '' : String(visit),
    ...arms.map(({ parameters }) => {
      const own = parameters.find((truth) => truth.parameter === parameter && truth.visit === visit)
      return own === undefined ? '' : own.value.toFixed(3)
    }),
  ])
  const titles = ['parameter', 'visit', ...arms.map(({ arm }) => arm)]
  return `\nExpected values, means over the subjects of an arm\n${textTable(titles.map(toColumn), rows)}`
}

const toColumn = (title: string): TextColumn => ({
  title,
  align: title === 'arm' || title === 'parameter' ? 'left' : 'right',
})
