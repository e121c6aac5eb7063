import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INSTRUMENTS } from './catalogue.ts'
import { checkAnswer } from './check-answer.ts'
import { checkSettings } from './check-settings.ts'
import { checkTotal } from './check-total.ts'
import type { Instrument, Settings } from './instrument.ts'
import { type Allowed, allowedIn } from './item.ts'
import { scoreBand } from './score-band.ts'
import { plainSettings, scoreForm, scoresUnder } from './score-form.ts'

/** One seed: the forms are drawn at random, but the same in every run, so that what is counted below is no chance. */
const SEED = 1128
const RUNS = { numRuns: 80, seed: SEED }

/** How many values of every single score a law has to have looked at. */
const ENOUGH = { inRange: 20, moved: 5, complete: 20 }

/** Counts what a law looked at, score by score. */
class Examined {
  readonly #counts: Map<string, number>

  constructor(scores: readonly string[]) {
    this.#counts = new Map(scores.map((code) => [code, 0]))
  }

  add(code: string): void {
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1)
  }

  /** Scores that were looked at less often than that, each with its count. */
  fewerThan(count: number): string[] {
    return [...this.#counts].flatMap(([code, times]) => (times < count ? [`${code} ${times}`] : []))
  }
}

/** A table in which more is more; for a value set, fewer problems are better. */
function tableFor({ code, table }: Instrument, version: string): ReadonlyMap<number, number> | null {
  if (table === null) return null
  const digits = (key: number) => [...String(key)].reduce((sum, digit) => sum + Number(digit), 0)
  return new Map(table.keysOf(version).map((key) => [key, code === 'EQ5D' ? 1.5 - digits(key) / 10 : 20 + key / 2]))
}

/** Every version and every choice of an instrument. */
const settingsOf = (instrument: Instrument): Settings[] =>
  instrument.versions.flatMap((version) => {
    const table = tableFor(instrument, version)
    const [option] = instrument.options
    const choices = option === undefined ? [{}] : option.choices.map((word) => ({ [option.id]: word }))
    return choices.map((choice) => ({ version, choices: choice, table }))
  })

const answerOf = (allowed: Allowed | null): fc.Arbitrary<number> => {
  if (allowed === null) return fc.constant(Number.NaN)
  if (allowed.kind === 'list') return fc.constantFrom(...allowed.values)
  const { lowest, highest, wholeNumber } = allowed
  if (wholeNumber) return fc.integer({ min: lowest, max: highest })
  return fc.integer({ min: 4 * lowest, max: 4 * highest }).map((quarters) => quarters / 4)
}

/** No answer is missing. */
const COMPLETE = 0

/** Forms that the items allow, one answer in `freq` missing; checks across items may still reject them. */
const formOf = (instrument: Instrument, { version }: Settings, freq: number): fc.Arbitrary<number[]> =>
  fc.tuple(
    ...instrument.items.map((item) => {
      const answer = answerOf(allowedIn(item, version))
      return freq === COMPLETE ? answer : fc.option(answer, { freq, nil: Number.NaN })
    }),
  )

/** HIT-6 is answered in one coding; the areas and counts of the criteria, the course and the clocks in one way. */
function inOneWay({ code }: Instrument, form: readonly number[]): Float64Array {
  const answers = Float64Array.from(form)
  if (code === 'HIT6') return answers.map((answer) => (answer > 5 ? [6, 8, 10, 11, 13].indexOf(answer) + 1 : answer))
  if (code === 'FMCRIT') return answers.map((answer, place) => (place < 2 ? Number.NaN : answer))
  if (code === 'PDQ') return answers.map((answer, place) => (place === 8 ? Number.NaN : answer))
  if (code === 'PSQI') return answers.map((answer, place) => (place === 6 || place === 7 ? Number.NaN : answer))
  if (code === 'MIDAS') return answers.map((answer, place) => (place < 4 ? Math.floor(answer / 2) : answer))
  return answers
}

function scoresOf(instrument: Instrument, answers: Float64Array, settings: Settings): Map<string, number> {
  const into = new Float64Array(instrument.scores.length)
  scoreForm(instrument, answers, into, settings)
  return new Map(instrument.scores.map(({ code }, i) => [code, into[i] as number]))
}

/** Items whose higher answer lowers the scores of their instrument, and those that go neither way. */
const range = (prefix: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `${prefix}${from + i}`)
const LOWERING: Readonly<Record<string, readonly string[]>> = {
  MSQ: range('', 1, 14),
  FIQ: ['2'],
  PSQI: ['hoursslept'],
  SF36: ['1', '2', '20', '21', '22', '23', '26', '27', '30', '34', '36'],
  EQ5D: ['mobility', 'selfcare', 'activities', 'pain', 'anxiety'],
}
const NEITHER: Readonly<Record<string, readonly string[]>> = {
  PDQ: ['picture'],
  PSQI: ['bedtime', 'gettingup', 'bedtimemin', 'gettingupmin'],
  FMCRIT: ['wpi', 'regions'], // given as areas here
}

