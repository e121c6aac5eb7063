import { expect, it } from 'vitest'
import { faultOf, scored } from '../form.fixture.ts'
import { AREAS } from './fm-areas.ts'
import { fmCriteria } from './fm-criteria.ts'

/** Symptoms of this sum, as high as fatigue, sleep and cognition go, the rest in the yes/no symptoms. */
const symptoms = (sss: number) => ({
  fatigue: Math.min(3, sss),
  unrefreshed: Math.min(3, Math.max(0, sss - 3)),
  cognitive: Math.min(3, Math.max(0, sss - 6)),
  headaches: Number(sss > 9),
  abdominal: Number(sss > 10),
  depression: Number(sss > 11),
})
const form = (wpi: number, sss: number, regions: number, threemonths = 1) => ({
  wpi,
  regions,
  threemonths,
  ...symptoms(sss),
})
const flags = (given: Record<string, number | null>) => {
  const { FM2016, FM2011 } = scored(fmCriteria, given)
  return [FM2016, FM2011]
}
const areas = (...painful: string[]) => Object.fromEntries(AREAS.map((area) => [area, Number(painful.includes(area))]))

it('EX-Q6 WPI 6, SSS 9, 4 regions: 2016 yes; WPI 3, SSS 10: only 2011; WPI 8, SSS 6, 3 regions: only 2011', () => {
  expect(scored(fmCriteria, form(6, 9, 4))).toEqual({ WPI: 6, SSS: 9, FSS: 15, FM2016: 1, FM2011: 1 })
  expect(flags(form(3, 10, 3))).toEqual([0, 1])
  expect(flags(form(8, 6, 3))).toEqual([0, 1])
})

it.each([
  ['WPI 7 and SSS 5', 7, 5, [1, 1]],
  ['WPI 7 and SSS 4', 7, 4, [0, 0]],
  ['WPI 6 and SSS 8', 6, 8, [0, 0]],
  ['WPI 4 and SSS 9', 4, 9, [1, 1]],
  ['WPI 19 and SSS 12', 19, 12, [1, 1]],
])('%s in 4 or 5 regions', (_, wpi, sss, expected) => {
  expect(flags(form(wpi, sss, wpi > 16 ? 5 : 4))).toEqual(expected)
})

it('needs three months for both criteria', () => {
  expect(flags(form(8, 6, 5, 0))).toEqual([0, 0])
})

it('has scores from 0 to 19, 12 and 31', () => {
  expect(scored(fmCriteria, form(0, 0, 0))).toMatchObject({ WPI: 0, SSS: 0, FSS: 0 })
  expect(scored(fmCriteria, form(19, 12, 5))).toMatchObject({ WPI: 19, SSS: 12, FSS: 31 })
})

it('has no score and no flag with an input missing, and the others stay', () => {
  expect(scored(fmCriteria, { ...form(8, 6, 5), regions: null })).toEqual({
    WPI: 8,
    SSS: 6,
    FSS: 14,
    FM2016: null,
    FM2011: 1,
  })
  expect(scored(fmCriteria, { ...form(8, 6, 5), fatigue: null })).toMatchObject({ WPI: 8, SSS: null, FSS: null })
  expect(scored(fmCriteria, { ...form(8, 6, 5), wpi: 20 })).toMatchObject({ WPI: null, SSS: 6, FM2016: null })
  expect(flags({ ...form(3, 6, 2), threemonths: null })).toEqual([null, null]) // although 3 areas would decide it
})

it('counts areas and regions itself; jaw, chest and abdomen belong to no region', () => {
  const map = areas('jawleft', 'jawright', 'chest', 'abdomen', 'neck', 'hipleft', 'upperlegleft', 'shoulderright')
  // 8 areas in 3 regions: axial, lower left, upper right
  expect(scored(fmCriteria, { ...map, threemonths: 1, ...symptoms(6) })).toMatchObject({ WPI: 8, FM2016: 0, FM2011: 1 })
  const wider = { ...map, lowerlegright: 1 }
  expect(scored(fmCriteria, { ...wider, threemonths: 1, ...symptoms(6) })).toMatchObject({ WPI: 9, FM2016: 1 })
  expect(scored(fmCriteria, { ...map, neck: null, ...symptoms(6) })).toMatchObject({ WPI: null, SSS: 6 })
})

it('rejects counts that contradict the areas, and areas that cannot lie in so many regions', () => {
  const map = areas('neck', 'hipleft')
  expect(faultOf(fmCriteria, { ...map, wpi: 2, regions: 2 })).toBeNull()
  expect(faultOf(fmCriteria, { ...map, wpi: 3 })?.id).toBe('fm-counts-disagree')
  expect(faultOf(fmCriteria, { ...map, regions: 1 })?.id).toBe('fm-counts-disagree')
  expect(faultOf(fmCriteria, { wpi: 3, regions: 4 })?.id).toBe('fm-regions-impossible')
  expect(faultOf(fmCriteria, { wpi: 13, regions: 3 })).toBeNull() // 3 areas each and 4 outside
  expect(faultOf(fmCriteria, { wpi: 14, regions: 3 })?.id).toBe('fm-regions-impossible')
})
