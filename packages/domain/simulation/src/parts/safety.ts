import { toIsoDay } from '@afferent/study'
import type { Arm, ResolvedOptions, ScenarioName } from '../options.ts'
import { BASELINE_DAYS, type Person, STREAM } from '../person.ts'
import { Random } from '../random.ts'
import type { ParameterTruth, Part, RecordFile } from '../scenario.ts'
import { surgeryDay } from '../scenarios/vns-implant.ts'
import { submissionMinute, writeRecord } from '../write-record.ts'

const YEAR_DAYS = 365.25
/** Events per person-year under treatment (PRESTO: 22 of 122 subjects in 12 weeks), and before it. */
const PER_YEAR: Readonly<Record<Arm, number>> = { nVNS: 1.6, sham: 1.1 }
const BEFORE_PER_YEAR = 0.5
const PARTIAL = 0.1
const SERIOUS = 0.02
const ONGOING = 0.15
const RELATIONS = ['unrelated', 'possible', 'probable', 'causal'] as const
const SEVERITIES = ['mild', 'mild', 'moderate', 'severe'] as const
const TERMS = [
  ['Application site pain', 'General disorders'],
  ['Application site erythema', 'General disorders'],
  ['Dizziness', 'Nervous system disorders'],
  ['Headache', 'Nervous system disorders'],
  ['Common cold', 'Infections'],
  ['Neck pain', 'Musculoskeletal disorders'],
  ['Nausea', 'Gastrointestinal disorders'],
] as const
const PROCEDURE = ['Wound pain', 'Procedural complications'] as const
const WOUND_PAIN = 0.3

/** What subjects think they had: the arm they were in, the other, or that they do not know. */
const GUESS: Readonly<Record<Arm, { readonly right: number; readonly wrong: number }>> = {
  nVNS: { right: 0.45, wrong: 0.25 },
  sham: { right: 0.35, wrong: 0.35 },
}

interface Event {
  readonly onset: number
  readonly partial: boolean
  readonly lasts: number | null
  readonly term: string
  readonly organClass: string
  readonly severity: string
  readonly serious: boolean
  readonly device: string
  readonly procedure: string
}

function drawEvents(person: Person, options: ResolvedOptions, implanted: boolean): Event[] {
  const random = new Random(options.seed, person.index, STREAM.events)
  const before = random.poisson((BEFORE_PER_YEAR * BASELINE_DAYS) / YEAR_DAYS)
  const under = random.poisson((PER_YEAR[person.arm] * person.lastStudyDay) / YEAR_DAYS)
  const common = Array.from({ length: before + under }, (_, i) => {
    const treated = i >= before
    const onset = person.start + (treated ? random.whole(0, person.lastStudyDay - 1) : -random.whole(1, BASELINE_DAYS))
    const term = TERMS[random.whole(0, TERMS.length - 1)] as (typeof TERMS)[number]
    const device = RELATIONS[random.whole(0, RELATIONS.length - 1)] as string
    return drawEvent(random, onset, treated && random.chance(PARTIAL), term, device, 'unrelated')
  })
  if (!implanted || !random.chance(WOUND_PAIN)) return common
  const wound = drawEvent(random, surgeryDay(person, options) + 1, false, PROCEDURE, 'unrelated', 'causal')
  return [...common, wound]
}

function drawEvent(
  random: Random,
  onset: number,
  partial: boolean,
  [term, organClass]: readonly [string, string],
  device: string,
  procedure: string,
): Event {
  return {
    onset,
    partial,
    lasts: random.chance(ONGOING) ? null : random.whole(0, 9),
    term,
    organClass,
    severity: SEVERITIES[random.whole(0, SEVERITIES.length - 1)] as string,
    serious: random.chance(SERIOUS),
    device,
    procedure,
  }
}

const eventFile = (implanted: boolean): RecordFile => ({
  name: 'adverse-events',
  header: [
    ...['subject', 'number', 'onset', 'resolved', 'term', 'class', 'severity', 'serious'],
    ...['rel_device', 'rel_procedure', 'submitted'],
  ],
  stream: STREAM.eventFile,
  write(person, random, options, rows) {
    for (const [place, event] of drawEvents(person, options, implanted).entries()) {
      const severity = random.chance(options.missing) ? '' : event.severity
      const device = random.chance(options.missing) ? '' : event.device
      writeRecord(random, options, rows, (coming) => {
        const onset = toIsoDay(event.onset)
        rows.text(person.id)
        rows.text(`AE${place + 1}`)
        rows.text(event.partial ? onset.slice(0, 7) : onset)
        rows.text(event.lasts === null ? '' : toIsoDay(event.onset + event.lasts))
        rows.text(event.term)
        rows.text(event.organClass)
        rows.text(coming === 'superseded' ? 'mild' : severity)
        rows.flag(event.serious)
        rows.text(device)
        rows.text(event.procedure)
        rows.instant(event.onset + 10, submissionMinute(random, coming, 600))
      })
    }
  },
})

function guessOf({ index, arm }: Person, { seed }: ResolvedOptions): string {
  const { right, wrong } = GUESS[arm]
  const drawn = new Random(seed, index, STREAM.guess).uniform()
  if (drawn < right) return arm
  return drawn < right + wrong ? (arm === 'nVNS' ? 'sham' : 'nVNS') : 'unknown'
}

/** Events per 100 person-years, the chance of at least one (the procedure counts), and Bang's index of the arm. */
const truthsOf =
  (implanted: boolean) =>
  ({ arm, lastStudyDay }: Person): ParameterTruth[] => {
    const free = Math.exp((-PER_YEAR[arm] * lastStudyDay) / YEAR_DAYS) * (implanted ? 1 - WOUND_PAIN : 1)
    return [
      { parameter: 'EAER', visit: null, value: 100 * PER_YEAR[arm] },
      { parameter: 'AEINC', visit: null, value: 1 - free },
      { parameter: 'BANGBI', visit: null, value: GUESS[arm].right - GUESS[arm].wrong },
    ]
  }

/** Adverse events, the last day of treatment, and what subjects believe they had. */
export const safety = (scenario: ScenarioName): Part => ({
  files: [eventFile(scenario === 'vns-implant')],
  subjectColumns: [
    {
      name: 'treatment_end',
      field: 'treatmentEnd',
      cell: ({ start, lastStudyDay }) => toIsoDay(start + lastStudyDay - 1),
    },
    { name: 'guess', field: 'guess', cell: guessOf },
  ],
  settings: 'safety: standard\n',
  sources: `  - name: adverse-events
    files: '*adverse-events*.csv'
    layout: adverse-events
    columns:
      subject: subject
      eventNumber: number
      onset: onset
      resolved: resolved
      term: term
      organClass: class
      eventSeverity: severity
      serious: serious
      relDevice: rel_device
      relProcedure: rel_procedure
      submitted: submitted
`,
  truths: truthsOf(scenario === 'vns-implant'),
})
