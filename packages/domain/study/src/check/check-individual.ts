import { computedParameters } from '../computed-parameters.ts'
import type { Complaints } from '../parse/complaints.ts'
import { suggestion } from '../parse/did-you-mean.ts'
import type { AnalyticStudy, IndividualFamily, PainKind } from '../study.ts'

const DAILY = { avg: 'PNAVG', worst: 'PNWST', least: 'PNLST', now: 'PNNOW' } as const satisfies Record<PainKind, string>

/** What is said about one patient names parameters that the study computes, and a spread for each reliable change. */
export function checkIndividual(study: AnalyticStudy, complaints: Complaints): void {
  const { individual } = study
  if (individual === null) return
  const { parameters, series, reliableChange, randomisation } = individual
  const at = (...path: string[]): string[] => ['individual', ...path]
  if (parameters.length + series.length === 0) {
    complaints.error(at(), 'individual names neither parameters nor series; name some, or set individual: none')
    return
  }
  checkCodes(study, individual, complaints)
  for (const code of Object.keys(reliableChange)) {
    if (parameters.includes(code)) continue
    complaints.error(
      at('reliableChange', code),
      `individual.reliableChange ${code} is not one of individual.parameters`,
    )
  }
  if (randomisation !== null && series.length === 0) {
    complaints.error(at('randomisation'), 'individual.randomisation needs individual.series')
  }
}

function checkCodes(study: AnalyticStudy, { parameters, series }: IndividualFamily, complaints: Complaints): void {
  const byVisit = computedParameters(study).flatMap(({ code, schedule }) => (schedule === 'pooled' ? [] : [code]))
  const byDate = (study.pain?.kinds ?? []).map((kind) => DAILY[kind])
  const check = (name: string, given: readonly string[], known: readonly string[]): void => {
    for (const [i, code] of given.entries()) {
      if (given.indexOf(code) < i) complaints.error(['individual', name], `individual.${name} names ${code} twice`)
      if (known.includes(code)) continue
      const says = `individual.${name} ${code} is not computed by this study${suggestion(code, known)}`
      complaints.error(['individual', name], says)
    }
  }
  check('parameters', parameters, byVisit)
  check('series', series, [...byVisit, ...byDate])
}
