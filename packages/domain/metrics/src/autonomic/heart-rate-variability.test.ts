import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Hrv, heartRateVariability } from './heart-rate-variability.ts'

const MEASURES = ['sdnn', 'rmssd', 'lnRmssd', 'pnn50', 'lf', 'hf', 'hfnu', 'lfhf'] as const
const TIME_MEASURES = MEASURES.slice(0, 4)
const withValues = (hrv: Hrv) => MEASURES.filter((name) => !Number.isNaN(hrv[name]))

/** A steady heart with a little variation: 800, 810, 800, 810 ... */
const beats = (count: number, first = 800, second = 810): Float64Array =>
  Float64Array.from({ length: count }, (_, at) => (at % 2 === 0 ? first : second))

/** `count` intervals of 1000 ms, of which those at 3, 6, 9 ... are artefacts of 100 ms. */
const withArtefacts = (count: number, artefacts: number): Float64Array =>
  Float64Array.from({ length: count }, (_, at) => {
    if (at % 3 === 2 && at < 3 * artefacts) return 100
    return at % 2 === 0 ? 1000 : 1010
  })

describe('what a record can bear', () => {
  it('EX-L3 the five intervals are a record below 60 s: nothing has a value', () => {
    const found = heartRateVariability(Float64Array.of(800, 810, 790, 860, 850))
    expect(withValues(found)).toEqual([])
    expect(found).toMatchObject({ timeReason: 'too-short', frequencyReason: 'too-short', logReason: 'too-short' })
    expect(found).toMatchObject({ intervals: 5, removed: 0, cleanSeconds: 4.11, ultraShort: false, corrected: false })
  })

  it('EX-L4 one of five removed is a record below 60 s, flagged: nothing has a value', () => {
    const found = heartRateVariability(Float64Array.of(800, 810, 1400, 790, 800))
    expect(withValues(found)).toEqual([])
    // 1 / 5 is exactly 20 %, which alone would not withhold anything
    expect(found).toMatchObject({ timeReason: 'too-short', removed: 1, correctedShare: 0.2, corrected: true })
    expect([...found.accepted]).toEqual([1, 1, 0, 1, 1])
    expect(found.cleanSeconds).toBeCloseTo(3.2, 12)
  })

  it('has a time domain from exactly 60 s clean on, marked as ultra-short', () => {
    // 30 * (990 + 1010) = 60,000 ms
    const enough = heartRateVariability(beats(60, 990, 1010))
    expect(withValues(enough)).toEqual(TIME_MEASURES)
    expect(enough).toMatchObject({ cleanSeconds: 60, timeReason: null, frequencyReason: 'too-short', ultraShort: true })
    expect(enough).toMatchObject({ ratioReason: 'too-short', logReason: null })
    const short = heartRateVariability(beats(60, 990, 1009.9))
    expect(short).toMatchObject({ timeReason: 'too-short', ultraShort: false })
  })

  it('has a frequency domain from exactly 240 s clean on, no longer ultra-short', () => {
    const enough = heartRateVariability(beats(240, 990, 1010))
    expect(withValues(enough)).toEqual(MEASURES)
    expect(enough).toMatchObject({ cleanSeconds: 240, frequencyReason: null, ratioReason: null, ultraShort: false })
    const short = heartRateVariability(beats(240, 990, 1009.9))
    expect(short).toMatchObject({ timeReason: null, frequencyReason: 'too-short', ultraShort: true })
  })

  it('counts as clean what was accepted, not what was recorded', () => {
    // 240 beats of 1 s, 4 of them lost in gaps of 5 s: 256 s recorded, 236 s clean
    const rr = new Float64Array(240).fill(1000)
    for (const at of [50, 100, 150, 200]) rr[at] = 5000
    expect(heartRateVariability(rr)).toMatchObject({ cleanSeconds: 236, frequencyReason: 'too-short' })
  })

  it('flags above 5 % corrected: 20 of 400 are not flagged, 21 are', () => {
    expect(heartRateVariability(withArtefacts(400, 20))).toMatchObject({ correctedShare: 0.05, corrected: false })
    expect(heartRateVariability(withArtefacts(400, 21))).toMatchObject({ removed: 21, corrected: true })
  })

  it('says nothing above 20 % corrected: 80 of 400 have every value, 81 none', () => {
    const enough = heartRateVariability(withArtefacts(400, 80))
    expect(enough).toMatchObject({ removed: 80, correctedShare: 0.2, corrected: true, timeReason: null })
    expect(withValues(enough)).toEqual(MEASURES)
    const useless = heartRateVariability(withArtefacts(400, 81))
    expect(withValues(useless)).toEqual([])
    expect(useless).toMatchObject({ timeReason: 'too-many-artefacts', frequencyReason: 'too-many-artefacts' })
    expect(useless).toMatchObject({ logReason: 'too-many-artefacts', ratioReason: 'too-many-artefacts' })
  })

  it('names artefacts before shortness', () => {
    expect(heartRateVariability(Float64Array.of(800, 100, 100)).timeReason).toBe('too-many-artefacts')
  })

  it('has no frequency domain over a gap of more than 64 s', () => {
    const rr = beats(400)
    rr[200] = 65_000
    expect(heartRateVariability(rr)).toMatchObject({ timeReason: null, frequencyReason: 'gap-too-long' })
    rr[200] = 60_000
    expect(heartRateVariability(rr).frequencyReason).toBeNull()
  })

  it('has no logarithm and no ratio of a heart that beats like a clock', () => {
    const found = heartRateVariability(new Float64Array(400).fill(812.5))
    expect(found).toMatchObject({ sdnn: 0, rmssd: 0, pnn50: 0, timeReason: null, frequencyReason: null })
    expect(found).toMatchObject({ logReason: 'no-variation', ratioReason: 'no-variation', lnRmssd: Number.NaN })
    expect(found).toMatchObject({ hfnu: Number.NaN, lfhf: Number.NaN })
    expect(found.hf).toBeCloseTo(0, 9)
  })

  it('knows nothing of an empty record', () => {
    const found = heartRateVariability(new Float64Array(0))
    expect(found).toMatchObject({ timeReason: 'too-short', intervals: 0, cleanSeconds: 0, corrected: false })
    expect(found.correctedShare).toBeNaN()
    expect(withValues(found)).toEqual([])
  })
})

