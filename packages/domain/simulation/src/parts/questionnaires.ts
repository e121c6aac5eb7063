import type { ResolvedOptions, ScenarioName } from '../options.ts'
import { type Person, STREAM } from '../person.ts'
import { Random } from '../random.ts'
import type { ParameterTruth, Part, RecordFile } from '../scenario.ts'
import { submissionMinute, writeRecord } from '../write-record.ts'
import { FIQR, type Form, GAD7, HIT6, ISI, PGIC, PHQ9, PSQI, type Questionnaire } from './forms.ts'
import { attends, type Visit, visitsOf } from './visits.ts'

const MORNING = 9 * 60
/** How much of the reduction of pain or headache goes along with less of everything else. */
const GOES_ALONG = 0.6
/** SD of severity from visit to visit, as a share of the worst possible. */
const VISIT_SD = 0.04

interface Chosen {
  readonly wide: readonly Questionnaire[]
  readonly long: readonly Questionnaire[]
}

/** Questionnaires of a scenario: those with a column per item, and those with a row per item. */
function chosenFor(scenario: ScenarioName): Chosen {
  if (scenario === 'fibromyalgia') return { wide: [FIQR, PHQ9, GAD7, PGIC], long: [ISI, PSQI] }
  const isPain = scenario === 'neuropathic-pain' || scenario === 'vns-implant'
  return { wide: [PHQ9, GAD7, PGIC], long: isPain ? [ISI, PSQI] : [HIT6, ISI] }
}

interface FilledForm {
  readonly questionnaire: Questionnaire
  readonly visit: Visit
  readonly form: Form
}

/** All forms of a subject; those of visits that are missed exist in truth and in no file. */
function drawForms(person: Person, options: ResolvedOptions, { wide, long }: Chosen): FilledForm[] {
  const random = new Random(options.seed, person.index, STREAM.answers)
  const visits = visitsOf(person, options)
  const left = 1 - GOES_ALONG * (1 - person.treated / person.baseline)
  return [...wide, ...long].flatMap((questionnaire) => {
    const { mean, sd, onlyLater } = questionnaire
    const severity = random.normalWithin(mean, sd, Math.max(0, mean - 3 * sd), mean + 3 * sd)
    return visits.flatMap((visit): FilledForm[] => {
      if (visit.number === 0 && onlyLater === true) return []
      const now = (visit.number === 0 ? severity : severity * left) + random.normal(0, VISIT_SD)
      return [{ questionnaire, visit, form: questionnaire.draw(random, now) }]
    })
  })
}

const isMissing = (random: Random, { missing }: ResolvedOptions): boolean => random.chance(missing)

function wideFile(chosen: Chosen): RecordFile {
  const { wide } = chosen
  return {
    name: 'questionnaires',
    header: [
      ...['subject', 'date', 'submitted'],
      ...wide.flatMap(({ code, items }) => items.map((item) => `${code.toLowerCase()}_${item}`)),
    ],
    stream: STREAM.wideForms,
    write(person, random, options, rows) {
      const forms = drawForms(person, options, chosen)
      for (const visit of visitsOf(person, options)) {
        const own = wide.map(({ code }) =>
          forms.find(({ questionnaire, visit: { number } }) => questionnaire.code === code && number === visit.number),
        )
        const cells = wide.flatMap(({ items }, place) =>
          items.map((_, i) => (isMissing(random, options) ? '' : (own[place]?.form.answers[i] ?? ''))),
        )
        if (!attends(random, options)) continue
        writeRecord(random, options, rows, (coming) => {
          rows.text(person.id)
          rows.date(visit.day)
          rows.instant(visit.day, submissionMinute(random, coming, MORNING))
          for (const cell of cells) rows.text(cell === '' || coming !== 'superseded' ? cell : '1')
        })
      }
    },
  }
}

function longFile(chosen: Chosen): RecordFile {
  return {
    name: 'forms-long',
    header: ['subject', 'date', 'questionnaire', 'item', 'answer', 'submitted'],
    stream: STREAM.longForms,
    write(person, random, options, rows) {
      const forms = drawForms(person, options, chosen)
      for (const { questionnaire, visit, form } of forms) {
        if (!chosen.long.includes(questionnaire)) continue
        if (!attends(random, options)) continue
        for (const [place, item] of questionnaire.items.entries()) {
          if (isMissing(random, options)) continue
          writeRecord(random, options, rows, (coming) => {
            rows.text(person.id)
            rows.date(visit.day)
            rows.text(questionnaire.code)
            rows.text(item)
            rows.text(coming === 'superseded' ? '1' : (form.answers[place] as string))
            rows.instant(visit.day, submissionMinute(random, coming, MORNING))
          })
        }
      }
    },
  }
}

/** The very scores of each visit, whether a form of it came in or not. */
const truthsFor =
  (chosen: Chosen) =>
  (person: Person, options: ResolvedOptions): ParameterTruth[] =>
    drawForms(person, options, chosen).flatMap(({ form, visit }) =>
      Object.entries(form.scores).map(([parameter, value]) => ({ parameter, visit: visit.number, value })),
    )

/** What the study file says of a questionnaire beside its items. Nobody is asked here, so no licence is needed to ask. */
const SETTINGS: Readonly<Record<string, string>> = {
  ISI: '{ licence: true }',
  PSQI: '{ licence: true }',
  HIT6: "{ licence: true, version: '1.0' }",
  PGIC: '{ orientation: 1best }',
}

/** Dual response of migraine days and mood; in pain the presets name it. */
const moodOf = (scenario: ScenarioName): string =>
  scenario === 'migraine-prevention' || scenario === 'chronic-migraine' ? 'mood: { scale: PHQ9 }\n' : ''

export function questionnaires(scenario: ScenarioName): Part {
  const chosen = chosenFor(scenario)
  const { wide, long } = chosen
  const settings = [...wide, ...long].map(({ code }) => `  ${code}: ${SETTINGS[code] ?? '{}'}\n`)
  const items = wide.map(({ code, items }) =>
    items.length === 1
      ? `      ${code}: { ${items[0]}: ${code.toLowerCase()}_${items[0]} }\n`
      : `      ${code}: '${code.toLowerCase()}_{item}'\n`,
  )
  return {
    files: [wideFile(chosen), longFile(chosen)],
    settings: `questionnaires:\n${settings.join('')}${moodOf(scenario)}`,
    sources: `  - name: questionnaires
    files: '*questionnaires*.csv'
    layout: assessments
    columns: { subject: subject, date: date, submitted: submitted }
    items:
${items.join('')}  - name: forms
    files: '*forms-long*.csv'
    layout: assessments
    columns:
      subject: subject
      date: date
      instrument: questionnaire
      item: item
      value: answer
      submitted: submitted
`,
    truths: truthsFor(chosen),
  }
}
