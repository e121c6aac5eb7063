import { cp, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { simulate } from '@afferent/simulation'
import { BenchInstallation, type PerformedStep } from '../measure/installation.ts'
import { besides, type Row, type Work } from '../measure/work.ts'
import { diaryOf } from '../trials/data.ts'

/** A subject nobody has heard of, with everything about him in one file. */
const ADDED_SOURCE = `
  - name: added
    files: 'added-*.csv'
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
      for (const file of [data.subjects, data.diary]) await cp(file, join(drop, basename(file)))
      await put('study.yaml', `${(await readFile(data.study, 'utf8')).trimEnd()}${ADDED_SOURCE}`)
      const first = await installation.published('bench', undefined)
      await installation.atRest('bench')
      const [stepsBefore, shardsBefore] = [steps.length, new Set(await vault.list('shards'))]

      await put('added-1.csv', addedSubjectFile())
      const second = await installation.published('bench', first)
      await installation.atRest('bench')
      const [subjects, after] = [await subjectsOf(installation, first), await subjectsOf(installation, second)]
      if (after !== subjects + 1) throw new Error(`${subjects} subjects, then ${after}: nobody was added`)
      const recomputed = (await vault.list('shards')).filter((id) => !shardsBefore.has(id)).length
      const [whole, added] = [timesOf(steps.slice(0, stepsBefore)), timesOf(steps.slice(stepsBefore))]
      return rowsOf(
        `a subject added to ${subjects.toLocaleString('en-US')}`,
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

/** Diary rows of one further subject with his arm and first treatment on each. */
function addedSubjectFile(): string {
  const { files } = simulate({
    scenario: 'migraine-prevention',
    seed: 1,
    subjects: 1,
    late: 0,
    duplicates: 0,
    dropout: 0,
  })
  const textOf = (part: string): string[] => {
    const file = files.find(({ name }) => name.includes(part))
    return Buffer.concat([...(file?.parts() ?? [])])
      .toString()
      .trimEnd()
      .split('\n')
  }
  const [header, person] = textOf('subjects') as [string, string]
  const of = (column: string): string => person.split(',')[header.split(',').indexOf(column)] as string
  const [columns, ...rows] = textOf('diary') as [string, ...string[]]
  const added = rows.map((row) => `${row.replace(/^[^,]*/, 'S000500x')},${of('arm')},${of('treatment_start')}`)
  return `${[`${columns},arm,treatment_start`, ...added].join('\n')}\n`
}

async function subjectsOf({ vault }: BenchInstallation, run: string): Promise<number> {
  const bytes = await vault.readFile(`runs/bench/${run as 'sha256-'}`, 'manifest.json')
  return (JSON.parse(new TextDecoder().decode(bytes)) as { counts: { subjects: number } }).counts.subjects
}
