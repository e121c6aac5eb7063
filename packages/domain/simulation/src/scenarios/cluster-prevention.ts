import { Attendance, type Entry } from '../attendance.ts'
import type { ResolvedOptions } from '../options.ts'
import { BASELINE_DAYS, type Person, STREAM } from '../person.ts'
import { Random } from '../random.ts'
import type { ParameterTruth, RecordFile, Scenario } from '../scenario.ts'
import { submissionMinute, writeRecord } from '../write-record.ts'
import { clusterTypeColumn } from './cluster-types.ts'
import { WEEKDAYS, weekdayOf } from './entries.ts'

/** Shares of the attacks that are treated. */
const OXYGEN = 0.5
const TRIPTAN = 0.35
const EVENING = 21 * 60

interface Attack {
  readonly minute: number
  readonly lasts: number
  readonly severity: number
  readonly oxygen: boolean
  readonly triptan: boolean
}

interface Day {
  readonly day: number
  readonly entry: Exclude<Entry, 'none'>
  readonly attacks: readonly Attack[]
}

/** Days with an entry in the log, and their attacks; all three files tell of the same days. */
function drawDays(person: Person, options: ResolvedOptions): Day[] {
  const random = new Random(options.seed, person.index, STREAM.days)
  const attendance = new Attendance(random, options)
  const days: Day[] = []
  for (let index = -BASELINE_DAYS; index < person.lastStudyDay; index++) {
    const day = person.start + index
    const weekly = index < 0 ? person.baseline : person.treated
    const count = random.poisson((weekly / 7) * (WEEKDAYS[weekdayOf(day)] as number))
    const attacks = Array.from({ length: count }, (_, place) => drawAttack(random, place, count))
    const entry = attendance.next()
    if (entry !== 'none') days.push({ day, entry, attacks })
  }
  return days
}

/** Attacks share the day out among them, so that no two touch and none reaches midnight. */
function drawAttack(random: Random, place: number, count: number): Attack {
  const room = Math.floor(EVENING / count)
  const lasts = Math.min(Math.floor(room * 0.6), random.whole(20, 120))
  return {
    minute: place * room + random.whole(0, room - lasts - 10),
    lasts,
    severity: random.chance(0.7) ? 3 : 2,
    oxygen: random.chance(OXYGEN),
    triptan: random.chance(TRIPTAN),
  }
}

/** The day an entry is submitted, counted from its own; all files of a late day are late. */
const lateDays = ({ entry, day }: Day): number => (entry === 'late' ? 4 + (day % 4) : 0)

const log: RecordFile = {
  name: 'cluster-log',
  header: ['subject', 'date', 'submitted', 'headache'],
  stream: STREAM.logFile,
  write(person, random, options, rows) {
    for (const day of drawDays(person, options)) {
      writeRecord(random, { ...options, late: 0, conflicts: 0 }, rows, () => {
        rows.text(person.id)
        rows.date(day.day)
        rows.instant(day.day + lateDays(day), EVENING + random.whole(30, 120))
        rows.flag(day.attacks.length > 0)
      })
    }
  },
}

const episodes: RecordFile = {
  name: 'cluster-episodes',
  header: ['subject', 'start', 'end', 'severity', 'submitted'],
  stream: STREAM.episodeFile,
  write(person, random, options, rows) {
    for (const day of drawDays(person, options)) {
      for (const { minute, lasts, severity } of day.attacks) {
        writeRecord(random, { ...options, late: 0 }, rows, (coming) => {
          rows.text(person.id)
          rows.instant(day.day, minute)
          rows.instant(day.day, minute + lasts)
          rows.small(coming === 'superseded' ? 1 : severity)
          rows.instant(day.day + lateDays(day), submissionMinute(random, coming, EVENING))
        })
      }
    }
  },
}

const intakes: RecordFile = {
  name: 'cluster-intakes',
  header: ['subject', 'taken', 'product', 'submitted'],
  stream: STREAM.intakeFile,
  write(person, random, options, rows) {
    for (const day of drawDays(person, options)) {
      for (const { minute, oxygen, triptan } of day.attacks) {
        const products = [...(oxygen ? ['oxygen'] : []), ...(triptan ? ['sumatriptan'] : [])]
        for (const product of products) {
          writeRecord(random, { ...options, late: 0, conflicts: 0 }, rows, () => {
            rows.text(person.id)
            rows.instant(day.day, minute + 5)
            rows.text(product)
            rows.instant(day.day + lateDays(day), EVENING + random.whole(10, 90))
          })
        }
      }
    }
  },
}

/** Visit 0 is the run-in, visit 1 the last two weeks of four. */
function truths({ baseline, treated }: Person): ParameterTruth[] {
  return [baseline, treated].flatMap((weekly, visit) => [
    { parameter: 'CHATT', visit, value: weekly },
    { parameter: 'CHO2', visit, value: weekly * OXYGEN },
    { parameter: 'CHTRP', visit, value: weekly * TRIPTAN },
  ])
}

export const clusterPrevention: Scenario = {
  unit: 'attacks / week',
  disease: {
    baseline: { mean: 15.5, sd: 6, low: 6, high: 28 },
    cut: 0.5,
    female: 0.3,
    age: { mean: 44, sd: 11 },
  },
  primary: { parameter: 'CHATT', weeksPerVisit: 4, lastVisit: 1 },
  files: [log, episodes, intakes],
  subjectColumns: [clusterTypeColumn],
  settings: `preset: cluster-prevention
cluster: preva
`,
  sources: `  - name: log
    files: '*cluster-log*.csv'
    layout: daily
    columns: { subject: subject, date: date, submitted: submitted, headache: headache }
  - name: episodes
    files: '*cluster-episodes*.csv'
    layout: episodes
    columns: { subject: subject, start: start, end: end, severity: severity, submitted: submitted }
  - name: intakes
    files: '*cluster-intakes*.csv'
    layout: intakes
    columns: { subject: subject, taken: taken, product: product, submitted: submitted }
    products: { oxygen: oxygen, sumatriptan: triptan }
`,
  truths,
}
