import type { ResolvedOptions } from '../options.ts'
import { type Person, STREAM } from '../person.ts'
import { Random } from '../random.ts'
import type { RowWriter } from '../row-writer.ts'
import type { ParameterTruth, RecordFile, Scenario } from '../scenario.ts'
import { type Coming, submissionMinute, writeRecord } from '../write-record.ts'
import { drawResponses } from './responses.ts'

/** How much alike the attacks of one subject are: correlation of two of their responses. */
export const LIKENESS = 0.25
/** Days between two treated attacks that belong to neither. */
const REST_DAYS = 3
const LAST_READING = 2880

/** Chances of one attack. A response is pain freedom at 2 h without rescue. */
const RESPONSE = { freeAt60: 0.6, freeAt30: 0.3, backBy24h: 0.15, backBy48h: 0.1, rescueWhenBack: 0.4 }
const NO_RESPONSE = { rescueBefore2h: 0.25, rescueLater: 0.3, mildAt2h: 0.35, lessAt2h: 0.25 }
const SYMPTOM_GONE = { response: 0.8, noResponse: 0.25 }
const SEVERE = 0.4
/** Treated while the pain was mild: not evaluable where attacks are to be treated from moderate pain on. */
const MILD = 0.1
const SYMPTOMS = ['nausea', 'photophobia', 'phonophobia'] as const

interface Attack {
  readonly number: number
  /** Day since 1970-01-01, and minute of the day. */
  readonly day: number
  readonly minute: number
  readonly pain: number
  /** Nausea, photophobia, phonophobia at t0 and at 2 h. */
  readonly symptoms: readonly boolean[]
  readonly symptomsAt2h: readonly boolean[]
  /** Place of the most bothersome symptom; -1: none is there. */
  readonly mbs: number
  /** Pain at 30, 60 and 120 min, 24 and 48 h. */
  readonly pains: readonly number[]
  /** Minutes after t0, or null. */
  readonly rescue: number | null
  readonly headache: number | null
}

function drawAttacks(person: Person, options: ResolvedOptions): Attack[] {
  const random = new Random(options.seed, person.index, STREAM.attacks)
  const responses = drawResponses(random, options.acuteResponse[person.arm], LIKENESS)
  const perDay = 1 / Math.max(1, 28 / person.treated - REST_DAYS)
  const attacks: Attack[] = []
  // The last attack is followed for 48 h before the subject leaves.
  for (let day = 0; day < person.lastStudyDay - 2; day++) {
    if (!random.chance(perDay)) continue
    attacks.push(drawAttack(random, attacks.length + 1, person.start + day, responses()))
    day += REST_DAYS
  }
  return attacks
}

function drawAttack(random: Random, number: number, day: number, response: boolean): Attack {
  const pain = random.chance(MILD) ? 1 : random.chance(SEVERE) ? 3 : 2
  const symptoms = SYMPTOMS.map(() => random.chance(0.65))
  const present = symptoms.flatMap((is, place) => (is ? [place] : []))
  const gone = response ? SYMPTOM_GONE.response : SYMPTOM_GONE.noResponse
  const common = {
    number,
    day,
    minute: random.whole(0, 1200),
    pain,
    symptoms,
    symptomsAt2h: symptoms.map((is) => is && !random.chance(gone)),
    mbs: present.length === 0 ? -1 : (present[random.whole(0, present.length - 1)] as number),
  }
  return { ...common, ...(response ? drawResponse(random, pain) : drawFailure(random, pain)) }
}

type Course = Pick<Attack, 'pains' | 'rescue' | 'headache'>

function drawResponse(random: Random, pain: number): Course {
  const free60 = random.chance(RESPONSE.freeAt60)
  const free30 = free60 && random.chance(RESPONSE.freeAt30)
  const early = random.chance(RESPONSE.backBy24h)
  const back = early || random.chance(RESPONSE.backBy48h)
  const headache = back ? (early ? random.whole(150, 1400) : random.whole(1450, 2800)) : null
  const rescued = early && random.chance(RESPONSE.rescueWhenBack)
  const pains = [free30 ? 0 : pain, free60 ? 0 : 1, 0, early ? 1 : 0, back ? 1 : 0]
  return { pains, headache, rescue: rescued ? (headache as number) + 20 : null }
}

function drawFailure(random: Random, pain: number): Course {
  const soon = random.chance(NO_RESPONSE.rescueBefore2h)
  const later = !soon && random.chance(NO_RESPONSE.rescueLater)
  const fate = random.uniform()
  const at2h =
    fate < NO_RESPONSE.mildAt2h ? 1 : fate < NO_RESPONSE.mildAt2h + NO_RESPONSE.lessAt2h ? Math.min(pain, 2) : pain
  const rescue = soon ? random.whole(35, 115) : later ? random.whole(130, 1300) : null
  return { pains: [pain, Math.max(1, pain - 1), at2h, random.whole(0, 1), 0], rescue, headache: null }
}

/** Minutes of the readings whose exact time stands in the file: nominal, how far off, and one that comes too late. */
const TIMED = [
  { nominal: 30, off: 8, tooLate: 42 },
  { nominal: 60, off: 12, tooLate: 80 },
  { nominal: 120, off: 25, tooLate: 165 },
] as const

