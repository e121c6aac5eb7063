import { toIsoDay } from '@afferent/study'
import {
  ARMS,
  type Arm,
  type ResolvedOptions,
  resolveOptions,
  type ScenarioName,
  type SimulationOptions,
} from './options.ts'
import { drawPerson, type Person, STREAM } from './person.ts'
import { Random } from './random.ts'
import { RowWriter } from './row-writer.ts'
import type { DiaryFile, Scenario } from './scenario.ts'
import { cluster } from './scenarios/cluster.ts'
import { migrainePrevention } from './scenarios/migraine-prevention.ts'
import { fibromyalgia, neuropathicPain } from './scenarios/pain-diary.ts'

const SCENARIO: Readonly<Record<ScenarioName, Scenario>> = {
  'migraine-prevention': migrainePrevention,
  cluster,
  fibromyalgia,
  'neuropathic-pain': neuropathicPain,
}

export interface SimulatedFile {
  readonly name: string
  /** The bytes, in parts of about a megabyte; the same every time it is called. */
  readonly parts: () => Iterable<Uint8Array>
}

/** What is true of one simulated subject, before days are drawn. */
export interface SubjectTruth {
  readonly subject: string
  readonly arm: Arm
  /** Rate before and under treatment, in `Truth.unit`. */
  readonly baseline: number
  readonly treated: number
  readonly responder: boolean
  /** Study day of leaving, or null. */
  readonly leaves: number | null
}

export interface Truth {
  readonly scenario: ScenarioName
  readonly unit: string
  /** Reduction in percent that makes a responder. */
  readonly cut: number
  readonly options: ResolvedOptions
  readonly subjects: () => Iterable<SubjectTruth>
  /** Means over the simulated subjects of an arm. */
  readonly arms: () => readonly ArmTruth[]
}

export interface ArmTruth {
  readonly arm: Arm
  readonly subjects: number
  readonly baseline: number
  readonly change: number
  readonly responders: number
}

export interface Simulation {
  readonly files: readonly SimulatedFile[]
  readonly studyYaml: string
  readonly truth: Truth
}

/**
 * A simulated trial: diary and subjects as an export would hold them, the study file that reads them, and what is true.
 * Every file says 'simulated' in its name. The same options give the same bytes; a further subject changes no other.
 * Throws  RangeError for options that make no trial.
 */
export function simulate(given: SimulationOptions): Simulation {
  const options = resolveOptions(given)
  const scenario = SCENARIO[options.scenario]
  const people = (): Iterable<Person> => drawPeople(options, scenario)
  return {
    files: [
      { name: 'simulated-subjects.csv', parts: () => subjectRows(people()) },
      ...scenario.diaries.map((diary) => ({
        name: `simulated-${diary.name}.csv`,
        parts: () => diaryRows(diary, people(), options),
      })),
    ],
    studyYaml: studyYaml(options, scenario),
    truth: {
      scenario: options.scenario,
      unit: scenario.unit,
      cut: scenario.disease.cut * 100,
      options,
      subjects: () => truths(people()),
      arms: () => ARMS.map((arm) => armTruth(arm, people())),
    },
  }
}

function* drawPeople(options: ResolvedOptions, scenario: Scenario): Generator<Person> {
  for (let index = 0; index < options.subjects; index++) yield drawPerson(index, options, scenario.disease)
}

const SUBJECT_COLUMNS = ['subject', 'site', 'arm', 'sex', 'age', 'bmi', 'years_ill', 'treatment_start', 'last_day']

function* subjectRows(people: Iterable<Person>): Generator<Uint8Array> {
  const rows = new RowWriter()
  writeHeader(rows, SUBJECT_COLUMNS)
  for (const person of people) {
    rows.begin()
    for (const cell of [person.id, person.site, person.arm, person.sex]) rows.text(cell)
    for (const cell of [person.age, person.bmi, person.years]) rows.text(String(cell))
    rows.text(toIsoDay(person.start))
    rows.text(toIsoDay(person.start + person.lastStudyDay - 1))
    rows.end()
    yield* rows.take()
  }
  yield* rows.take(true)
}

function* diaryRows(diary: DiaryFile, people: Iterable<Person>, options: ResolvedOptions): Generator<Uint8Array> {
  const rows = new RowWriter()
  writeHeader(rows, diary.header)
  for (const person of people) {
    diary.write(person, new Random(options.seed, person.index, STREAM.diary), options, rows)
    yield* rows.take()
  }
  yield* rows.take(true)
}

function writeHeader(rows: RowWriter, columns: readonly string[]): void {
  rows.begin()
  for (const column of columns) rows.text(column)
  rows.end()
}

function* truths(people: Iterable<Person>): Generator<SubjectTruth> {
  for (const { id, arm, baseline, treated, responder, leaves, lastStudyDay } of people) {
    yield { subject: id, arm, baseline, treated, responder, leaves: leaves ? lastStudyDay : null }
  }
}

function armTruth(arm: Arm, people: Iterable<Person>): ArmTruth {
  let subjects = 0
  let baseline = 0
  let change = 0
  let responders = 0
  for (const person of people) {
    if (person.arm !== arm) continue
    subjects++
    baseline += person.baseline
    change += person.treated - person.baseline
    if (person.responder) responders++
  }
  const mean = (sum: number): number => (subjects === 0 ? 0 : sum / subjects)
  return { arm, subjects, baseline: mean(baseline), change: mean(change), responders }
}

/** The study file: identity, arms and the subjects table around what the scenario says. */
function studyYaml(options: ResolvedOptions, scenario: Scenario): string {
  return `study: simulated-${options.scenario}
title: Simulated trial, ${options.scenario}
timezone: none
arms:
  nVNS: nVNS
  sham: { name: Sham, reference: true }
${primary(options, scenario)}${scenario.studyYaml}  - name: subjects
    files: '*subjects*.csv'
    layout: subjects
    columns:
      subject: subject
      site: site
      arm: arm
      sex: sex
      age: age
      bmi: bmi
      painDuration: years_ill
      treatmentStart: treatment_start
      lastDay: last_day
`
}

/** The last visit that every subject who stays reaches; none where the trial is shorter than one. */
function primary({ weeks }: ResolvedOptions, { primary: { parameter, weeksPerVisit } }: Scenario): string {
  const visit = Math.floor(weeks / weeksPerVisit)
  return visit === 0 ? '' : `primary: { parameter: ${parameter}, visit: ${visit} }\n`
}
