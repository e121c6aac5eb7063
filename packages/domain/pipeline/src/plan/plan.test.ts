import type { ContentId, Latest, NumberedEntry } from '@afferent/ledger'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Step } from '../steps.ts'
import { chooseInForce, type Verdict } from './in-force.ts'
import type { Look } from './look.ts'
import { plan, type RunState } from './plan.ts'
import { foldJournal, type Upload } from './state.ts'
import { VERSION_NUMBER } from './versions.ts'

/**
 * A world small enough to see through: a journal, names in a vault and a clock. Work is a name that appears. Steps may be
 * lost, done twice, done late or cut between two writes; the planner is asked again and again, as in life.
 */
const START = Date.parse('2026-01-01T00:00:00Z')
const OPERATIONAL = {
  debounceSeconds: 0.3,
  maxWaitSeconds: 60,
  schedule: null,
  keepRuns: 20,
  outputs: ['csv'] as const,
}

class World {
  readonly journal: NumberedEntry[] = []
  readonly verdicts = new Map<string, 'usable' | 'refused'>()
  readonly plans = new Map<string, ContentId[]>()
  readonly shards = new Set<string>()
  readonly runs = new Set<string>()
  readonly failures = new Set<string>()
  latest: Latest | null = null
  hasStudy = true
  now = START
  done = 0

  private append(entry: Record<string, unknown>): void {
    this.journal.push({
      ...entry,
      at: new Date(this.now).toISOString(),
      number: this.journal.length + 1,
    } as NumberedEntry)
  }

  receive(name: string, content: string): void {
    this.append({ kind: 'received', object: id(content), name, size: 1, role: 'data', via: 'drop' })
  }

  withdraw(upload: number): void {
    this.append({ kind: 'withdrawn', upload, reason: 'by mistake', erase: false })
  }

  ask(): void {
    this.append({ kind: 'asked', trigger: 'schedule' })
  }

  look(taking = 0): Look {
    const state = foldJournal(this.journal)
    const verdictOf = (u: Upload): Verdict => this.verdicts.get(u.object) ?? null
    const choice = chooseInForce(state.uploads, 'byName', verdictOf, (name) => name)
    const run = choice.uploads.length === 0 ? null : this.runState(choice.uploads)
    const operational = this.hasStudy ? OPERATIONAL : null
    const datasetOf = (u: Upload) => u.object
    return plan({ study: 's', state, operational, choice, datasetOf, run, latest: this.latest, taking, now: this.now })
  }

  private runState(uploads: readonly Upload[]): RunState {
    const run = id(uploads.map((u) => `${u.name}=${u.object}`).join())
    const shards = this.plans
      .get(run)
      ?.map((shard, i) => ({ id: shard, rows: 300_000, present: this.shards.has(shard), endsPiece: i % 2 === 1 }))
    return {
      id: run,
      exists: this.runs.has(run),
      failed: this.failures.has(run),
      shards: shards ?? null,
      nameGroup: (from, to) => id(`${run}${from}-${to}`),
    }
  }

  /** One step, possibly cut short before its last write. */
  perform(step: Step, cut: boolean): void {
    this.done++
    if (step.kind === 'validate') this.verdicts.set(step.makes, step.makes.endsWith('0') ? 'refused' : 'usable')
    if (step.kind === 'prepare')
      this.plans.set(
        step.run,
        [0, 1, 2, 3, 4].map((k) => id(`${step.run}#${k}`)),
      )
    if (step.kind === 'derive') {
      const shards = this.plans.get(step.run)?.slice(step.from, step.to) ?? []
      for (const shard of cut ? shards.slice(0, 1) : shards) this.shards.add(shard)
    }
    if (step.kind === 'publish') this.publish(step.run, step.trigger, cut)
  }

  private publish(run: ContentId, trigger: 'drop' | 'schedule' | 'hand', cut: boolean): void {
    const wanted = this.plans.get(run) ?? []
    if (!this.runs.has(run) && (wanted.length === 0 || !wanted.every((s) => this.shards.has(s)))) return
    const state = foldJournal(this.journal)
    const choice = chooseInForce(
      state.uploads,
      'byName',
      (u) => this.verdicts.get(u.object) ?? null,
      (n) => n,
    )
    if (id(choice.uploads.map((u) => `${u.name}=${u.object}`).join()) !== run) return
    this.runs.add(run)
    if (cut) return
    const to = { run, number: state.lastNumber, version: VERSION_NUMBER, judged: this.verdicts.size }
    const isAhead =
      this.latest === null ||
      to.number > this.latest.number ||
      (to.number === this.latest.number && to.judged > this.latest.judged)
    if (isAhead) this.latest = to
    const known = state.answered
    if (known === null || known.run !== run || known.number < state.lastNumber) {
      const kind = known?.run === run ? 'unchanged' : 'published'
      this.append({ kind, run, answers: state.lastNumber, trigger })
    }
  }