/** Two sines on 1000 ms. */
interface Rhythm {
  readonly slowHz: number
  readonly fastHz: number
  readonly slowMs: number
  readonly fastMs: number
  readonly slowPhase: number
  readonly fastPhase: number
}

/**
 * Five minutes of beats whose intervals follow a rhythm: the length of each is the rhythm's value at one moment of it
 * (0 its start, 0.5 its middle, 1 its end), found by repetition since the moment depends on the length.
 */
function beatsOf(rhythm: Rhythm, moment: number): Float64Array {
  const at = (seconds: number): number =>
    1000 +
    rhythm.slowMs * Math.sin(2 * Math.PI * rhythm.slowHz * seconds + rhythm.slowPhase) +
    rhythm.fastMs * Math.sin(2 * Math.PI * rhythm.fastHz * seconds + rhythm.fastPhase)
  const rr: number[] = []
  for (let clock = 0; clock < 300; ) {
    let interval = 1000
    for (let turn = 0; turn < 40; turn++) interval = at(clock + (moment * interval) / 1000)
    rr.push(interval)
    clock += interval / 1000
  }
  return Float64Array.from(rr)
}

describe('power of beats that follow two sines', () => {
  const amplitude = fc.double({ min: 15, max: 45, noNaN: true })
  const phase = fc.double({ min: 0, max: 6.3, noNaN: true })
  const rhythms = fc.record({
    slowHz: fc.double({ min: 0.07, max: 0.12, noNaN: true }),
    fastHz: fc.double({ min: 0.18, max: 0.28, noNaN: true }),
    slowMs: amplitude,
    fastMs: amplitude,
    slowPhase: phase,
    fastPhase: phase,
  })

  const expectPower = (rhythm: Rhythm, moment: number): void => {
    const found = heartRateVariability(beatsOf(rhythm, moment))
    expect(found.removed).toBe(0)
    expect(Math.abs((2 * found.lf) / rhythm.slowMs ** 2 - 1)).toBeLessThan(0.02)
    expect(Math.abs((2 * found.hf) / rhythm.fastMs ** 2 - 1)).toBeLessThan(0.02)
  }

  it('is A^2 / 2 in LF and B^2 / 2 in HF within 2 %', () => {
    fc.assert(
      fc.property(rhythms, (rhythm) => expectPower(rhythm, 0.5)),
      { numRuns: 200 },
    )
  })

  it('is so too where an interval has its length by its start or its end, for equal amplitudes up to 30 ms', () => {
    // Half an interval early or late bends a sine of A ms: its double frequency gets about pi f A^2 / 2000 ms, which
    // with A = 30 and f = 0.12 is 0.6 % of an equal B, and up to twice that of its power where both meet.
    fc.assert(
      fc.property(rhythms, fc.constantFrom(0, 1), fc.double({ min: 10, max: 30, noNaN: true }), (rhythm, moment, ms) =>
        expectPower({ ...rhythm, slowMs: ms, fastMs: ms }, moment),
      ),
      { numRuns: 200 },
    )
  })

  it('is up to 3 % low for 18 breaths a minute at 60 beats: two beats to a breath are the limit of any tachogram', () => {
    fc.assert(
      fc.property(phase, phase, (slowPhase, fastPhase) => {
        const rhythm = { slowHz: 0.1, fastHz: 0.3, slowMs: 30, fastMs: 30, slowPhase, fastPhase }
        const ratio = heartRateVariability(beatsOf(rhythm, 0.5)).hf / 450
        expect(ratio).toBeGreaterThan(0.97)
        expect(ratio).toBeLessThan(1)
      }),
      { numRuns: 20 },
    )
  })

  it('is 0.3 % low at 0.25 Hz and 60 beats a minute, at any phase', () => {
    fc.assert(
      fc.property(phase, phase, (slowPhase, fastPhase) => {
        const rhythm = { slowHz: 0.1, fastHz: 0.25, slowMs: 40, fastMs: 30, slowPhase, fastPhase }
        const found = heartRateVariability(beatsOf(rhythm, 0.5))
        expect(found.lf / 800).toBeCloseTo(1, 2)
        expect(found.hf / 450).toBeCloseTo(0.997, 2)
        expect(found.hfnu).toBeCloseTo(found.hf / (found.hf + found.lf), 12)
        expect(found.lfhf).toBeCloseTo(found.lf / found.hf, 12)
      }),
      { numRuns: 20 },
    )
  })

  it('hardly changes when single beats are split or missed', () => {
    const rhythm = { slowHz: 0.1, fastHz: 0.22, slowMs: 30, fastMs: 30, slowPhase: 1, fastPhase: 2 }
    const clean = beatsOf(rhythm, 0.5)
    // one beat in 60 is seen twice
    const split = Float64Array.from([...clean].flatMap((rr, at) => (at % 60 === 30 ? [400, rr - 400] : [rr])))
    const found = heartRateVariability(split)
    expect(found.removed).toBe(10)
    expect(found.cleanSeconds).toBeLessThan(296)
    expect(Math.abs(found.lf / 450 - 1)).toBeLessThan(0.05)
    expect(Math.abs(found.hf / 450 - 1)).toBeLessThan(0.05)
  })

  it('grows with the square of intervals c times as far from their mean', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 1, noNaN: true }), (factor) => {
        const rhythm = { slowHz: 0.1, fastHz: 0.25, slowMs: 40, fastMs: 40, slowPhase: 0, fastPhase: 1 }
        const full = heartRateVariability(beatsOf(rhythm, 0.5))
        const less = { ...rhythm, slowMs: 40 * factor, fastMs: 40 * factor }
        const found = heartRateVariability(beatsOf(less, 0.5))
        expect(found.lf / full.lf / factor ** 2).toBeCloseTo(1, 2)
        expect(found.hf / full.hf / factor ** 2).toBeCloseTo(1, 2)
      }),
      { numRuns: 20 },
    )
  })
})

