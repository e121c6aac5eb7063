import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { simulate } from '@afferent/simulation'
import { BenchInstallation, type PerformedStep } from '../measure/installation.ts'
import { besides, type Row, type Work } from '../measure/work.ts'
import { diaryOf } from '../trials/data.ts'

/**
 * A diary that tells everything about its subjects: in a study with a subjects export the rows of somebody who is not in it
 * would be quarantined.
 */
const SOURCES = `sources:
  - name: diary
    files: '*.csv'
    layout: daily
    columns:
      subject: subject
      arm: arm
      treatmentStart: treatment_start
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
`

/** Seconds in which a worker was busy with each stage. */
interface StageTimes {
  readonly validate: number
  /** Laying out the run belongs to it. */
  readonly derive: number
  readonly publish: number
}

/**
 * One subject's file added to a study whose first drop was one diary: stage by stage, as the log of a running installation
 * has it, beside the whole first run.
 */
export const addedSubject: Work = {
  name: 'added-subject',
  async run({ quick }) {
    const data = await diaryOf(quick ? 300_000 : 1_000_000)
    const installation = await BenchInstallation.start('added-subject')
    try {
      const { vault, steps } = installation
      const drop = await installation.drop('bench')
      const put = async (name: string, text: string): Promise<void> => {
        await writeFile(join(installation.data, name), text)
        await rename(join(installation.data, name), join(drop, name))
      }
      const [study, diary, subjects] = await Promise.all(
        [data.study, data.diary, data.subjects].map((file) => readFile(file, 'utf8')),
      )
      await put('diary.csv', toldWithArms(diary as string, subjects as string))
      await put('study.yaml', (study as string).replace(/^sources:.*/ms, SOURCES))
      const first = await installation.published('bench', undefined)
      await installation.atRest('bench')
      const [stepsBefore, shardsBefore] = [steps.length, new Set(await vault.list('shards'))]

      await put('added-1.csv', addedSubjectFile())
      const second = await installation.published('bench', first)
      await installation.atRest('bench')
      const [before, after] = [await countsOf(installation, first), await countsOf(installation, second)]
      if (after.subjects !== before.subjects + 1) throw new Error('nobody was added')
      if (after.quarantined !== before.quarantined) throw new Error('rows of who was added are not used')
      const recomputed = (await vault.list('shards')).filter((id) => !shardsBefore.has(id)).length
      const [whole, added] = [timesOf(steps.slice(0, stepsBefore)), timesOf(steps.slice(stepsBefore))]
      return rowsOf(
        `a subject added to ${before.subjects.toLocaleString('en-US')}`,
        whole,
        added,
        recomputed,
        shardsBefore.size,
      )
    } finally {
      await installation.stop()
    }
  },
}

function rowsOf(name: string, whole: StageTimes, added: StageTimes, recomputed: number, shards: number): Row[] {
  const row = (stage: string, ours: number, peer: number, target: object, note: string | null = null): Row => {
    const measured = (seconds: number) => ({ seconds, peakBytes: null, cpuSeconds: null })
    return besides(
      `${name}: ${stage}`,
      'the first run',
      { ours: measured(ours), peer: measured(peer), runs: 1 },
      target,
      note,
    )
  }
  const few = { says: '<= 2 shards', met: recomputed >= 1 && recomputed <= 2 }
  const both = { ratio: 0.05, other: few }
  return [
    row(
      'validate + derive',
      added.validate + added.derive,
      whole.validate + whole.derive,
      both,
      `${recomputed} of ${shards} shards`,
    ),
    row('validate', added.validate, whole.validate, {}),
    row('derive', added.derive, whole.derive, {}, 'with laying out the run'),
    row('publish', added.publish, whole.publish, {}, 'writes all tables again'),
  ]
}

function timesOf(steps: readonly PerformedStep[]): StageTimes {
  const busy = (...kinds: readonly PerformedStep['step'][]) =>
    busySeconds(steps.filter(({ step }) => kinds.includes(step)))
  return { validate: busy('validate'), derive: busy('prepare', 'derive'), publish: busy('publish') }
}

/** Time in which at least one of the steps was being performed; steps of one worker overlap. */
function busySeconds(steps: readonly PerformedStep[]): number {
  const spans = steps
    .map(({ time, durationMs }) => ({ from: Date.parse(time) - durationMs, to: Date.parse(time) }))
    .sort((a, b) => a.from - b.from)
  let [busy, until] = [0, 0]
  for (const { from, to } of spans) {
    busy += Math.max(0, to - Math.max(from, until))
    until = Math.max(until, to)
  }
  return busy / 1000
}

/** Diary rows of one further subject. */
function addedSubjectFile(): string {
  const { files } = simulate({
    scenario: 'migraine-prevention',
    seed: 1,
    subjects: 1,
    late: 0,
    duplicates: 0,
    dropout: 0,
  })
  const textOf = (part: string): string =>
    Buffer.concat([...(files.find(({ name }) => name.includes(part))?.parts() ?? [])]).toString()
  return toldWithArms(textOf('diary'), textOf('subjects')).replaceAll(/^S\w+/gm, 'S000500x')
}

/** A diary with each subject's arm and first treatment on all of his rows. */
function toldWithArms(diary: string, subjects: string): string {
  const [header, ...people] = linesOf(subjects) as [string, ...string[]]
  const [arm, start] = ['arm', 'treatment_start'].map((column) => header.split(',').indexOf(column))
  const facts = new Map(
    people.map((person) => {
      const cells = person.split(',')
      return [cells[0], `${cells[arm as number]},${cells[start as number]}`] as const
    }),
  )
  const [columns, ...rows] = linesOf(diary) as [string, ...string[]]
  const told = rows.map((row) => `${row},${facts.get(row.slice(0, row.indexOf(',')))}`)
  return `${[`${columns},arm,treatment_start`, ...told].join('\n')}\n`
}

const linesOf = (text: string): string[] => text.trimEnd().split('\n')

interface Counts {
  readonly subjects: number
  readonly quarantined: number
}

async function countsOf({ vault }: BenchInstallation, run: string): Promise<Counts> {
  const bytes = await vault.readFile(`runs/bench/${run as 'sha256-'}`, 'manifest.json')
  return (JSON.parse(new TextDecoder().decode(bytes)) as { counts: Counts }).counts
}
