import { Attendance, type Entry } from '../attendance.ts'
import type { ResolvedOptions } from '../options.ts'
import { BASELINE_DAYS, type Person, STREAM } from '../person.ts'
import { Random } from '../random.ts'
import type { ParameterTruth, RecordFile, Scenario } from '../scenario.ts'
import { writeRecord } from '../write-record.ts'
import { WEEKDAYS, weekdayOf } from './entries.ts'

const PERIOD = 28
const EVENING = 20 * 60
/** Share of the headaches that meet the criteria of migraine without a triptan. */
const MIGRAINE = 0.65
/** Share of the subjects who take a triptan on most days with headache (PREEMPT: 65 % overuse), and how often either does. */
const OVERUSERS = 0.6
const TRIPTAN = { overuse: 0.9, other: 0.2 }
const NSAID = 0.25

interface Day {
  readonly day: number
  readonly entry: Exclude<Entry, 'none'>
  readonly headache: boolean
  readonly halves: number
  readonly severity: number
  readonly migraine: boolean
  /** Minutes of the day at which each is taken. */
  readonly triptans: readonly number[]
  readonly nsaids: readonly number[]
}

function drawDays(person: Person, options: ResolvedOptions): Day[] {
  const random = new Random(options.seed, person.index, STREAM.days)
  const triptan = random.chance(OVERUSERS) ? TRIPTAN.overuse : TRIPTAN.other
  const attendance = new Attendance(random, options)
  const days: Day[] = []
  for (let index = -BASELINE_DAYS; index < person.lastStudyDay; index++) {
    const day = person.start + index
    const rate = (index < 0 ? person.baseline : person.treated) / PERIOD
    const headache = random.chance(Math.min(1, rate * (WEEKDAYS[weekdayOf(day)] as number)))
    const takes = (share: number): number[] => {
      if (!headache || !random.chance(share)) return []
      const first = random.whole(480, 900)
      return random.chance(0.2) ? [first, first + 150] : [first]
    }
    const lived = {
      headache,
      halves: random.whole(8, 40),
      severity: random.chance(0.4) ? 3 : 2,
      migraine: headache && random.chance(MIGRAINE),
      triptans: takes(triptan),
      nsaids: takes(NSAID),
    }
    const entry = attendance.next()
    if (entry !== 'none') days.push({ day, entry, ...lived })
  }
  return days
}

const isOveruser = ({ index }: Person, { seed }: ResolvedOptions): boolean =>
  new Random(seed, index, STREAM.days).chance(OVERUSERS)

const lateDays = ({ entry, day }: Day): number => (entry === 'late' ? 4 + (day % 4) : 0)

/** One row a day: a headache of 4 h or more and at least moderate, of which some have the features of migraine. */
const diary: RecordFile = {
  name: 'chronic-diary',
  header: ['subject', 'date', 'submitted', 'headache', 'hours', 'severity', 'pulsating', 'nausea'],
  stream: STREAM.logFile,
  write(person, random, options, rows) {
    for (const day of drawDays(person, options)) {
      writeRecord(random, { ...options, late: 0, conflicts: 0 }, rows, () => {
        rows.text(person.id)
        rows.date(day.day)
        rows.instant(day.day + lateDays(day), EVENING + random.whole(0, 90))
        rows.flag(day.headache)
        if (day.headache) {
          rows.halves(day.halves)
          rows.small(day.severity)
        } else {
          rows.empty()
          rows.empty()
        }
        rows.flag(day.migraine)
        rows.flag(day.migraine)
      })
    }
  },
}

const intakes: RecordFile = {
  name: 'chronic-intakes',
  header: ['subject', 'taken', 'product', 'submitted'],
  stream: STREAM.intakeFile,
  write(person, random, options, rows) {
    for (const day of drawDays(person, options)) {
      const taken = [
        ...day.triptans.map((minute) => ({ minute, product: 'sumatriptan' })),
        ...day.nsaids.map((minute) => ({ minute, product: 'ibuprofen' })),
      ]
      for (const { minute, product } of taken) {
        writeRecord(random, { ...options, late: 0, conflicts: 0 }, rows, () => {
          rows.text(person.id)
          rows.instant(day.day, minute)
          rows.text(product)
          rows.instant(day.day + lateDays(day), EVENING + random.whole(0, 90))
        })
      }
    }
  },
}

/** Expected days per 28 days; MOSTAT at the baseline: 1 for those who overuse by far, 0 for those who do not at all. */
function truths(person: Person, options: ResolvedOptions): ParameterTruth[] {
  const overuses = isOveruser(person, options)
  const triptan = overuses ? TRIPTAN.overuse : TRIPTAN.other
  const periods = Math.floor(options.weeks / 4)
  const visits = Array.from({ length: periods + 1 }, (_, visit) => visit)
  const days = visits.flatMap((visit) => {
    const headache = visit === 0 ? person.baseline : person.treated
    return [
      { parameter: 'MHD', visit, value: headache },
      { parameter: 'MMD', visit, value: headache * (triptan + (1 - triptan) * MIGRAINE) },
      { parameter: 'TRPD', visit, value: headache * triptan },
      { parameter: 'NSAD', visit, value: headache * NSAID },
    ]
  })
  return [...days, { parameter: 'MOSTAT', visit: 0, value: overuses ? 1 : 0 }]
}

export const chronicMigraine: Scenario = {
  unit: 'headache days / 28 d',
  disease: {
    baseline: { mean: 20, sd: 2.5, low: 16, high: 24 },
    cut: 0.5,
    female: 0.86,
    age: { mean: 41, sd: 11 },
  },
  primary: { parameter: 'MHD', weeksPerVisit: 4 },
  files: [diary, intakes],
  settings: `preset: chronic-migraine
headache:
  featureScope: day
`,
  sources: `  - name: diary
    files: '*chronic-diary*.csv'
    layout: daily
    columns:
      subject: subject
      date: date
      submitted: submitted
      headache: headache
      hours: hours
      severity: severity
      pulsating: pulsating
      nausea: nausea
  - name: intakes
    files: '*chronic-intakes*.csv'
    layout: intakes
    columns: { subject: subject, taken: taken, product: product, submitted: submitted }
    products: { sumatriptan: triptan, ibuprofen: nsaid }
`,
  truths,
}
