import { outcomeName } from '@afferent/study'
import { ancova } from '../means/ancova.ts'
import type { MeanEstimate } from '../means/mean-estimate.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import { type AnalysisContext, addRow, type Figures, figures, type MethodRow, modelTerms } from './analysis-context.ts'
import { modelGroups } from './model-groups.ts'

/** ANCOVA of a value: LS means of the arms, differences from the reference. */
export function addAncovaRows(context: AnalysisContext): void {
  const { analysis, data } = context
  const outcome = outcomeName(analysis.outcome)
  const METHOD = `ANCOVA, ${outcome} ~ ${modelTerms(analysis, true)}, least squares, t limits, levels weighted ${analysis.levelWeights}`
  for (const group of modelGroups(context, true, (m, at) => !Number.isNaN(at.outcome[m]))) {
    const { at, members, places, names, sizes, subjects } = group
    const values = Float64Array.from(members, (m) => at.outcome[m] as number)
    const found = data.repeated ? REPEATED : ancova(values, subjects, analysis.levelWeights)
    const base: MethodRow = { ANALYSIS: 'ANCOVA', METHOD, AVISIT: context.labelOf(at.visit) }
    places.forEach((place, a) => {
      const mean = isMissing(found) ? found : (found.leastSquaresMeans[a] as MeanEstimate | NoAnswer)
      const N = sizes[a] as number
      addRow(context, { ...base, ARM: names[a], STAT: 'LSMEAN', N, ...figures(mean, meanFigures) }, [place], N)
    })
    addDifferences(context, base, group, (a) =>
      figures(isMissing(found) ? found : (found.differences[a] as MeanEstimate | NoAnswer), testedFigures),
    )
  }
}

/** A row for every arm against the reference. */
export function addDifferences(
  context: AnalysisContext,
  base: MethodRow,
  { places, names, sizes }: Pick<ReturnType<typeof modelGroups>[number], 'places' | 'names' | 'sizes'>,
  figuresOf: (arm: number) => Partial<MethodRow>,
  STAT = 'DIFF',
): void {
  for (let a = 1; a < places.length; a++) {
    const N = (sizes[a] as number) + (sizes[0] as number)
    const row = { ...base, ARM: names[a], REFARM: names[0], STAT, N, ...figuresOf(a) }
    addRow(context, row, [places[a] as number, places[0] as number], N)
  }
}

export const REPEATED: NoAnswer = { reason: 'subjects have several values at a visit, as in a crossover' }

export const meanFigures = ({ estimate, se, df, lower, upper }: MeanEstimate): Figures => ({
  ESTIMATE: estimate,
  SE: se,
  DF: df,
  LOWER: lower,
  UPPER: upper,
})

export const testedFigures = (found: MeanEstimate): Figures => ({ ...meanFigures(found), PVALUE: found.p })
