/**
 * How fast settled diary rows become period metrics, in one thread: `node tests/bench/by-hand/derive.ts [rows] [rounds]`.
 *
 * A made-up daily study: 140 days per subject (28 before treatment, four periods after), a daily form with headache,
 * severity, hours, symptoms and two medication classes, 89 % of days answered. Prints rows per second of deriveSubjects
 * and of summarizeCohort, after checking that the answer is right.
 */
import { deriveSubjects, parametersOf, visitsOf } from '@afferent/metrics'
import {
  type ColumnOf,
  FEATURES,
  markPresent,
  medicationBit,
  NO_FINDINGS,
  NO_RECORDS,
  type Settled,
  unknownFacts,
} from '@afferent/records'
import { summarizeCohort } from '@afferent/statistics'
import { benchStudy } from '../trials/bench-study.ts'

const DAYS = 140
const BASELINE_DAYS = 28
const rows = Number(process.argv[2] ?? 10_000_000)
const rounds = Number(process.argv[3] ?? 3)
const subjects = Math.floor(rows / DAYS)

/** Marsaglia's xorshift, seeded: the same diary every time. */
function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

function makeSettled(): { settled: Settled; headacheDays: number } {
  const random = makeRandom(7)
  const n = subjects * DAYS
  const subject = new Int32Array(n)
  const day = new Int32Array(n)
  const headache = new Uint8Array(n)
  const severity = new Uint8Array(n)
  const severityKnown = new Uint8Array((n + 7) >> 3)
  const hours = new Float64Array(n)
  const features = new Uint16Array(n)
  const medication = new Uint16Array(n)
  const asked = new Uint16Array(n)
  let row = 0
  let headacheDays = 0
  for (let s = 0; s < subjects; s++) {
    for (let d = 0; d < DAYS; d++) {
      if (random() > 0.89) continue
      subject[row] = s
      day[row] = d - BASELINE_DAYS
      asked[row] = 0x7ff
      if (random() < 0.3) {
        headache[row] = 1
        severity[row] = 1 + Math.floor(random() * 3)
        markPresent(severityKnown, row)
        hours[row] = 1 + Math.floor(random() * 12)
        features[row] = random() < 0.5 ? FEATURES.unilateral | FEATURES.pulsating | FEATURES.nausea : 0
        medication[row] = random() < 0.4 ? medicationBit(random() < 0.5 ? 'triptan' : 'nsaid') : 0
        if ((hours[row] as number) >= 4 || medication[row] !== 0) headacheDays++
      }
      row++
    }
  }
  const u8 = (values: Uint8Array, valid: Uint8Array | null = null): ColumnOf<'u8'> => ({
    kind: 'u8',
    values: values.subarray(0, row),
    valid,
  })
  const u16 = (values: Uint16Array): ColumnOf<'u16'> => ({ kind: 'u16', values: values.subarray(0, row), valid: null })
  const f64 = (values: Float64Array): ColumnOf<'f64'> => ({ kind: 'f64', values, valid: null })
  const zeros = { kind: 'i32', values: new Int32Array(subjects), valid: null } as const
  return {
    headacheDays,
    settled: {
      subjects: Array.from({ length: subjects }, (_, s) => `S${String(s).padStart(8, '0')}`),
      facts: {
        ...unknownFacts(subjects),
        dayZero: zeros,
      },
      ...NO_RECORDS,
      marks: null,
      diary: {
        rows: row,
        subject: subject.subarray(0, row),
        lines: null,
        firstLine: 2,
        columns: {
          day: { kind: 'i32', values: day.subarray(0, row), valid: null },
          headache: u8(headache),
          severity: u8(severity, severityKnown),
          hours: f64(hours.subarray(0, row)),
          features: u16(features),
          medication: u16(medication),
          medicationAsked: u16(asked),
        },
      },
      episodes: null,
      intakes: null,
      values: null,
      findings: NO_FINDINGS,
      quarantined: 0,
      excluded: {},
    },
  }
}

const study = benchStudy()
const facts = { cut: null, periods: 4, weeks: 16, phases: [], treatments: [] }
const { settled, headacheDays } = makeSettled()
const diaryRows = settled.diary?.rows ?? 0
const parameters = parametersOf(study, facts)
console.log(`${subjects} subjects, ${diaryRows} diary rows, ${parameters.length} parameters`)

const cpuMs = (): number => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000

for (let round = 0; round < rounds; round++) {
  const start = performance.now()
  const cpu = cpuMs()
  const { effects, events } = deriveSubjects(settled, study, facts)
  const derived = performance.now() - start
  const deriveCpu = cpuMs() - cpu
  assertHeadacheDays(effects, headacheDays)
  const shard = {
    subjects: settled.subjects,
    facts: settled.facts,
    effects,
    events,
    findings: NO_FINDINGS,
    quarantined: 0,
    excluded: {},
  }
  const before = performance.now()
  const beforeCpu = cpuMs()
  const cohort = summarizeCohort({ study, parameters, visits: visitsOf(study, facts), shards: [shard] })
  const summarized = performance.now() - before
  const rate = (diaryRows / derived / 1000).toFixed(1)
  console.log(
    `derive ${derived.toFixed(0)} ms, ${deriveCpu.toFixed(0)} ms of processor (${rate} million diary rows/s, ` +
      `${effects.rows} effect rows); summarize ${summarized.toFixed(0)} ms, ${(cpuMs() - beforeCpu).toFixed(0)} ms of ` +
      `processor (${cohort.rows} cohort rows)`,
  )
}

/** The event counts of MHD over all windows are the headache days that were generated. */
function assertHeadacheDays(effects: ReturnType<typeof deriveSubjects>['effects'], expected: number): void {
  const { PARAMCD, NEVT } = effects.columns
  if (PARAMCD?.kind !== 'text' || NEVT?.kind !== 'f64') throw new Error('adeff has lost its columns')
  const mhd = PARAMCD.dictionary.indexOf('MHD')
  let sum = 0
  for (let row = 0; row < effects.rows; row++) if (PARAMCD.values[row] === mhd) sum += NEVT.values[row] as number
  if (sum !== expected) throw new Error(`${sum} headache days came out, ${expected} went in`)
}
