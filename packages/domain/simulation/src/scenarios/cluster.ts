import type { RecordFile, Scenario } from '../scenario.ts'
import { WEEKDAYS, weekdayOf, writeEntries } from './entries.ts'

/**
 * One row a day with the number of attacks, their hours together and the worst of them. The product counts attack days
 * today; weekly attacks come with the cluster family, and the file already holds them.
 */
const diary: RecordFile = {
  name: 'cluster-diary',
  header: ['subject', 'date', 'submitted', 'headache', 'attacks', 'hours', 'severity', 'triptan', 'oxygen'],
  write(person, random, options, rows) {
    let attacks = 0
    const live = (day: number, index: number): void => {
      const weekly = index < 0 ? person.baseline : person.treated
      attacks = Math.min(8, random.poisson((weekly / 7) * (WEEKDAYS[weekdayOf(day)] as number)))
    }
    writeEntries(person, random, options, rows, live, () => {
      rows.flag(attacks > 0)
      rows.small(attacks)
      if (attacks > 0) {
        rows.halves(attacks * random.whole(1, 3))
        rows.small(random.chance(0.8) ? 3 : 2)
      } else {
        rows.empty()
        rows.empty()
      }
      rows.flag(attacks > 0 && random.chance(0.4))
      rows.flag(attacks > 0 && random.chance(0.5))
    })
  },
}

export const cluster: Scenario = {
  unit: 'attacks / week',
  disease: {
    baseline: { mean: 15.5, sd: 7, low: 4, high: 40 },
    cut: 0.5,
    female: 0.3,
    age: { mean: 44, sd: 11 },
  },
  primary: { parameter: 'MHD', weeksPerVisit: 4 },
  files: [diary],
  settings: `preset: headache-diary
condition: cluster
`,
  sources: `  - name: diary
    files: '*cluster-diary*.csv'
    layout: daily
    columns:
      subject: subject
      date: date
      submitted: submitted
      headache: headache
      hours: hours
      severity: severity
      triptan: triptan
      device: oxygen
    ignore: [attacks]
`,
}
