import type { ResolvedOptions } from '../options.ts'
import { type Person, STREAM } from '../person.ts'
import { Random } from '../random.ts'
import type { ParameterTruth, Part, RecordFile } from '../scenario.ts'
import { attends, visitsOf } from './visits.ts'

const RECORD_MS = 300_000
const MORNING = 10 * 60
/** Minutes from the beginning of the record at rest to that of the record during stimulation. */
const LATER = 20
/** Frequencies in the middle of their bands, Hz. */
const LF = 0.1
const HF = 0.25
const NOISE_MS = 5
/** Share of the beats that come early; the next comes late. */
const ECTOPIC = 0.008
/** How much deeper breathing swings the heart of treated subjects, and of all of them during stimulation. */
const GAIN = { nVNS: 1.12, sham: 1 } as const
const DURING = 1.15

/** The heart of a subject at a visit: mean RR interval, and the amplitudes of two sines in ms. */
interface Heart {
  readonly mean: number
  readonly lf: number
  readonly hf: number
}

function heartsOf(person: Person, options: ResolvedOptions): Heart[] {
  const random = new Random(options.seed, person.index, STREAM.heart)
  const usual = { mean: random.between(750, 950), lf: random.between(14, 28), hf: random.between(12, 30) }
  return visitsOf(person, options).map(({ number }) => {
    const gain = number === 0 ? 1 : GAIN[person.arm]
    return {
      mean: usual.mean,
      lf: usual.lf * random.between(0.95, 1.05),
      hf: usual.hf * gain * random.between(0.95, 1.05),
    }
  })
}

interface HeartRecord {
  readonly minute: number
  readonly stimulating: boolean
  readonly heart: Heart
}

/** At every visit a record at rest; under treatment another during stimulation. */
function recordsOf(heart: Heart, visit: number): HeartRecord[] {
  const rest = { minute: MORNING, stimulating: false, heart }
  if (visit === 0) return [rest]
  return [rest, { minute: MORNING + LATER, stimulating: true, heart: { ...heart, hf: heart.hf * DURING } }]
}

/** One row per RR interval of a record of five minutes. */
const intervals: RecordFile = {
  name: 'heart-beats',
  header: ['subject', 'record_start', 'sequence', 'rr_ms', 'stimulating'],
  stream: STREAM.heartFile,
  write(person, random, options, rows) {
    const hearts = heartsOf(person, options)
    for (const [place, { number, day }] of visitsOf(person, options).entries()) {
      if (!attends(random, options)) continue
      for (const { minute, stimulating, heart } of recordsOf(hearts[place] as Heart, number)) {
        const beats = drawBeats(random, heart)
        for (const [sequence, rr] of beats.entries()) {
          rows.begin()
          rows.text(person.id)
          rows.instant(day, minute)
          rows.text(String(sequence + 1))
          rows.text(rr.toFixed(1))
          rows.flag(stimulating)
          rows.end()
        }
        if (random.chance(options.duplicates)) rows.repeat()
      }
    }
  },
}

function drawBeats(random: Random, { mean, lf, hf }: Heart): number[] {
  const [slow, fast] = [random.between(0, 2 * Math.PI), random.between(0, 2 * Math.PI)]
  const beats: number[] = []
  let elapsed = 0
  let owed = 0
  while (elapsed < RECORD_MS) {
    const phase = (2 * Math.PI * elapsed) / 1000
    let rr = mean + lf * Math.sin(phase * LF + slow) + hf * Math.sin(phase * HF + fast) + random.normal(0, NOISE_MS)
    rr += owed
    owed = 0
    if (beats.length > 0 && random.chance(ECTOPIC)) {
      owed = 0.35 * rr
      rr -= owed
    }
    beats.push(rr)
    elapsed += rr
  }
  return beats
}

/**
 * What two sines and white noise give: differences of a sine sampled at each beat have a mean square of 2 A^2 sin^2(pi f RR),
 * its power is A^2 / 2; the noise is spread evenly up to half the heart rate.
 */
function truths(person: Person, options: ResolvedOptions): ParameterTruth[] {
  const visits = visitsOf(person, options)
  return heartsOf(person, options).flatMap((heart, place) => {
    const visit = (visits[place] as { number: number }).number
    return recordsOf(heart, visit).flatMap((record) =>
      Object.entries(measuresOf(record.heart)).map(([code, value]) => {
        return { parameter: record.stimulating ? `${code}S` : code, visit, value }
      }),
    )
  })
}

function measuresOf({ mean, lf, hf }: Heart): Readonly<Record<string, number>> {
  const step = (amplitude: number, hz: number): number =>
    2 * amplitude ** 2 * Math.sin((Math.PI * hz * mean) / 1000) ** 2
  const rmssd = Math.sqrt(step(lf, LF) + step(hf, HF) + 2 * NOISE_MS ** 2)
  const noisePerHz = (NOISE_MS ** 2 * 2 * mean) / 1000
  return {
    SDNN: Math.sqrt(lf ** 2 / 2 + hf ** 2 / 2 + NOISE_MS ** 2),
    RMSSD: rmssd,
    LNRMSSD: Math.log(rmssd),
    LFPOW: lf ** 2 / 2 + noisePerHz * 0.11,
    HFPOW: hf ** 2 / 2 + noisePerHz * 0.25,
  }
}

export const heartRate = (): Part => ({
  files: [intervals],
  settings: 'autonomic: standard\n',
  sources: `  - name: heart-beats
    files: '*heart-beats*.csv'
    layout: rr-intervals
    columns:
      subject: subject
      taken: record_start
      sequence: sequence
      rr: rr_ms
      stimulating: stimulating
`,
  truths,
})
