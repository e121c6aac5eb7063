import { outcomeName } from '@afferent/study'
import type { MeanEstimate } from '../means/mean-estimate.ts'
import { trialMmrm } from '../models/trial-mmrm.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import {
  type AnalysisContext,
  addRow,
  adjustmentOf,
  comparedWith,
  figures,
  hasAdjustment,
  type MethodRow,
} from './analysis-context.ts'
import { addDifferences, meanFigures, REPEATED, testedFigures } from './ancova-rows.ts'

/** MMRM over the visits up to the last one asked for; rows of those asked for. */
export function addMmrmRows(context: AnalysisContext): void {
  const { analysis, data, arms } = context
  const last = Math.max(...analysis.visits)
  const visits = data.visits.filter(({ visit }) => visit <= last)
  const terms = ['TRT*AVISIT', 'BASE*AVISIT', ...analysis.adjust].join(' + ')
  for (const { reference, arms: compared } of comparedWith(context)) {
    const places = [reference, ...compared].map(arms.placeOf)
    const has = (m: number): boolean =>
      places.includes(data.arm[m] as number) &&
      visits.some(({ outcome }) => !Number.isNaN(outcome[m])) &&
      hasAdjustment(context, m, true)
    const members = Int32Array.from([...data.members.keys()].filter(has))
    const arm = Int32Array.from(members, (m) => places.indexOf(data.arm[m] as number))
    const values = visits.map(({ outcome }) => Float64Array.from(members, (m) => outcome[m] as number))
    const subjects = { arm, arms: places.length, reference: 0, ...adjustmentOf(context, members, true) }
    const found = data.repeated ? REPEATED : trialMmrm(values, subjects, analysis.levelWeights, 'Kenward-Roger')
    const structure = isMissing(found) ? '' : `, ${found.structureLabel}`
    const METHOD = `MMRM, ${outcomeName(analysis.outcome)} ~ ${terms}, REML${structure}, Kenward-Roger df, levels weighted ${analysis.levelWeights}`
    const names = places.map((place) => arms.names[place - 1] as string)
    const sizes = places.map((_, a) => arm.reduce((n, own) => n + (own === a ? 1 : 0), 0))
    visits.forEach(({ visit }, v) => {
      if (!analysis.visits.includes(visit)) return
      const base: MethodRow = { ANALYSIS: 'MMRM', METHOD, AVISIT: context.labelOf(visit) }
      const at = isMissing(found) ? found : found.visits[v]
      places.forEach((place, a) => {
        const mean = at === undefined || isMissing(at) ? (at as NoAnswer) : at.leastSquaresMeans[a]
        const N = sizes[a] as number
        const row = {
          ...base,
          ARM: names[a],
          STAT: 'LSMEAN',
          N,
          ...figures(mean as MeanEstimate | NoAnswer, meanFigures),
        }
        addRow(context, row, [place], N)
      })
      addDifferences(context, base, { places, names, sizes }, (a) => {
        const difference = at === undefined || isMissing(at) ? (at as NoAnswer) : at.differences[a]
        return figures(difference as MeanEstimate | NoAnswer, testedFigures)
      })
    })
  }
}
