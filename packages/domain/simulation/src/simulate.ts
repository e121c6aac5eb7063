import { toIsoDay } from '@afferent/study'
import {
  ARMS,
  PARTS,
  type ResolvedOptions,
  resolveOptions,
  type ScenarioName,
  type SimulationOptions,
} from './options.ts'
import { PART } from './parts/parts.ts'
import { drawPerson, type Person, STREAM } from './person.ts'
import { Random } from './random.ts'
import { RowWriter } from './row-writer.ts'
import type { Part, RecordFile, Scenario, SubjectColumn } from './scenario.ts'
import { chronicMigraine } from './scenarios/chronic-migraine.ts'
import { cluster } from './scenarios/cluster.ts'
import { clusterAcute } from './scenarios/cluster-acute.ts'
import { clusterPrevention } from './scenarios/cluster-prevention.ts'
import { migraineAcute } from './scenarios/migraine-acute.ts'
import { migrainePrevention } from './scenarios/migraine-prevention.ts'
import { fibromyalgia, neuropathicPain } from './scenarios/pain-diary.ts'
import { vnsImplant } from './scenarios/vns-implant.ts'
import { studyYaml } from './study-yaml.ts'
import { type ArmTruth, armTruth, type SubjectTruth, subjectTruth } from './truth.ts'

const SCENARIO: Readonly<Record<ScenarioName, Scenario>> = {
  'migraine-prevention': migrainePrevention,
  cluster,
  fibromyalgia,
  'neuropathic-pain': neuropathicPain,
  'migraine-acute': migraineAcute,
  'cluster-acute': clusterAcute,
  'cluster-prevention': clusterPrevention,
  'chronic-migraine': chronicMigraine,
  'vns-implant': vnsImplant,
}

export interface SimulatedFile {
  readonly name: string
  /** The bytes, in parts of about a megabyte; the same every time it is called. */
  readonly parts: () => Iterable<Uint8Array>
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

export interface Simulation {
  readonly files: readonly SimulatedFile[]
  readonly studyYaml: string
  readonly truth: Truth
}

/**
 * A simulated trial: diary, subjects and whatever else an export would hold, the study file that reads them, and what is true.
 * Every file says 'simulated' in its name. The same options give the same bytes; a further subject changes no other, and a
 * further part no file of the others (but the subjects' table, which it may give columns).
 * Throws  RangeError for options that make no trial.
 */
export function simulate(given: SimulationOptions): Simulation {
  const options = resolveOptions(given)
  const scenario = SCENARIO[options.scenario]
  const beside = PARTS.filter((name) => options.parts.includes(name)).map((name) => PART[name](options.scenario))
  const parts: readonly Part[] = [scenario, ...beside]
  const columns = parts.flatMap(({ subjectColumns }) => subjectColumns ?? [])
  const people = (): Iterable<Person> => drawPeople(options, scenario)
  const truths = (): Iterable<SubjectTruth> => subjectTruths(people(), parts, options)
  return {
    files: [
      { name: 'simulated-subjects.csv', parts: () => subjectRows(people(), columns, options) },
      ...parts.flatMap(({ files }) =>
        files.map((file) => ({
          name: `simulated-${file.name}.csv`,
          parts: () => recordRows(file, people(), options),
        })),
      ),
    ],
    studyYaml: studyYaml(options, scenario, beside, columns),
    truth: {
      scenario: options.scenario,
      unit: scenario.unit,
      cut: scenario.disease.cut * 100,
      options,
      subjects: truths,
      arms: () => ARMS.map((arm) => armTruth(arm, truths())),
    },
  }
}

function* drawPeople(options: ResolvedOptions, scenario: Scenario): Generator<Person> {
  for (let index = 0; index < options.subjects; index++) yield drawPerson(index, options, scenario.disease)
}

function* subjectTruths(
  people: Iterable<Person>,
  parts: readonly Part[],
  options: ResolvedOptions,
): Generator<SubjectTruth> {
  for (const person of people) yield subjectTruth(person, parts, options)
}

const SUBJECT_COLUMNS = ['subject', 'site', 'arm', 'sex', 'age', 'bmi', 'years_ill', 'treatment_start', 'last_day']

function* subjectRows(
  people: Iterable<Person>,
  columns: readonly SubjectColumn[],
  options: ResolvedOptions,
): Generator<Uint8Array> {
  const rows = new RowWriter()
  writeHeader(rows, [...SUBJECT_COLUMNS, ...columns.map(({ name }) => name)])
  for (const person of people) {
    rows.begin()
    for (const cell of [person.id, person.site, person.arm, person.sex]) rows.text(cell)
    for (const cell of [person.age, person.bmi, person.years]) rows.text(String(cell))
    rows.text(toIsoDay(person.start))
    rows.text(toIsoDay(person.start + person.lastStudyDay - 1))
    for (const { cell } of columns) rows.text(cell(person, options))
    rows.end()
    yield* rows.take()
  }
  yield* rows.take(true)
}

function* recordRows(file: RecordFile, people: Iterable<Person>, options: ResolvedOptions): Generator<Uint8Array> {
  const rows = new RowWriter()
  writeHeader(rows, file.header)
  for (const person of people) {
    file.write(person, new Random(options.seed, person.index, file.stream ?? STREAM.diary), options, rows)
    yield* rows.take()
  }
  yield* rows.take(true)
}

function writeHeader(rows: RowWriter, columns: readonly string[]): void {
  rows.begin()
  for (const column of columns) rows.text(column)
  rows.end()
}
