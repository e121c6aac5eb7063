import { ARMS, type Arm, type ResolvedOptions } from './options.ts'
import { Random } from './random.ts'

/** Purposes of random streams: one for what happens to a subject, one for each file that tells of it. */
export const STREAM = {
  person: 1,
  diary: 2,
  allocation: 3,
  clusterType: 4,
  attacks: 5,
  attackFile: 6,
  followUpFile: 7,
  days: 8,
  logFile: 9,
  episodeFile: 10,
  intakeFile: 11,
  surgery: 12,
  answers: 13,
  wideForms: 14,
  longForms: 15,
  adherence: 16,
  sessionFile: 17,
  events: 18,
  eventFile: 19,
  guess: 20,
  levels: 21,
  laboratoryFile: 22,
  heart: 23,
  heartFile: 24,
} as const

const BLOCK = 4
/** 2026-01-05, a Monday: the first day on which treatment starts. Enrolment lasts half a year. */
const FIRST_START = 20_458
const ENROLMENT_DAYS = 182
export const BASELINE_DAYS = 28

/** One simulated subject: facts, and what is true about the course of the disease. */
export interface Person {
  readonly index: number
  readonly id: string
  readonly arm: Arm
  readonly site: string
  readonly sex: 'F' | 'M'
  readonly age: number
  readonly bmi: number
  readonly years: number
  /** Day of the first treatment, counted from 1970-01-01. */
  readonly start: number
  /** Last study day (1 is the first day of treatment); the whole trial, or the day of leaving it. */
  readonly lastStudyDay: number
  readonly leaves: boolean
  /** Rate before treatment and under it, in the unit of the scenario. */
  readonly baseline: number
  readonly treated: number
  readonly responder: boolean
}

/** What a scenario says about its subjects: rate before treatment, who counts as a responder, who falls ill. */
export interface Disease {
  readonly baseline: { readonly mean: number; readonly sd: number; readonly low: number; readonly high: number }
  /** Reduction that makes a responder, as a share. */
  readonly cut: number
  readonly female: number
  readonly age: { readonly mean: number; readonly sd: number }
}

export function drawPerson(index: number, options: ResolvedOptions, disease: Disease): Person {
  const random = new Random(options.seed, index, STREAM.person)
  const arm = armOf(index, options.seed)
  const days = options.weeks * 7
  const leaves = random.chance(options.dropout)
  const lastStudyDay = leaves ? random.whole(1, Math.max(1, days - 1)) : days
  const { mean, sd, low, high } = disease.baseline
  const baseline = random.normalWithin(mean, sd, low, high)
  const responder = random.chance(options.responderShare[arm])
  const reduction = drawReduction(random, responder, options, arm, disease)
  return {
    index,
    id: `S${String(index + 1).padStart(6, '0')}`,
    arm,
    site: `site-${String((index % 10) + 1).padStart(2, '0')}`,
    sex: random.chance(disease.female) ? 'F' : 'M',
    age: Math.round(random.normalWithin(disease.age.mean, disease.age.sd, 18, 75)),
    bmi: Math.round(random.normalWithin(26, 4.5, 17, 45) * 10) / 10,
    years: Math.round(random.normalWithin(15, 10, 1, 45)),
    start: FIRST_START + random.whole(0, ENROLMENT_DAYS - 1),
    lastStudyDay,
    leaves,
    baseline,
    treated: baseline * (1 - reduction),
    responder,
  }
}

/** Blocks of four, so that arms stay even and no subject depends on how many follow. */
function armOf(index: number, seed: number): Arm {
  const random = new Random(seed, Math.floor(index / BLOCK), STREAM.allocation)
  const block: Arm[] = [ARMS[0], ARMS[0], ARMS[1], ARMS[1]]
  for (let last = BLOCK - 1; last > 0; last--) {
    const other = random.whole(0, last)
    const arm = block[last] as Arm
    block[last] = block[other] as Arm
    block[other] = arm
  }
  return block[index % BLOCK] as Arm
}

const BEST = 0.95
/** How far a subject who is no responder stays below the cut. */
const MARGIN = 0.02
const SPREAD = 0.12

/** Reductions of responders are even from the cut to 95 %; the others make up the rest of the mean effect of their arm. */
function drawReduction(
  random: Random,
  responder: boolean,
  options: ResolvedOptions,
  arm: Arm,
  disease: Disease,
): number {
  if (responder) return random.between(disease.cut, BEST)
  const share = options.responderShare[arm]
  const whole = -options.effect[arm] / disease.baseline.mean
  const rest = share < 1 ? (whole - share * ((disease.cut + BEST) / 2)) / (1 - share) : 0
  const most = disease.cut - MARGIN
  const centre = Math.min(most - SPREAD, Math.max(-0.5, rest))
  return random.normalWithin(centre, SPREAD, 2 * centre - most, most)
}
