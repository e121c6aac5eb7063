import { attackOf, FEATURES, FOLLOW_UPS, MBS, type RecordTable, type Settled } from '@afferent/records'
import type { Plan } from '../../catalogue/entry.ts'
import { fits } from '../../days/midnights.ts'
import { RowRanges } from '../../windows/row-ranges.ts'
import type { SubjectPass } from '../../windows/subject-pass.ts'
import { type Attack, type AttackEvent, type AttackStart, numberAt, printElapsed, type Reading } from './attack.ts'
import { dailyForms } from './daily-forms.ts'
import { headachesAfter } from './headaches-after.ts'
import { intakesAfter } from './intakes-after.ts'

/**
 * Treated attacks of one subject after the other, in order of t0, each with its follow-ups, the intakes, headaches and daily
 * forms after it. Attacks before study day 1 precede the treatment and are none [P] (`attack-before-treatment`).
 */
export class AttackReader {
  private readonly plan: Plan
  private readonly settled: Settled
  private readonly rows: RowRanges
  private readonly followUpRows: RowRanges

  constructor(plan: Plan, settled: Settled) {
    this.plan = plan
    this.settled = settled
    this.rows = new RowRanges(settled.attacks)
    this.followUpRows = new RowRanges(settled.followUps)
  }

  /** The subject that `pass` has read. Subjects come in ascending order. */
  read(pass: SubjectPass): readonly Attack[] {
    const { attacks } = this.settled
    this.rows.advance(pass.subject)
    this.followUpRows.advance(pass.subject)
    if (attacks === null || pass.zero === null) return []
    const starts: AttackStart[] = []
    for (let row = this.rows.from; row < this.rows.to; row++) {
      if ((attacks.columns.day?.values[row] as number) >= pass.zero) starts.push(this.startOf(attacks, row))
    }
    const followUps = this.followUpsByAttack(attacks)
    return starts.map((start) => this.toAttack(attacks, start, { attacks: starts, followUps }, pass))
  }

  private startOf(attacks: RecordTable<'attacks'>, row: number): AttackStart {
    const { t0, t0Offset, day, pain } = attacks.columns
    const instant = t0?.values[row] as number
    const offset = numberAt(t0Offset, row) ?? 0
    return {
      row,
      t0: instant,
      day: day?.values[row] as number,
      pain: numberAt(pain, row) ?? Number.NaN,
      offset,
      zone: fits(this.plan.zone, instant, offset) ? this.plan.zone : null,
    }
  }

  private toAttack(
    attacks: RecordTable<'attacks'>,
    start: AttackStart,
    all: { readonly attacks: readonly AttackStart[]; readonly followUps: ReadonlyMap<number, FollowUps> },
    pass: SubjectPass,
  ): Attack {
    const own = all.followUps.get(start.row) ?? NO_FOLLOW_UPS
    const { features, featuresAsked, mbs } = attacks.columns
    const named = numberAt(mbs, start.row)
    const intakes = intakesAfter(this.settled.intakes, pass.intakeRows, start)
    const headaches = [
      ...own.headaches,
      ...headachesAfter(this.settled.episodes, pass.episodeRows, start, all, this.plan.study),
    ]
    headaches.sort(byTime)
    return {
      ...start,
      features: features?.values[start.row] ?? 0,
      asked: featuresAsked?.values[start.row] ?? 0,
      mbs: named === null ? 0 : FEATURES[MBS[named] as (typeof MBS)[number]],
      readings: own.readings,
      rescues: [...own.rescues, ...intakes.rescues].sort(byTime),
      doses: own.doses,
      headaches,
      ownHeadaches: own.headaches,
      forms: dailyForms(this.settled.diary, pass.diaryRows, start, headaches),
      noRescues: intakes.others,
    }
  }

  /** Follow-ups by the row of their attack. */
  private followUpsByAttack(attacks: RecordTable<'attacks'>): Map<number, FollowUps> {
    const found = new Map<number, FollowUps>()
    const table = this.settled.followUps
    if (table === null) return found
    const { number, t0, taken } = table.columns
    for (let row = this.followUpRows.from; row < this.followUpRows.to; row++) {
      const name = { number: numberAt(number, row), t0: numberAt(t0, row), taken: numberAt(taken, row) }
      const attack = attackOf(attacks, this.rows.from, this.rows.to, name)
      if (attack < 0) continue
      const list = found.get(attack) ?? { readings: [], rescues: [], doses: [], headaches: [] }
      found.set(attack, list)
      addFollowUp(list, table, row, attacks.columns.t0?.values[attack] as number)
    }
    for (const { readings, rescues, doses } of found.values()) {
      for (const list of [readings, rescues, doses]) list.sort(byTime)
    }
    return found
  }
}

interface FollowUps {
  readonly readings: Reading[]
  readonly rescues: AttackEvent[]
  readonly doses: AttackEvent[]
  readonly headaches: AttackEvent[]
}

const NO_FOLLOW_UPS: FollowUps = { readings: [], rescues: [], doses: [], headaches: [] }

const byTime = (a: AttackEvent, b: AttackEvent): number => a.after - b.after

function addFollowUp(into: FollowUps, table: RecordTable<'followUps'>, row: number, t0: number): void {
  const { taken, seconds, kind, pain, features, featuresAsked } = table.columns
  const instant = numberAt(taken, row)
  const elapsed = numberAt(seconds, row)
  if (instant === null && elapsed === null) return
  const after = instant === null ? (elapsed as number) * 1000 : instant - t0
  const when = printElapsed(after)
  const event = (what: string): AttackEvent => ({ table: 'followUps', row, after, note: `${what} at ${when}` })
  switch (FOLLOW_UPS[kind?.values[row] as number]) {
    case 'rescue':
      into.rescues.push(event('rescue'))
      return
    case 'dose':
      into.doses.push(event('further dose'))
      return
    case 'headache':
      into.headaches.push(event('headache'))
      return
    default: {
      const rating = numberAt(pain, row) ?? Number.NaN
      const bits = { features: features?.values[row] ?? 0, asked: featuresAsked?.values[row] ?? 0 }
      into.readings.push({ ...event(Number.isNaN(rating) ? 'symptoms' : `pain ${rating}`), pain: rating, ...bits })
    }
  }
}
