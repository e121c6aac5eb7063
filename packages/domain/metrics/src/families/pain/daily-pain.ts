import { type PainFamily, type PainKind, toStudyDay } from '@afferent/study'
import type { Plan } from '../../catalogue/entry.ts'
import type { Points } from '../../points/points.ts'
import type { Span } from '../../windows/schedule.ts'
import type { FamilyReader, SubjectAtHand } from '../family.ts'
import { DAILY_CODES } from './pain-entries.ts'
import { countRated, nameForms, painOn, reachOf } from './rated-days.ts'
import { BAND_COLUMN, bandOf } from './severity-band.ts'
import { sampleDeviation } from './variability.ts'

/** PNAVG and the like: a row per rated date in the reach of the study's windows, AVISITN and ADY its study day. */
export class DailyPain implements FamilyReader {
  private readonly reach: { readonly from: number; readonly to: number }
  private readonly kinds: readonly (readonly [PainKind, number])[]
  private readonly bands: PainFamily['bands'] | null

  constructor(plan: Plan) {
    this.bands = plan.study.pain?.bands ?? null
    this.reach = reachOf([plan.periods, plan.weeks])
    const placeOf = (kind: PainKind): number => plan.effectCodes.indexOf(DAILY_CODES[kind])
    this.kinds = plan.inputs.pain.map((kind) => [kind, placeOf(kind)] as const).filter(([, place]) => place >= 0)
  }

  read({ pass, zero }: SubjectAtHand, points: Points): void {
    if (zero === null) return
    const { from, to } = this.reach
    for (const [kind, place] of this.kinds) {
      painOn(pass, kind, from, to).forEach((value, i) => {
        if (Number.isNaN(value)) return
        const day = toStudyDay(from + i)
        points.add(place, day, value)
        points.window(day, day).on(day).counted(1)
        if (this.bands !== null) points.flag(BAND_COLUMN.name, bandOf(value, this.bands))
        nameForms(points, pass, { from: from + i, to: from + i }, () => String(value))
      })
    }
  }
}

/** PNSD7: how much pain varied in the baseline week. */
export class BaselineVariability implements FamilyReader {
  private readonly place: number
  private readonly kind: PainKind | undefined
  private readonly week: Span

  constructor(plan: Plan) {
    this.place = plan.effectCodes.indexOf('PNSD7')
    this.kind = plan.inputs.pain[0]
    this.week = plan.weeks.spans[0] as Span
  }

  read({ pass, zero, courses }: SubjectAtHand, points: Points): void {
    if (this.place < 0 || this.kind === undefined) return
    const { visit, from, to, minObserved } = this.week
    const pain = painOn(pass, this.kind, from, to)
    const rated = zero === null ? 0 : countRated(pain)
    const mean = courses.of(`${DAILY_CODES[this.kind]}W`)?.visits.find((one) => one.visit === visit)
    const deviation = rated < minObserved ? null : sampleDeviation(pain)
    const why = mean?.reason ?? null
    if (why !== null) points.none(this.place, visit, why)
    else if (deviation === null) points.none(this.place, visit, 'NO_BASELINE')
    else points.add(this.place, visit, deviation)
    points.window(toStudyDay(from), toStudyDay(to)).counted(rated)
    nameForms(points, pass, this.week, (day) => {
      const value = pain[day - from] as number
      return Number.isNaN(value) ? null : String(value)
    })
  }
}