const HEADER = [
  ...['subject', 'attack', 't0', 'submitted', 'pain0', ...SYMPTOMS, 'mbs'],
  ...['min30', 'pain30', 'min60', 'pain60', 'min120', 'pain120', ...SYMPTOMS.map((name) => `${name}120`)],
  ...['pain1440', 'pain2880', 'rescue_min', 'headache_min'],
]

/** One row per treated attack, with its readings in columns, the first rescue and the next headache. */
const attacks: RecordFile = {
  name: 'migraine-attacks',
  header: HEADER,
  stream: STREAM.attackFile,
  write(person, random, options, rows) {
    for (const attack of drawAttacks(person, options)) {
      if (!random.chance(options.compliance)) continue
      const readings = readAttack(attack, random, options)
      writeRecord(random, options, rows, (coming) => writeAttack(person, attack, readings, coming, random, rows))
    }
  },
}

/** What the diary holds of the readings: a missing one is empty, or was taken too late. Null: empty. */
interface Readings {
  readonly timed: readonly { readonly minutes: number; readonly pain: number | null }[]
  readonly symptoms: readonly (boolean | null)[]
  readonly later: readonly (number | null)[]
}

function readAttack({ pains, symptomsAt2h }: Attack, random: Random, options: ResolvedOptions): Readings {
  const unlessMissing = <T>(value: T): T | null => (random.chance(options.missing) ? null : value)
  return {
    timed: TIMED.map(({ nominal, off, tooLate }, place) => {
      const pain = pains[place] as number
      if (!random.chance(options.missing)) return { minutes: nominal + random.whole(-off, off), pain }
      return { minutes: tooLate, pain: random.chance(0.5) ? null : pain }
    }),
    symptoms: symptomsAt2h.map(unlessMissing),
    later: pains.slice(TIMED.length).map(unlessMissing),
  }
}

function writeAttack(
  person: Person,
  attack: Attack,
  readings: Readings,
  coming: Coming,
  random: Random,
  rows: RowWriter,
): void {
  const worse = (pain: number): number => (coming === 'superseded' ? 3 : pain)
  const { day, minute } = attack
  rows.text(person.id)
  rows.text(String(attack.number))
  rows.instant(day, minute)
  rows.instant(day, submissionMinute(random, coming, minute + LAST_READING))
  rows.small(attack.pain)
  for (const is of attack.symptoms) rows.flag(is)
  rows.text(SYMPTOMS[attack.mbs] ?? '')
  for (const { minutes, pain } of readings.timed) {
    rows.text(String(minutes))
    rows.text(pain === null ? '' : String(worse(pain)))
  }
  for (const is of readings.symptoms) {
    if (is === null) rows.empty()
    else rows.flag(is)
  }
  for (const pain of readings.later) rows.text(pain === null ? '' : String(worse(pain)))
  for (const minutes of [attack.rescue, attack.headache]) rows.text(minutes === null ? '' : String(minutes))
}

/** Expected shares of attacks, all of them linear in the chance of a response, where no reading is missing. */
function truths({ arm }: Person, { acuteResponse }: ResolvedOptions): ParameterTruth[] {
  const yes = acuteResponse[arm]
  const no = 1 - yes
  const { rescueBefore2h, rescueLater, mildAt2h, lessAt2h } = NO_RESPONSE
  const unrescued = no * (1 - rescueBefore2h)
  const stays24 = 1 - RESPONSE.backBy24h
  const stays48 = stays24 * (1 - RESPONSE.backBy48h)
  const better = SEVERE * (mildAt2h + lessAt2h) + (1 - SEVERE) * mildAt2h
  const shares = {
    PF30: yes * RESPONSE.freeAt60 * RESPONSE.freeAt30,
    PF60: yes * RESPONSE.freeAt60,
    PF2H: yes,
    PR2H: yes + unrescued * mildAt2h,
    MBSF2H: yes * SYMPTOM_GONE.response + unrescued * SYMPTOM_GONE.noResponse,
    SPF24: yes * stays24,
    SPF48: yes * stays48,
    RELAP48: 1 - stays48,
    RESC24:
      yes * RESPONSE.backBy24h * RESPONSE.rescueWhenBack + no * (rescueBefore2h + (1 - rescueBefore2h) * rescueLater),
    IMP1P: yes + no * better,
  }
  return Object.entries(shares).map(([parameter, value]) => ({ parameter, visit: null, value }))
}

export const migraineAcute: Scenario = {
  unit: 'attacks / 28 d',
  disease: {
    baseline: { mean: 4.5, sd: 1, low: 3, high: 6 },
    cut: 0.5,
    female: 0.8,
    age: { mean: 39, sd: 11 },
  },
  primary: null,
  files: [attacks],
  settings: 'preset: migraine-acute\n',
  sources: `  - name: attacks
    files: '*migraine-attacks*.csv'
    layout: attacks
    columns:
      subject: subject
      attack: attack
      t0: t0
      submitted: submitted
      pain: pain0
      nausea: nausea
      photophobia: photophobia
      phonophobia: phonophobia
      mbs: mbs
      rescueAfter: rescue_min
      nextHeadacheAfter: headache_min
    followUps:
      30: { pain: pain30, minutes: min30 }
      60: { pain: pain60, minutes: min60 }
      120: { pain: pain120, minutes: min120, nausea: nausea120, photophobia: photophobia120, phonophobia: phonophobia120 }
      1440: { pain: pain1440 }
      2880: { pain: pain2880 }
`,
  truths,
}