describe('a record with artefacts of every kind', () => {
  it('agrees with a calculation in numpy 2.4.6 and scipy 1.17.1', () => {
    // i = arange(400); rr = round(900 + 60 sin(2 pi i / 11) + 30 sin(2 pi i / 3.7 + 1)); rr[i % 37 == 20] = 1500
    // rr[150] = 9000; rr[[0, 300, 301, 302, 399]] = [250, 310, 310, 320, 0]
    // t, v: accepted intervals at cumsum(rr) / 1000 - rr / 2000, gaps bridged by round(gap / mean of both) - 1 points
    // g = t[0] + 0.25 * arange(int((t[-1] - t[0]) * 4) + 1); x = make_interp_spline(t, v, k=5)(g)
    // f, p = welch(detrend(x), 4, nperseg=256); lf = p[(f >= .04) & (f < .15)].sum() / 64, hf up to .4
    const rr = Float64Array.from({ length: 400 }, (_, i) =>
      i % 37 === 20
        ? 1500
        : Math.round(900 + 60 * Math.sin((2 * Math.PI * i) / 11) + 30 * Math.sin((2 * Math.PI * i) / 3.7 + 1)),
    )
    rr[150] = 9000
    for (const [at, interval] of [
      [0, 250],
      [300, 310],
      [301, 310],
      [302, 320],
      [399, 0],
    ]) {
      rr[at] = interval
    }
    const found = heartRateVariability(rr)
    const removed = [...found.accepted].flatMap((one, at) => (one === 0 ? [at] : []))
    expect(removed).toEqual([0, 20, 57, 94, 131, 150, 168, 205, 242, 279, 300, 301, 302, 316, 353, 390, 399])
    expect(found).toMatchObject({ intervals: 400, removed: 17, corrected: false })
    expect(found.cleanSeconds).toBeCloseTo(344.862, 9)
    expect(found.sdnn).toBeCloseTo(47.342615478360585, 9)
    expect(found.rmssd).toBeCloseTo(39.7630856578034, 9)
    expect(found.lnRmssd).toBeCloseTo(Math.log(39.7630856578034), 9)
    expect(found.pnn50).toBeCloseTo(24.661246612466126, 9)
    expect(found.lf).toBeCloseTo(1717.1898838430448, 6)
    expect(found.hf).toBeCloseTo(423.52350162761104, 6)
    expect(found.hfnu).toBeCloseTo(0.19784222610188212, 9)
    expect(found.lfhf).toBeCloseTo(4.054532693566809, 8)
  })
})