  /** Everything the planner asks for, in order, nothing lost. */
  settle(): void {
    for (let round = 0; round < 200; round++) {
      this.now += 100_000
      const look = this.look()
      if (look.steps.length === 0) return
      for (const { step, children } of look.steps) {
        for (const child of children) this.perform(child, false)
        this.perform(step, false)
      }
    }
    throw new Error('the planner never comes to rest')
  }
}

/** A readable stand-in for a hash: 64 hex digits. */
function id(text: string): ContentId {
  let hash = 0
  for (const c of text) hash = (Math.imul(hash, 31) + c.charCodeAt(0)) >>> 0
  return `sha256-${hash.toString(16).padStart(8, '0').repeat(8)}`
}

const event = fc.oneof(
  fc.record({ kind: fc.constant('receive' as const), name: fc.constantFrom('a', 'b', 'c'), content: fc.nat(7) }),
  fc.record({ kind: fc.constant('withdraw' as const), upload: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('ask' as const) }),
  /** Looks and does some of what is asked: `keep` says which steps arrive, `twice` and `cut` what befalls them. */
  fc.record({
    kind: fc.constant('work' as const),
    keep: fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
    twice: fc.boolean(),
    cut: fc.boolean(),
    wait: fc.nat(70_000),
  }),
)
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never

function live(world: World, events: readonly Event[]): void {
  for (const e of events) {
    if (e.kind === 'receive') world.receive(e.name, String(e.content))
    if (e.kind === 'withdraw') withdrawIfThere(world, e.upload)
    if (e.kind === 'ask') world.ask()
    if (e.kind === 'work') work(world, e)
  }
}

function withdrawIfThere(world: World, upload: number): void {
  const entry = world.journal[upload - 1]
  if (entry?.kind === 'received') world.withdraw(upload)
}

function work(world: World, e: Extract<Event, { kind: 'work' }>): void {
  world.now += e.wait
  const steps = world.look().steps.flatMap(({ step, children }) => [...children, step])
  const arriving = steps.filter((_, i) => e.keep[i % e.keep.length])
  for (const step of arriving.reverse()) {
    world.perform(step, e.cut)
    if (e.twice) world.perform(step, false)
  }
}

