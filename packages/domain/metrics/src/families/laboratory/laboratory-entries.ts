import type { Areason } from '@afferent/records'
import { type Analyte, type AnalyticStudy, logRatioCode, standardAnalyte } from '@afferent/study'
import type { CatalogueEntry, Convention, FlagColumn, Plan } from '../../catalogue/entry.ts'

const STANDARD = ['CRP', 'IL1B', 'IL6', 'NE', 'SEROT', 'TNFA'].map((code) => standardAnalyte(code) as Analyte)

const REASONS: readonly Areason[] = ['NOT_REACHED', 'DISCONTINUED', 'MISSING_ITEMS', 'NOT_EVALUABLE', 'NO_BASELINE']

const BLQFL: FlagColumn = {
  name: 'BLQFL',
  label: 'Below Limit of Quantification Flag',
  definition:
    'Y: below the lower limit of quantification (of a log ratio: one of its two results), B: both results are',
  words: ['Y', 'B'],
}
const UQFL: FlagColumn = {
  name: 'UQFL',
  label: 'Above Limit of Quantification Flag',
  definition:
    'Y: above the upper limit of quantification, which stands for the result (of a log ratio: for one of its two)',
  words: ['Y'],
}
const CRPFL: FlagColumn = {
  name: 'CRPFL',
  label: 'Acute Phase Flag',
  definition:
    'Y: CRP of the visit is above 10 mg/L (of a log ratio: at the visit or at baseline), N: it is not; missing where CRP is',
  words: ['Y', 'N'],
}

const CONVENTIONS: readonly Convention[] = [
  {
    id: 'lab.blq',
    says: 'what stands for a result below the limit of quantification; the limit is that written with it, else that declared',
    value: ({ laboratory }) => (laboratory?.blq === 'half' ? 'LLOQ / 2' : 'LLOQ / sqrt(2)'),
  },
  { id: 'lab.numeric', says: 'a number below the declared LLOQ counts as below, one above the ULOQ as above' },
  {
    id: 'lab.choose',
    says: 'of several results of an analyte at a visit one counts, for every analyte by itself',
    value: ({ visits }) => visits.choose,
  },
  {
    id: 'lab.acutePhase',
    says: 'an acute phase marks all analytes of the visit, and is left out of nothing but the rows that say so',
  },
]

const spansOf =
  (from: 0 | 1) =>
  ({ visits }: Plan): readonly (readonly [number, string])[] =>
    visits.spans.slice(from).map(({ visit, label }) => [visit, label] as const)

const analyses = (study: AnalyticStudy, code: string): boolean =>
  study.laboratory?.analytes.some((analyte) => analyte.code === code) === true

/** The result of an analyte and its log ratio to baseline. */
export function entriesOf(analyte: Analyte): readonly CatalogueEntry[] {
  const { code, label, unit, direction } = analyte
  const shared = {
    category: 'Laboratory',
    family: 'laboratory',
    direction,
    table: 'adeff',
    window: 'the result of the visit: named by the export, else by its date',
    minimum: 'one result',
    reasons: REASONS,
    source: 'endpoints.md section 8; Hornung & Reed 1990; Pearson 2003',
    mark: '[L]; direction and choice at a visit [P]',
    conventions: CONVENTIONS,
    flags: [BLQFL, UQFL, CRPFL],
    method: (study: AnalyticStudy) => [
      `lab.blq ${study.laboratory?.blq ?? 'sqrt2'}`,
      `${study.visits.choose} result of the visit`,
    ],
    exists: (_: unknown, study: AnalyticStudy) => analyses(study, code),
    never: () => null,
  } as const
  const units = Object.keys(analyte.units).filter((other) => other !== unit)
  const converted = units.length === 0 ? '' : `; ${units.join(', ')} are converted where they are declared`
  return [
    {
      ...shared,
      code,
      label: `${label} (${unit})`,
      unit,
      definition: `concentration in ${unit}${converted}; below the LLOQ lab.blq, above the ULOQ that limit`,
      formula: 'result; LLOQ / sqrt(2) or LLOQ / 2 below, ULOQ above the limits',
      missing: 'a visit without a result has no value',
      compute: { kind: 'points', change: true, responders: false, pain: false, visits: spansOf(0) },
    },
    {
      ...shared,
      code: logRatioCode(code),
      label: `${label}, log ratio to baseline`,
      unit: 'ln ratio',
      ratioOf: code,
      definition: `ln(AVAL / BASE) of ${code}; 0 where both are below the limit of quantification (BLQFL B)`,
      formula: 'ln(AVAL / BASE)',
      missing: 'without a result at the visit or at baseline there is none',
      compute: { kind: 'points', change: false, responders: false, pain: false, visits: spansOf(1) },
    },
  ]
}

export const LABORATORY_ENTRIES: readonly CatalogueEntry[] = STANDARD.flatMap(entriesOf)

/** Analytes of the study file's own. */
export const describedAnalytes = ({ laboratory }: AnalyticStudy): readonly CatalogueEntry[] =>
  (laboratory?.analytes ?? []).filter(({ code }) => standardAnalyte(code) === undefined).flatMap(entriesOf)
