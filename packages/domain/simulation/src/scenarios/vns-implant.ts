import { toIsoDay } from '@afferent/study'
import type { ResolvedOptions } from '../options.ts'
import { type Person, STREAM } from '../person.ts'
import { Random } from '../random.ts'
import type { Scenario } from '../scenario.ts'
import { painDiary, painSource } from './pain-diary.ts'

/** Days from surgery to the first stimulation: the wound heals, and the baseline is recorded. */
export const surgeryDay = ({ index, start }: Person, { seed }: ResolvedOptions): number =>
  start - new Random(seed, index, STREAM.surgery).whole(14, 28)

/** Chronic pain and an implanted stimulator: day 1 is the day it is switched on, surgery lies before it. */
export const vnsImplant: Scenario = {
  unit: 'NRS points',
  disease: {
    baseline: { mean: 6.5, sd: 1.1, low: 4, high: 9 },
    cut: 0.3,
    female: 0.6,
    age: { mean: 52, sd: 11 },
  },
  primary: { parameter: 'PNAVGW', weeksPerVisit: 1 },
  files: [painDiary('implant-diary')],
  subjectColumns: [
    { name: 'surgery', field: 'surgery', cell: (person, options) => toIsoDay(surgeryDay(person, options)) },
  ],
  settings: 'preset: chronic-pain\n',
  sources: painSource('implant-diary'),
}
