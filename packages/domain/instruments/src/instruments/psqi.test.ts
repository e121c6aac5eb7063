import { describe, expect, it } from 'vitest'
import { type Answers, answersOf, faultOf, scored, scoreNamed } from '../form.fixture.ts'
import { scoreBand } from '../score-band.ts'
import { plainSettings } from '../score-form.ts'
import { psqi } from './psqi.ts'
import { PSQI_PARTS, psqiParts } from './psqi-parts.ts'

/** 8 hours in bed, all asleep, nothing disturbs. */
const BEST = {
  quality: 0,
  latency: 5,
  cannotsleep: 0,
  hoursslept: 8,
  bedtime: 23,
  gettingup: 7,
  waking: 0,
  bathroom: 0,
  breathing: 0,
  snoring: 0,
  cold: 0,
  hot: 0,
  dreams: 0,
  pain: 0,
  other: 0,
  medicine: 0,
  sleepiness: 0,
  enthusiasm: 0,
} as const
const WORST = {
  ...(Object.fromEntries(Object.keys(BEST).map((id) => [id, 3])) as Record<keyof typeof BEST, number>),
  latency: 90,
  hoursslept: 4,
  bedtime: 22,
  gettingup: 8,
}

function partsOf(given: Answers): Record<string, number> {
  const parts = psqiParts(answersOf(psqi, given, plainSettings(psqi)))
  return Object.fromEntries(PSQI_PARTS.map((name, i) => [name, parts[i] as number]))
}

it('reaches from 0 to 21', () => {
  expect(scored(psqi, BEST)).toEqual({ PSQI: 0 })
  expect(scored(psqi, WORST)).toEqual({ PSQI: 21 })
})

it('scores a night of 6 hours with 45 minutes to fall asleep', () => {
  const form = {
    ...BEST,
    quality: 2,
    latency: 45, //       2, with cannot sleep 2 makes 4: part 2
    cannotsleep: 2,
    hoursslept: 6, //     part 1
    bedtime: 22.5, //     22:30 to 6:30, 8 h, 75 %: part 1
    gettingup: 6.5,
    waking: 3,
    bathroom: 3,
    pain: 3,
    dreams: 1, //         sum 10: part 2
    medicine: 1,
    sleepiness: 1,
    enthusiasm: 2, //     sum 3: part 2
  }
  expect(partsOf(form)).toEqual({
    quality: 2,
    latency: 2,
    duration: 1,
    efficiency: 1,
    disturbances: 2,
    medicine: 1,
    daytime: 2,
  })
  expect(scored(psqi, form)).toEqual({ PSQI: 11 })
})

describe('limits of the parts', () => {
  it.each([
    [15, 0, 0],
    [15.5, 0, 1],
    [16, 0, 1],
    [30, 0, 1],
    [31, 0, 1], // 2 + 0
    [60, 0, 1], // 2 + 0
    [61, 0, 2], // 3 + 0
    [60, 1, 2], // 2 + 1
    [61, 1, 2], // 3 + 1
    [61, 2, 3], // 3 + 2
  ])('%d minutes with cannot sleep %d is latency %d', (latency, cannotsleep, part) => {
    expect(partsOf({ ...BEST, latency, cannotsleep }).latency).toBe(part)
  })

  it.each([
    [7, 0],
    [6.99, 1],
    [6, 1],
    [5.5, 2],
    [5, 2],
    [4.9, 3],
  ])('%d hours slept are duration %d', (hoursslept, part) => {
    expect(partsOf({ ...BEST, hoursslept }).duration).toBe(part)
  })

  it.each([
    [8.5, 0], // of 10 h in bed
    [8.4, 1],
    [7.5, 1],
    [7.4, 2],
    [6.5, 2],
    [6.4, 3],
    [11, 0], // above 100 %
  ])('%d of 10 hours in bed are efficiency %d', (hoursslept, part) => {
    expect(partsOf({ ...BEST, bedtime: 22, gettingup: 8, hoursslept }).efficiency).toBe(part)
  })

  it.each([
    [0, 0, 0],
    [1, 0, 1],
    [3, 0, 1], // 9
    [3, 1, 2], // 10
  ])('three disturbances of %d and one of %d', (three, one, part) => {
    const form = { ...BEST, waking: three, cold: three, hot: three, other: one }
    expect(partsOf(form).disturbances).toBe(part)
  })

  it('18 points of disturbance are 2, 19 are 3', () => {
    const six = { ...BEST, waking: 3, bathroom: 3, breathing: 3, snoring: 3, cold: 3, hot: 3 }
    expect(partsOf(six).disturbances).toBe(2)
    expect(partsOf({ ...six, other: 1 }).disturbances).toBe(3)
  })
})

it('takes times of day in hours or in minutes, across midnight or not', () => {
  const { bedtime: _, gettingup: __, ...rest } = { ...BEST, hoursslept: 6 }
  expect(partsOf({ ...rest, bedtimemin: 1350, gettingupmin: 390 }).efficiency).toBe(1) // 22:30 to 6:30, 75 %
  expect(partsOf({ ...rest, bedtimemin: 10, gettingupmin: 490 }).efficiency).toBe(1) //   0:10 to 8:10
  expect(partsOf({ ...rest, bedtime: 0.5, gettingup: 8.5 }).efficiency).toBe(1) //        0:30 to 8:30
  expect(partsOf({ ...rest, bedtime: 22.5, gettingupmin: 390 }).efficiency).toBeNaN()
})

it('has no score with any part missing, except that a blank other reason is 0', () => {
  const { other: _, ...blank } = BEST
  expect(scored(psqi, blank)).toEqual({ PSQI: 0 })
  for (const id of Object.keys(blank)) expect(scored(psqi, { ...BEST, [id]: null }), id).toEqual({ PSQI: null })
  expect(scored(psqi, { ...BEST, quality: 4 })).toEqual({ PSQI: null })
  expect(scored(psqi, { ...BEST, hoursslept: 25 })).toEqual({ PSQI: null })
})

it('rejects a night without time in bed, and two clocks that disagree', () => {
  expect(faultOf(psqi, { ...BEST, gettingup: 23 })?.id).toBe('psqi-no-time-in-bed')
  expect(scored(psqi, { ...BEST, gettingup: 23 })).toEqual({ PSQI: null })
  expect(faultOf(psqi, { ...BEST, bedtimemin: 1380, gettingupmin: 420 })).toBeNull()
  expect(faultOf(psqi, { ...BEST, bedtimemin: 1380, gettingupmin: 480 })?.id).toBe('psqi-clocks-disagree')
})

it('calls more than 5 poor sleep', () => {
  expect(scoreBand(scoreNamed(psqi, 'PSQI'), 5)).toBe('good sleep')
  expect(scoreBand(scoreNamed(psqi, 'PSQI'), 6)).toBe('poor sleep')
})