describe.each(INSTRUMENTS.map((instrument) => [instrument.code, instrument] as const))('%s', (code, instrument) => {
  const settings = settingsOf(instrument)
  const answered = (freq: number) =>
    fc
      .constantFrom(...settings)
      .chain((chosen) =>
        formOf(instrument, chosen, freq).map((form) => ({ chosen, answers: inOneWay(instrument, form) })),
      )
  const examined = () =>
    new Examined([...new Set(settings.flatMap((chosen) => scoresUnder(instrument, chosen)).map((score) => score.code))])

  it('has settings that its own check takes', () => {
    expect(settings.flatMap((chosen) => checkSettings(instrument, chosen))).toEqual([])
  })

  it('scores within the range, in a band wherever there are bands', () => {
    const seen = examined()
    fc.assert(
      fc.property(fc.oneof(answered(COMPLETE), answered(12)), ({ chosen, answers }) => {
        answers.forEach((value, place) => {
          expect(checkAnswer(instrument, place, value, chosen.version)).toBeNull()
        })
        const values = scoresOf(instrument, answers, chosen)
        for (const score of instrument.scores) {
          const value = values.get(score.code) as number
          if (Number.isNaN(value)) continue
          seen.add(score.code)
          expect(checkTotal(score, value), `${score.code} ${value}`).toBeNull()
          expect(scoreBand(score, value) === null, score.code).toBe(score.bands.length === 0)
        }
      }),
      RUNS,
    )
    expect(seen.fewerThan(ENOUGH.inRange)).toEqual([])
  })

  it('moves no score against the direction of an item', () => {
    const moved = examined()
    const pair = fc.tuple(answered(COMPLETE), fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }))
    fc.assert(
      fc.property(pair, ([{ chosen, answers }, which, share]) => {
        const places = instrument.items.flatMap((item, place) => {
          const open = !Number.isNaN(answers[place]) && allowedIn(item, chosen.version) !== null
          return open && !NEITHER[code]?.includes(item.id) ? [place] : []
        })
        const place = places[which % places.length] as number
        const item = instrument.items[place]!
        const low = answers.slice()
        low[place] = below(allowedIn(item, chosen.version)!, answers[place] as number, share)
        const [from, to] = [scoresOf(instrument, low, chosen), scoresOf(instrument, answers, chosen)]
        const turned = code === 'PGIC' && chosen.choices.orientation === '7best'
        const sign = turned || LOWERING[code]?.includes(item.id) ? -1 : 1
        for (const [name, value] of to) {
          const change = sign * (value - (from.get(name) as number))
          if (change !== 0 && !Number.isNaN(change)) moved.add(name)
          expect(change < -1e-9, `${name} by item ${item.id}: ${from.get(name)} to ${value}`).toBe(false)
        }
      }),
      { numRuns: 300, seed: SEED },
    )
    expect(moved.fewerThan(ENOUGH.moved)).toEqual([])
  })

  it('gives no score that the form lacks the answers for, and every one of a complete form', () => {
    const complete = examined()
    fc.assert(
      fc.property(answered(3), ({ chosen, answers }) => {
        const values = scoresOf(instrument, answers, chosen)
        const there = answers.reduce((count, answer) => count + Number(!Number.isNaN(answer)), 0)
        for (const score of instrument.scores) {
          if (there < score.minAnswered) expect(values.get(score.code), score.code).toBeNaN()
        }
      }),
      RUNS,
    )
    fc.assert(
      fc.property(answered(COMPLETE), ({ chosen, answers }) => {
        fc.pre(instrument.check(answers) === null)
        const values = scoresOf(instrument, answers, chosen)
        for (const { code } of scoresUnder(instrument, chosen)) {
          complete.add(code)
          expect(values.get(code), code).not.toBeNaN()
        }
      }),
      RUNS,
    )
    expect(complete.fewerThan(ENOUGH.complete)).toEqual([])
  })

  it('does not change the answers it was given', () => {
    fc.assert(
      fc.property(answered(6), ({ chosen, answers }) => {
        const kept = answers.slice()
        scoresOf(instrument, answers, chosen)
        expect(answers).toEqual(kept)
      }),
      { numRuns: 10, seed: SEED },
    )
  })
})

/** A value of the item at or below another one. */
function below(allowed: Allowed, value: number, share: number): number {
  if (allowed.kind === 'list') {
    const lower = allowed.values.filter((other) => other <= value)
    return lower[Math.min(lower.length - 1, Math.floor(share * lower.length))] as number
  }
  const step = allowed.lowest + share * (value - allowed.lowest)
  return allowed.wholeNumber ? Math.floor(step) : step
}

it('keeps plain settings to the first version', () => {
  for (const instrument of INSTRUMENTS) expect(plainSettings(instrument).version).toBe(instrument.versions[0])
})
