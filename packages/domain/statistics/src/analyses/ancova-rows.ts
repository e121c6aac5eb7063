import { outcomeName } from '@afferent/study'
import { ancova } from '../means/ancova.ts'
import type { MeanEstimate } from '../means/mean-estimate.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import {
  type AnalysisContext,
  addRow,
  adjustmentOf,
  comparedWith,
  type Figures,
  figures,
  hasAdjustment,
  type MethodRow,
  modelTerms,
} from './analysis-context.ts'

/** ANCOVA of a value: LS means of the arms, differences from the reference. */
export function addAncovaRows(context: AnalysisContext): void {
  const { analysis, data, arms } = context
  const outcome = outcomeName(analysis.outcome)
  const METHOD = `ANCOVA, ${outcome} ~ ${modelTerms(analysis, true)}, least squares, t limits, levels weighted ${analysis.levelWeights}`
  for (const { visit, outcome: values } of data.visits.filter(({ visit }) => analysis.visits.includes(visit))) {
    for (const { reference, arms: compared } of comparedWith(context)) {
      const codes = [reference, ...compared]
      const places = codes.map(arms.placeOf)
      const has = (m: number): boolean =>
        places.includes(data.arm[m] as number) && !Number.isNaN(values[m]) && hasAdjustment(context, m, true)
      const members = Int32Array.from([...data.members.keys()].filter(has))
      const found = data.repeated
        ? REPEATED
        : ancova(
            Float64Array.from(members, (m) => values[m] as number),
            {
              arm: Int32Array.from(members, (m) => places.indexOf(data.arm[m] as number)),
              arms: codes.length,
              reference: 0,
              ...adjustmentOf(context, members, true),
            },
            analysis.levelWeights,
          )
      const base: MethodRow = { ANALYSIS: 'ANCOVA', METHOD, AVISIT: context.labelOf(visit) }
      const sizeOf = (place: number): number => members.reduce((n, m) => n + (data.arm[m] === place ? 1 : 0), 0)
      codes.forEach((_, a) => {
        const place = places[a] as number
        const ARM = arms.names[place - 1] as string
        const mean = isMissing(found) ? found : (found.leastSquaresMeans[a] as MeanEstimate | NoAnswer)
        const n = sizeOf(place)
        addRow(context, { ...base, ARM, STAT: 'LSMEAN', N: n, ...figures(mean, meanFigures) }, [place], n)
      })
      compared.forEach((_, k) => {
        const pair = [places[k + 1] as number, places[0] as number]
        const n = sizeOf(pair[0] as number) + sizeOf(pair[1] as number)
        const difference = isMissing(found) ? found : (found.differences[k + 1] as MeanEstimate | NoAnswer)
        const names = {
          ARM: arms.names[(pair[0] as number) - 1] as string,
          REFARM: arms.names[(pair[1] as number) - 1] as string,
        }
        const row = { ...base, ...names, STAT: 'DIFF', N: n, ...figures(difference, testedFigures) }
        addRow(context, row, pair, n)
      })
    }
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
