import type { ContentId, Latest } from '@afferent/ledger'
import type { OperationalStudy } from '@afferent/study'
import type { Step } from '../steps.ts'
import type { InForceChoice } from './in-force.ts'
import type { Look, RingStep, Wait } from './look.ts'
import type { StudyState, Upload } from './state.ts'
import { VERSION_NUMBER } from './versions.ts'

/**
 * The planner: journal, study file and names in the vault -> what is missing. A pure function, asked by a ring, the start,
 * the minute and the schedule alike. It keeps nothing between two questions, so jobs may be lost, doubled or done in any
 * order: the next look says what is still missing, until nothing is.
 *
 *   no valid study file           -> wait for one (files stay where they are)
 *   verdicts missing              -> validate each of them
 *   files still coming            -> wait: quiet = nothing being taken and `debounceSeconds` since the last upload;
 *                                    after `maxWaitSeconds` go on with what has a verdict
 *   no plan of the run            -> prepare
 *   shards missing                -> publish, with the derive steps as children
 *   run missing, or not `latest`,
 *   or questions not answered     -> publish
 *   else                          -> rest
 */
export interface PlanFacts {
  readonly study: string
  readonly state: StudyState
  /** Null: no valid study file yet. */
  readonly operational: OperationalStudy | null
  readonly choice: InForceChoice
  readonly datasetOf: (upload: Upload) => ContentId
  /** The run of the uploads in force; null when none is in force. */
  readonly run: RunState | null
  readonly latest: Latest | null
  /** Files being taken from the drop folder at this moment. */
  readonly taking: number
  readonly now: number
}

export interface ShardState {
  readonly id: ContentId
  readonly rows: number
  readonly present: boolean
  /** A piece of a dataset ends with it: who derives up to here reads nothing that the next job reads again. */
  readonly endsPiece: boolean
}

export interface RunState {
  readonly id: ContentId
  readonly exists: boolean
  readonly failed: boolean
  /** Shards of the plan with the rows they hold; null: not prepared yet. */
  readonly shards: readonly ShardState[] | null
  /** Names a group of neighbouring shards, for the job that makes them. */
  readonly nameGroup: (from: number, to: number) => ContentId
}

export function plan(facts: PlanFacts): Look {
  const { state, operational, choice } = facts
  if (operational === null) return waitForStudy(facts)

  const validate = choice.undecided.map((upload) => alone(validateStep(facts, upload)))
  if (state.unanswered === null && validate.length === 0 && isAtRest(facts)) return look(facts, [], null, [])

  const quietAt = quietFrom(state, operational)
  const overdueAt = overdueFrom(state, operational)
  const mayRun = facts.now >= overdueAt || (validate.length === 0 && facts.taking === 0 && facts.now >= quietAt)
  if (!mayRun) {
    return look(facts, validate, lookAgainAt(facts, validate.length, quietAt, overdueAt), [
      waitingForQuiet(facts, validate.length),
    ])
  }
  // Past `maxWaitSeconds` with nothing usable yet, the verdicts are what is waited for, not a person.
  const relook = facts.now + RELOOK_MS
  if (facts.run === null && validate.length > 0) {
    return look(facts, validate, relook, [waitingForQuiet(facts, validate.length)])
  }
  const next = runSteps(facts)
  const steps = [...validate, ...next.steps]
  return look(facts, steps, steps.length > 0 ? relook : null, next.waits)
}

/** Whether the plan depends on the run at all: before the verdicts are in it does not, unless the wait is over. */
export function asksForRun({ choice, operational, state, now }: Omit<PlanFacts, 'run'>): boolean {
  if (operational === null) return false
  return choice.undecided.length === 0 || now >= overdueFrom(state, operational)
}

/** What the run of the uploads in force still needs. */
function runSteps(facts: PlanFacts): { steps: RingStep[]; waits: Wait[] } {
  const { run, state, study } = facts
  const since = state.unanswered?.since ?? state.lastAt
  if (run === null) {
    return state.uploads.some((u) => u.role === 'data')
      ? wait('person', since, 'no upload in force is usable', 'correct the refused files and drop them again')
      : wait('person', since, 'no data file has arrived', 'drop an export into the folder of the study')
  }
  if (run.failed) {
    return wait('person', since, 'the analysis failed for a reason that time cannot heal', `afferent retry ${study}`)
  }
  if (!run.exists && run.shards === null) {
    const step: Step = { v: 1, kind: 'prepare', study, run: run.id, makes: run.id }
    return { steps: [alone(step)], waits: [says('prepare', since, 'subjects are being laid out in shards')] }
  }
  const children = run.exists ? [] : deriveSteps(facts, run)
  const trigger = state.unanswered?.trigger ?? 'hand'
  const publish: Step = { v: 1, kind: 'publish', study, run: run.id, trigger, makes: run.id }
  const waits = [
    children.length > 0
      ? says('derive', since, `${children.length} group(s) of subjects are being computed`)
      : says('publish', since, 'result tables are being written'),
  ]
  return { steps: [{ step: publish, children }], waits }
}

