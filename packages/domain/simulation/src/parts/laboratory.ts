import type { Arm, ResolvedOptions } from '../options.ts'
import { type Person, STREAM } from '../person.ts'
import { Random } from '../random.ts'
import type { ParameterTruth, Part, RecordFile } from '../scenario.ts'
import { submissionMinute, writeRecord } from '../write-record.ts'
import { attends, type Visit, visitsOf } from './visits.ts'

const MORNING = 9 * 60

/** A lognormal analyte: unit and limit of the file, median, SD of the logarithm between and within subjects. */
interface Analyte {
  readonly code: string
  readonly column: string
  readonly limit: number
  readonly digits: number
  readonly median: number
  readonly between: number
  readonly within: number
  /** Geometric mean ratio to the baseline at every visit. */
  readonly ratio: Readonly<Record<Arm, number>>
}

const ANALYTES: readonly Analyte[] = [
  {
    code: 'CRP',
    column: 'crp_mg_l',
    limit: 0.3,
    digits: 2,
    median: 2.2,
    between: 0.8,
    within: 0.25,
    ratio: { nVNS: 0.85, sham: 0.98 },
  },
  {
    code: 'IL6',
    column: 'il6_pg_ml',
    limit: 0.7,
    digits: 2,
    median: 1.9,
    between: 0.6,
    within: 0.3,
    ratio: { nVNS: 0.88, sham: 1 },
  },
  // Norepinephrine as laboratories in Europe report it; 1 nmol/L is 169.18 pg/mL.
  {
    code: 'NE',
    column: 'ne_nmol_l',
    limit: 0.2,
    digits: 2,
    median: 2,
    between: 0.4,
    within: 0.2,
    ratio: { nVNS: 0.95, sham: 1 },
  },
]

/** True levels by visit and analyte, before they are rounded and censored. */
function drawLevels(person: Person, options: ResolvedOptions): { visit: Visit; levels: number[] }[] {
  const random = new Random(options.seed, person.index, STREAM.levels)
  const usual = ANALYTES.map(({ median, between }) => Math.log(median) + random.normal(0, between))
  return visitsOf(person, options).map((visit) => ({
    visit,
    levels: ANALYTES.map(({ ratio, within }, place) => {
      const change = visit.number === 0 ? 0 : Math.log(ratio[person.arm])
      return Math.exp((usual[place] as number) + change + random.normal(0, within))
    }),
  }))
}

/** One row per blood sample and a column per analyte; a level below the limit is '<' and the limit. */
const samples: RecordFile = {
  name: 'laboratory',
  header: ['subject', 'date', ...ANALYTES.map(({ column }) => column), 'submitted'],
  stream: STREAM.laboratoryFile,
  write(person, random, options, rows) {
    for (const { visit, levels } of drawLevels(person, options)) {
      const cells = ANALYTES.map(({ limit, digits }, place) => {
        const level = levels[place] as number
        if (random.chance(options.missing)) return ''
        return level < limit ? `<${limit}` : level.toFixed(digits)
      })
      if (!attends(random, options)) continue
      writeRecord(random, options, rows, (coming) => {
        rows.text(person.id)
        rows.date(visit.day)
        for (const cell of cells) rows.text(cell === '' || coming !== 'superseded' ? cell : '5')
        rows.instant(visit.day, submissionMinute(random, coming, MORNING))
      })
    }
  },
}

/** Expected logarithm of the ratio to the baseline, as if nothing were censored. */
function truths(person: Person, options: ResolvedOptions): ParameterTruth[] {
  return visitsOf(person, options)
    .filter(({ number }) => number > 0)
    .flatMap(({ number: visit }) =>
      ANALYTES.map(({ code, ratio }) => ({ parameter: `${code}LR`, visit, value: Math.log(ratio[person.arm]) })),
    )
}

export const laboratory = (): Part => ({
  files: [samples],
  settings: 'laboratory: sqrt2\n',
  sources: `  - name: laboratory
    files: '*laboratory*.csv'
    layout: measurements
    columns: { subject: subject, date: date, submitted: submitted }
    results:
      CRP: { column: crp_mg_l, unit: mg/L }
      IL6: { column: il6_pg_ml, unit: pg/mL }
      NE: { column: ne_nmol_l, unit: nmol/L }
`,
  truths,
})