describe('laws of a whole record', () => {
  const record = fc.array(fc.double({ min: 900, max: 1050, noNaN: true }), { minLength: 280, maxLength: 320 })

  it('a record is not changed by looking at it, and looked at twice says the same', () => {
    fc.assert(
      fc.property(record, (given) => {
        const rr = Float64Array.from(given)
        const found = heartRateVariability(rr)
        expect(rr).toEqual(Float64Array.from(given))
        expect(heartRateVariability(rr)).toEqual(found)
      }),
      { numRuns: 20 },
    )
  })

  it('read backwards it has the same time domain, clean time and removed intervals', () => {
    fc.assert(
      fc.property(record, (given) => {
        const [one, other] = [given, given.toReversed()].map((rr) => heartRateVariability(Float64Array.from(rr)))
        for (const name of [...TIME_MEASURES, 'cleanSeconds', 'removed'] as const) {
          expect(other[name]).toBeCloseTo(one[name], 9)
        }
      }),
      { numRuns: 20 },
    )
  })

  it('any numbers at all give a value or a reason for every measure, never both', () => {
    const wild = fc.array(fc.oneof(fc.double({ min: 300, max: 2000 }), fc.double()), { maxLength: 400 })
    const tame = fc.array(fc.oneof({ weight: 9, arbitrary: fc.double({ min: 900, max: 1050 }) }, fc.double()), {
      minLength: 250,
      maxLength: 400,
    })
    fc.assert(
      fc.property(fc.oneof(wild, tame), (given) => {
        const found = heartRateVariability(Float64Array.from(given))
        const groups = [
          ['timeReason', 'sdnn', 'rmssd', 'pnn50'],
          ['logReason', 'lnRmssd'],
          ['frequencyReason', 'lf', 'hf'],
          ['ratioReason', 'hfnu', 'lfhf'],
        ] as const
        for (const [reason, ...measures] of groups) {
          for (const name of measures) expect(Number.isFinite(found[name]), name).toBe(found[reason] === null)
        }
      }),
      { numRuns: 100 },
    )
  })
})
