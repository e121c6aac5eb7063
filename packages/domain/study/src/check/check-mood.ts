import { computedParameters } from '../computed-parameters.ts'
import type { Complaints } from '../parse/complaints.ts'
import { suggestion } from '../parse/did-you-mean.ts'
import { printPath } from '../parse/issue.ts'
import { lacking } from '../parse/resolve-mood.ts'
import type { AnalyticStudy } from '../study.ts'

/** Yes-or-no parameters and those that themselves rest on others: nothing can be measured by them. */
const ANSWERS = ['DUALRSP', 'FM30S', 'FM30L', 'FM2016', 'FM2011', 'PHQ9I9']

const measured = (study: AnalyticStudy): string[] =>
  computedParameters(study)
    .filter(({ code, schedule }) => schedule !== 'pooled' && !ANSWERS.includes(code))
    .map(({ code }) => code)

export function checkMood(study: AnalyticStudy, complaints: Complaints): void {
  if (study.mood === null) return
  const codes = measured(study)
  for (const setting of ['scale', 'pain'] as const) {
    const code = study.mood[setting]
    const at = ['mood', setting]
    if (codes.includes(code)) continue
    complaints.error(at, `${printPath(at)} ${code} is not computed by this study${suggestion(code, codes)}`)
  }
}

export function checkFibromyalgia(study: AnalyticStudy, complaints: Complaints): void {
  if (study.fibromyalgia === null) return
  const codes = measured(study)
  for (const [domain, code] of Object.entries(study.fibromyalgia)) {
    if (code === null || codes.includes(code)) continue
    const at = ['fibromyalgia', domain]
    complaints.error(at, `${printPath(at)} ${code} is not computed by this study${suggestion(code, codes)}`)
  }
  const missing = lacking(study.fibromyalgia)
  if (missing === null) return
  complaints.error(
    ['fibromyalgia'],
    `fibromyalgia: the response cannot do without ${missing}; name its parameter`,
    'name',
  )
}
