import type { ResolvedOptions } from '../options.ts'
import { type Person, STREAM } from '../person.ts'
import { Random } from '../random.ts'
import type { ParameterTruth, RecordFile, Scenario } from '../scenario.ts'
import { submissionMinute, writeRecord } from '../write-record.ts'
import { clusterTypeColumn, clusterTypeOf } from './cluster-types.ts'
import { drawResponses } from './responses.ts'

const LIKENESS = 0.3
/** ACT1 and ACT2: the device helps in episodic cluster headache, and does not in chronic. Shares of the mean of an arm. */
const BY_TYPE = { nVNS: { episodic: 1.3, chronic: 0.7 }, sham: { episodic: 0.7, chronic: 1.3 } } as const
const ATTACKS_PER_DAY = 0.5

/** Chances of one attack. A response is pain 0 or 1 at 15 min, and no rescue within the hour. */
const FREE_AT_15 = 0.5
const STAYS = 0.8
const RESCUED = 0.5
/** Pain-free at 15 min, but rescued within the hour: no response, pain-free all the same. */
const BRIEF_RELIEF = 0.1
/** Minutes after t0. */
const READINGS = [15, 30, 60] as const

interface Attack {
  readonly number: number
  readonly day: number
  readonly minute: number
  readonly pain: number
  readonly pains: readonly number[]
  readonly oxygen: number | null
}

function meanResponse(person: Person, options: ResolvedOptions): number {
  const share = BY_TYPE[person.arm][clusterTypeOf(person, options)]
  return Math.min(1, options.acuteResponse[person.arm] * share)
}

function drawAttacks(person: Person, options: ResolvedOptions): Attack[] {
  const random = new Random(options.seed, person.index, STREAM.attacks)
  const responses = drawResponses(random, meanResponse(person, options), LIKENESS)
  const attacks: Attack[] = []
  for (let day = 0; day < person.lastStudyDay; day++) {
    if (!random.chance(ATTACKS_PER_DAY)) continue
    const response = responses()
    const pain = random.whole(2, 4)
    attacks.push({
      number: attacks.length + 1,
      day: person.start + day,
      minute: random.whole(0, 1200),
      pain,
      ...(response ? drawResponse(random) : drawFailure(random, pain)),
    })
  }
  return attacks
}

type Course = Pick<Attack, 'pains' | 'oxygen'>

function drawResponse(random: Random): Course {
  const at15 = random.chance(FREE_AT_15) ? 0 : 1
  const stays = random.chance(STAYS)
  return { pains: [at15, at15, stays ? at15 : 2], oxygen: null }
}

function drawFailure(random: Random, pain: number): Course {
  if (random.chance(BRIEF_RELIEF)) return { pains: [0, 1, 0], oxygen: random.whole(32, 55) }
  return { pains: [pain, pain, Math.max(2, pain - 1)], oxygen: random.chance(RESCUED) ? random.whole(22, 55) : null }
}

const attackFile: RecordFile = {
  name: 'cluster-attacks',
  header: ['subject', 'attack', 't0', 'submitted', 'pain'],
  stream: STREAM.attackFile,
  write(person, random, options, rows) {
    for (const { number, day, minute, pain } of drawAttacks(person, options)) {
      writeRecord(random, { ...options, late: 0 }, rows, (coming) => {
        rows.text(person.id)
        rows.text(String(number))
        rows.instant(day, minute)
        rows.instant(day, submissionMinute(random, coming, minute + 60))
        rows.small(coming === 'superseded' ? 1 : pain)
      })
    }
  },
}

/** One row per reading or rescue. No attack is late: its follow-ups would be left without one. */
const followUps: RecordFile = {
  name: 'cluster-follow-ups',
  header: ['subject', 'attack', 't0', 'what', 'after_min', 'pain', 'submitted'],
  stream: STREAM.followUpFile,
  write(person, random, options, rows) {
    for (const { number, day, minute, pains, oxygen } of drawAttacks(person, options)) {
      const write = (what: string, minutes: number, pain: number | null): void =>
        writeRecord(random, { ...options, late: 0 }, rows, (coming) => {
          rows.text(person.id)
          rows.text(String(number))
          rows.instant(day, minute)
          rows.text(what)
          rows.text(String(minutes))
          rows.text(pain === null ? '' : String(coming === 'superseded' ? 4 : pain))
          rows.instant(day, submissionMinute(random, coming, minute + 60))
        })
      for (const [place, minutes] of READINGS.entries()) {
        if (random.chance(options.missing)) continue
        write('reading', minutes + random.whole(-4, 4), pains[place] as number)
      }
      if (oxygen !== null) write('rescue', oxygen, null)
    }
  },
}

function truths(person: Person, options: ResolvedOptions): ParameterTruth[] {
  const yes = meanResponse(person, options)
  const shares = {
    CHPR15: yes,
    CHPF15: yes * FREE_AT_15 + (1 - yes) * BRIEF_RELIEF,
    CHSUS60: yes * STAYS,
  }
  return Object.entries(shares).map(([parameter, value]) => ({ parameter, visit: null, value }))
}

export const clusterAcute: Scenario = {
  unit: 'attacks / week',
  disease: {
    baseline: { mean: 15.5, sd: 7, low: 4, high: 40 },
    cut: 0.5,
    female: 0.3,
    age: { mean: 44, sd: 11 },
  },
  primary: null,
  files: [attackFile, followUps],
  subjectColumns: [clusterTypeColumn],
  settings: 'preset: cluster-acute\n',
  sources: `  - name: attacks
    files: '*cluster-attacks*.csv'
    layout: attacks
    columns:
      subject: subject
      attack: attack
      t0: t0
      submitted: submitted
      pain: pain
  - name: follow-ups
    files: '*cluster-follow-ups*.csv'
    layout: follow-ups
    columns:
      subject: subject
      attack: attack
      t0: t0
      followUp: what
      minutes: after_min
      pain: pain
      submitted: submitted
`,
  truths,
}
