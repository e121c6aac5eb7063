import type { RecordFile, Scenario } from '../scenario.ts'
import { writeEntries } from './entries.ts'

/** Days until an effect is there in full. */
const ONSET_DAYS = 14
/** Good and bad days follow each other: autocorrelation and spread of the daily deviation, in NRS points. */
const MEMORY = 0.5
const DAILY_SD = 1

const nrs = (value: number): number => Math.min(10, Math.max(0, Math.round(value)))

/** One row a day with average, worst and least pain as whole numbers from 0 to 10. */
export function painDiary(name: string): RecordFile {
  return {
    name,
    header: ['subject', 'date', 'submitted', 'pain_avg', 'pain_worst', 'pain_least'],
    write(person, random, options, rows) {
      let deviation = random.normal(0, DAILY_SD)
      let pain = 0
      const live = (_day: number, index: number): void => {
        deviation = MEMORY * deviation + random.normal(0, DAILY_SD * Math.sqrt(1 - MEMORY * MEMORY))
        const share = Math.min(1, Math.max(0, (index + 1) / ONSET_DAYS))
        pain = person.baseline + (person.treated - person.baseline) * share + deviation
      }
      writeEntries(person, random, options, rows, live, () => {
        const average = nrs(pain)
        rows.small(average)
        rows.small(Math.max(average, nrs(pain + random.between(0.5, 2.5))))
        rows.small(Math.min(average, nrs(pain - random.between(0.5, 2.5))))
      })
    },
  }
}

export const painSource = (diary: string): string => `  - name: diary
    files: '*${diary}*.csv'
    layout: daily
    columns:
      subject: subject
      date: date
      submitted: submitted
      painAvg: pain_avg
      painWorst: pain_worst
      painLeast: pain_least
`

export const fibromyalgia: Scenario = {
  unit: 'NRS points',
  disease: {
    baseline: { mean: 6.3, sd: 1.1, low: 4, high: 9 },
    cut: 0.3,
    female: 0.9,
    age: { mean: 47, sd: 10 },
  },
  primary: { parameter: 'PNAVGW', weeksPerVisit: 1 },
  files: [painDiary('fibromyalgia-diary')],
  settings: 'preset: fibromyalgia\n',
  sources: painSource('fibromyalgia-diary'),
}

export const neuropathicPain: Scenario = {
  unit: 'NRS points',
  disease: {
    baseline: { mean: 6, sd: 1.2, low: 4, high: 9 },
    cut: 0.3,
    female: 0.45,
    age: { mean: 58, sd: 11 },
  },
  primary: { parameter: 'PNAVGW', weeksPerVisit: 1 },
  files: [painDiary('neuropathic-diary')],
  settings: 'preset: neuropathic-pain\n',
  sources: painSource('neuropathic-diary'),
}
