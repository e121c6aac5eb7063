import { outcomeName } from '@afferent/study'
import { mmrm } from '../models/mmrm.ts'
import { isMissing } from '../no-answer.ts'
import { type AnalysisContext, addRow, figures, type MethodRow } from './analysis-context.ts'
import { addDifferences, meanFigures, REPEATED, testedFigures } from './ancova-rows.ts'
import { trialGroups } from './trial-groups.ts'

const LABELS = {
  UN: 'unstructured',
  TOEPH: 'heterogeneous Toeplitz',
  ARH1: 'heterogeneous AR(1)',
  CS: 'compound symmetry',
} as const

/** MMRM over the visits up to the last one asked for; rows of those asked for. */
export function addMmrmRows(context: AnalysisContext): void {
  const { analysis, data } = context
  const terms = ['TRT*AVISIT', 'BASE*AVISIT', ...analysis.adjust].join(' + ')
  for (const group of trialGroups(context, false)) {
    const found = data.repeated ? REPEATED : mmrm(group.trial, { reference: 0, df: 'kenward-roger' })
    const left = isMissing(found)
      ? ''
      : found.given.map(({ structure, reason }) => `, ${LABELS[structure]} left: ${reason}`).join('')
    const structure = isMissing(found) ? '' : `, ${LABELS[found.structure]}${left}`
    const METHOD = `MMRM, ${outcomeName(analysis.outcome)} ~ ${terms}, REML${structure}, Kenward-Roger df`
    group.visits.forEach((visit, v) => {
      if (!analysis.visits.includes(visit)) return
      const base: MethodRow = { ANALYSIS: 'MMRM', METHOD, AVISIT: context.labelOf(visit) }
      group.places.forEach((place, a) => {
        const mean = isMissing(found) ? found : (found.means[v]?.[a] as NonNullable<(typeof found.means)[0][0]>)
        const N = group.sizes[a] as number
        addRow(context, { ...base, ARM: group.names[a], STAT: 'LSMEAN', N, ...figures(mean, meanFigures) }, [place], N)
      })
      addDifferences(context, base, group, (a) => {
        const difference = isMissing(found) ? found : found.differences[v]?.[a]
        return figures(difference ?? NO_DIFFERENCE, testedFigures)
      })
    })
  }
}

const NO_DIFFERENCE = { reason: 'the arm is the reference' }
