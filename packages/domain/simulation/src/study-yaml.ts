import type { ResolvedOptions } from './options.ts'
import type { Part, Scenario, SubjectColumn } from './scenario.ts'

/** The study file: identity, arms and the subjects table around what the scenario and its parts say. */
export function studyYaml(
  options: ResolvedOptions,
  scenario: Scenario,
  beside: readonly Part[],
  columns: readonly SubjectColumn[],
): string {
  const parts: readonly Part[] = [scenario, ...beside]
  return `study: simulated-${options.scenario}
title: Simulated trial, ${options.scenario}
timezone: none
arms:
  nVNS: nVNS
  sham: { name: Sham, reference: true }
${primary(options, scenario)}${parts.map(({ settings }) => settings ?? '').join('')}sources:
${parts.map(({ sources }) => sources).join('')}  - name: subjects
    files: '*subjects*.csv'
    layout: subjects
    columns:
      subject: subject
      site: site
      arm: arm
      sex: sex
      age: age
      bmi: bmi
      painDuration: years_ill
      treatmentStart: treatment_start
      lastDay: last_day
${columns.map(({ field, name }) => `      ${field}: ${name}\n`).join('')}`
}

/** The last visit that every subject who stays reaches; none where the trial is shorter than one. */
function primary({ weeks }: ResolvedOptions, scenario: Scenario): string {
  if (scenario.primary === null) return ''
  const { parameter, weeksPerVisit, lastVisit } = scenario.primary
  const visit = Math.min(Math.floor(weeks / weeksPerVisit), lastVisit ?? Number.POSITIVE_INFINITY)
  return visit === 0 ? '' : `primary: { parameter: ${parameter}, visit: ${visit} }\n`
}
