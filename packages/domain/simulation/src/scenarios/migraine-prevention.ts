import type { RecordFile, Scenario } from '../scenario.ts'
import { WEEKDAYS, weekdayOf, writeEntries } from './entries.ts'

const PERIOD = 28
/**
 * How much more likely migraine is after a day with migraine (the chain keeps its mean). Little: two binomial counts of
 * 28 days differ with an SD of 3.2 days already, with what truly changes it is about 4.3 (published: 2.9 to 3.7, and 7.9).
 */
const PERSISTENCE = 0.05
const OTHER_HEADACHE = 0.08

/**
 * One row a day. A migraine day meets every criterion of the IHS definition (4 h or more, pulsating and at least moderate,
 * nausea or photophobia with phonophobia); other headaches are shorter and mild. So the true number of migraine
 * days of a diary without holes is what the product must find.
 */
const diary: RecordFile = {
  name: 'migraine-diary',
  header: [
    'subject',
    'date',
    'submitted',
    'headache',
    'hours',
    'severity',
    'pulsating',
    'nausea',
    'photophobia',
    'phonophobia',
    'triptan',
    'nsaid',
  ],
  write(person, random, options, rows) {
    let migraine = false
    const live = (day: number, index: number): void => {
      const rate = (index < 0 ? person.baseline : person.treated) / PERIOD
      const risk = Math.min(1, rate * (WEEKDAYS[weekdayOf(day)] as number))
      migraine = random.chance(migraine ? risk + PERSISTENCE * (1 - risk) : risk * (1 - PERSISTENCE))
    }
    writeEntries(person, random, options, rows, live, () => {
      if (migraine) {
        const nausea = random.chance(0.6)
        rows.flag(true)
        rows.halves(random.whole(8, 46))
        rows.small(random.chance(0.4) ? 3 : 2)
        rows.flag(true)
        rows.flag(nausea)
        rows.flag(!nausea || random.chance(0.7))
        rows.flag(!nausea || random.chance(0.6))
        rows.flag(random.chance(0.55))
        rows.flag(random.chance(0.3))
      } else if (random.chance(OTHER_HEADACHE)) {
        rows.flag(true)
        rows.halves(random.whole(1, 7))
        rows.small(1)
        for (let i = 0; i < 5; i++) rows.flag(false)
        rows.flag(random.chance(0.3))
      } else {
        rows.flag(false)
        rows.empty()
        rows.empty()
        for (let i = 0; i < 6; i++) rows.flag(false)
      }
    })
  },
}

export const migrainePrevention: Scenario = {
  unit: 'migraine days / 28 d',
  disease: {
    baseline: { mean: 8, sd: 2.8, low: 4, high: 16 },
    cut: 0.5,
    female: 0.85,
    age: { mean: 41, sd: 12 },
  },
  primary: { parameter: 'MMD', weeksPerVisit: 4 },
  files: [diary],
  settings: `preset: migraine-prevention
headache:
  featureScope: day
`,
  sources: `  - name: diary
    files: '*migraine-diary*.csv'
    layout: daily
    columns:
      subject: subject
      date: date
      submitted: submitted
      headache: headache
      hours: hours
      severity: severity
      pulsating: pulsating
      nausea: nausea
      photophobia: photophobia
      phonophobia: phonophobia
      triptan: triptan
      nsaid: nsaid
`,
}