/** Nobody rings when the last file has been taken or answered, so the planner looks for itself. */
const TAKING_MS = 250

/** While steps are under way: a worker killed between a step and its ring must not cost a minute. */
const RELOOK_MS = 5_000

function lookAgainAt(facts: PlanFacts, validating: number, quietAt: number, overdueAt: number): number {
  if (facts.taking > 0) return Math.min(facts.now + TAKING_MS, overdueAt)
  return Math.min(validating > 0 ? facts.now + RELOOK_MS : quietAt, overdueAt)
}

/** Rows that are worth about a second of one thread: what one derive job takes, up to the end of a piece. */
const ROWS_PER_JOB = 400_000
const MOST_ROWS_PER_JOB = 2 * ROWS_PER_JOB

function deriveSteps(facts: PlanFacts, run: RunState): Step[] {
  const shards = run.shards ?? []
  const steps: Step[] = []
  let from = 0
  let rows = 0
  const close = (to: number) => {
    if (to > from && rows >= 0 && shards.slice(from, to).some((s) => !s.present)) {
      steps.push({ v: 1, kind: 'derive', study: facts.study, run: run.id, from, to, makes: run.nameGroup(from, to) })
    }
    from = to
    rows = 0
  }
  shards.forEach((shard, i) => {
    // Groups hold missing shards only: one changed shard among a thousand is one small job.
    if (shard.present) {
      close(i)
      from = i + 1
      return
    }
    rows += shard.rows
    if (rows >= (shard.endsPiece ? ROWS_PER_JOB : MOST_ROWS_PER_JOB)) close(i + 1)
  })
  close(shards.length)
  return steps
}

/** Everything asked has been answered by the run in force, and `latest` shows it under this or a newer version. */
function isAtRest({ run, latest, state }: PlanFacts): boolean {
  if (run === null) return true
  if (latest === null || !run.exists) return false
  const shown = latest.run === run.id && latest.number >= state.lastNumber
  return shown || latest.number > state.lastNumber || latest.version > VERSION_NUMBER
}

function validateStep(facts: PlanFacts, upload: Upload): Step {
  return { v: 1, kind: 'validate', study: facts.study, upload: upload.number, makes: facts.datasetOf(upload) }
}

const quietFrom = (state: StudyState, operational: OperationalStudy): number =>
  Date.parse(state.lastAt) + operational.debounceSeconds * 1000

const overdueFrom = (state: StudyState, operational: OperationalStudy): number =>
  Date.parse(state.unanswered?.since ?? state.lastAt) + operational.maxWaitSeconds * 1000

const alone = (step: Step): RingStep => ({ step, children: [] })

function says(what: Wait['for'], since: string, text: string, remedy = 'nothing to do'): Wait {
  return { for: what, since, says: text, remedy }
}

function wait(what: Wait['for'], since: string, text: string, remedy: string): { steps: RingStep[]; waits: Wait[] } {
  return { steps: [], waits: [says(what, since, text, remedy)] }
}

function waitForStudy(facts: PlanFacts): Look {
  const files = facts.state.uploads.filter((u) => u.role === 'data').length
  const text = files === 0 ? 'there is no valid study file' : `${files} file(s) wait for a valid study file`
  const remedy = `drop study.yaml into the folder of ${facts.study} (study.proposed.yaml there is a start)`
  const since = facts.state.uploads[0]?.at ?? ''
  return look(facts, [], null, [says('study-file', since, text, remedy)])
}

function waitingForQuiet(facts: PlanFacts, validating: number): Wait {
  const since = facts.state.unanswered?.since ?? facts.state.lastAt
  if (validating > 0) return says('validate', since, `${validating} file(s) are being validated`)
  return says('quiet', since, 'files may still be coming; the analysis starts when the folder is quiet')
}

function look(facts: PlanFacts, steps: readonly RingStep[], again: number | null, waits: readonly Wait[]): Look {
  return { study: facts.study, steps, lookAgainAt: again, waits, schedule: facts.operational?.schedule ?? null }
}