describe('the planner', () => {
  it('comes to rest at the same answer whatever is lost, doubled, late or cut', () => {
    let published = 0
    fc.assert(
      fc.property(fc.array(event, { maxLength: 25 }), (events) => {
        const rough = new World()
        live(rough, events)
        rough.settle()

        // The same uploads, done once each in order.
        const smooth = new World()
        for (const e of events) {
          if (e.kind === 'receive') smooth.receive(e.name, String(e.content))
        }
        const withdrawn = withdrawnUploads(rough)
        for (const upload of receivedNumbers(smooth).filter((_, i) => withdrawn.has(i))) smooth.withdraw(upload)
        smooth.settle()
        if (smooth.latest !== null && foldJournal(rough.journal).uploads.some((u) => !u.object.endsWith('0'))) {
          published++
          expect(rough.latest?.run).toBe(smooth.latest.run)
        }
      }),
      { numRuns: 300 },
    )
    expect(published).toBeGreaterThan(50)
  })

  it('rings nothing once all is published', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 25 }), (events) => {
        const world = new World()
        live(world, events)
        world.settle()
        const { done, journal } = world
        const lines = journal.length
        world.now += 3_600_000
        expect(world.look()).toMatchObject({ steps: [], lookAgainAt: null })
        expect([world.done, world.journal.length]).toEqual([done, lines])
      }),
      { numRuns: 200 },
    )
  })

  it('waits for quiet, and tells when to look again', () => {
    const world = new World()
    world.receive('a', '1')
    world.perform({ v: 1, kind: 'validate', study: 's', upload: 1, makes: id('1') }, false)
    expect(world.look()).toMatchObject({ steps: [], lookAgainAt: START + 300 })
    world.now += 300
    expect(world.look().steps.map((s) => s.step.kind)).toEqual(['prepare'])
  })

  it('looks again soon while steps are under way, whoever rings', () => {
    const world = new World()
    world.receive('a', '1')
    expect(world.look()).toMatchObject({ steps: [{ step: { kind: 'validate' } }], lookAgainAt: START + 5_000 })
    world.perform({ v: 1, kind: 'validate', study: 's', upload: 1, makes: id('1') }, false)
    world.now += 1_000
    expect(world.look()).toMatchObject({ steps: [{ step: { kind: 'prepare' } }], lookAgainAt: START + 6_000 })
  })

  it('starts after maxWaitSeconds although files keep coming', () => {
    const world = new World()
    for (let i = 0; i < 61; i++) {
      world.receive(`f${i}`, '1')
      if (i === 0) world.perform({ v: 1, kind: 'validate', study: 's', upload: 1, makes: id('1') }, false)
      expect(world.look(1).steps.map((s) => s.step.kind)).toEqual(i < 60 ? [] : ['prepare'])
      world.now += 1000
    }
  })

  it('waits for verdicts, not for a person, while the first files are still to be validated', () => {
    const world = new World()
    world.receive('a', '1')
    world.now += 3_600_000
    const { steps, waits } = world.look()
    expect(steps.map((s) => s.step.kind)).toEqual(['validate'])
    expect(waits).toMatchObject([{ for: 'validate', says: '1 file(s) are being validated' }])
  })

  it('answers a scheduled question that changes nothing with one line and no run', () => {
    const world = new World()
    world.receive('a', '1')
    world.settle()
    const runs = world.runs.size
    world.ask()
    world.settle()
    expect(world.runs.size).toBe(runs)
    expect(world.journal.at(-1)).toMatchObject({ kind: 'unchanged', trigger: 'schedule' })
  })

  it('goes back to the first version of a file when it is dropped again (A, B, A)', () => {
    const world = new World()
    const runs = []
    for (const content of ['1', '2', '1']) {
      world.receive('a', content)
      world.settle()
      runs.push(world.latest?.run)
    }
    expect(runs[2]).toBe(runs[0])
    expect(runs[1]).not.toBe(runs[0])
  })

  it('keeps the older version in force when the newer one is refused', () => {
    const world = new World()
    world.receive('a', '1')
    world.settle()
    const before = world.latest?.run
    world.verdicts.set(id('bad'), 'refused')
    world.receive('a', 'bad')
    world.settle()
    expect(world.latest?.run).toBe(before)
  })

  it('computes missing shards only', () => {
    const world = new World()
    world.receive('a', '1')
    world.settle()
    const plans = [...world.plans.values()][0] as ContentId[]
    world.runs.clear()
    world.shards.delete(plans[2] as string)
    world.latest = null
    const [ring] = world.look().steps
    expect(ring?.children.map((c) => (c.kind === 'derive' ? [c.from, c.to] : []))).toEqual([[2, 3]])
  })

  it('ends a derive job with a piece of a dataset, so that the next one reads other pieces', () => {
    const world = new World()
    world.receive('a', '1')
    world.settle()
    world.runs.clear()
    world.shards.clear()
    world.latest = null
    const [ring] = world.look().steps
    // 300,000 rows a shard, a piece ends with the second and the fourth of five
    const jobs = ring?.children.map((c) => (c.kind === 'derive' ? [c.from, c.to] : []))
    expect(jobs).toEqual([
      [0, 2],
      [2, 4],
      [4, 5],
    ])
  })

  it('publishes again when latest shows an older run than the journal says', () => {
    const world = new World()
    world.receive('a', '1')
    world.settle()
    const latest = world.latest
    world.latest = { run: id('older'), number: 0, version: VERSION_NUMBER, judged: 0 }
    expect(world.look().steps.map((s) => s.step.kind)).toEqual(['publish'])
    world.settle()
    expect(world.latest).toEqual(latest)
  })

  it('leaves a run that failed alone until a person retries', () => {
    const world = new World()
    world.receive('a', '1')
    world.perform({ v: 1, kind: 'validate', study: 's', upload: 1, makes: id('1') }, false)
    world.now += 1000
    const prepare = world.look().steps[0]?.step
    world.failures.add(prepare?.makes ?? '')
    expect(world.look()).toMatchObject({ steps: [], waits: [{ for: 'person', remedy: 'afferent retry s' }] })
  })

  it('leaves files waiting while there is no study file', () => {
    const world = new World()
    world.hasStudy = false
    world.receive('a', '1')
    expect(world.look()).toMatchObject({ steps: [], waits: [{ for: 'study-file' }] })
  })
})

/** Which of the received uploads, in order, were withdrawn. */
function withdrawnUploads(world: World): Set<number> {
  const gone = foldJournal(world.journal).withdrawn
  return new Set(receivedNumbers(world).flatMap((number, i) => (gone.has(number) ? [i] : [])))
}

const receivedNumbers = (world: World): number[] =>
  world.journal.filter((e) => e.kind === 'received').map((e) => e.number)
