import type { Settled } from '@afferent/records'
import { SPAN_VISIT, toStudyDay } from '@afferent/study'
import type { Plan } from '../../catalogue/entry.ts'
import type { Points } from '../../points/points.ts'
import { type Answer, addAnswer, noAnswer } from '../attacks/answer.ts'
import { type Attack, hours, minutes } from '../attacks/attack.ts'
import { AttackReader } from '../attacks/attack-reader.ts'
import { whyClosed } from '../attacks/window-of-attack.ts'
import type { Family, FamilyReader, SubjectAtHand } from '../family.ts'
import { type AcuteRules, improved, painFree, painRelief, rescued, symptomFree } from './acute-answers.ts'
import { ACUTE_ENTRIES } from './acute-entries.ts'
import { consistency } from './consistency.ts'
import { relapse, sustained, TWO_HOURS } from './sustained.ts'

/** An endpoint of one attack: the window it is about, in milliseconds since t0, and how it is decided. */
interface AttackEndpoint {
  readonly code: string
  readonly from: number
  readonly to: (rules: AcuteRules) => number
  readonly decide: (attack: Attack, rules: AcuteRules) => Answer
}

const DAY = hours(24)
const TWO_DAYS = hours(48)

const upTo =
  (time: keyof AcuteRules['windows']) =>
  ({ windows }: AcuteRules): number =>
    minutes(Number(time) + windows[time])

const pf2h = (attack: Attack, rules: AcuteRules): Answer => painFree(attack, rules, '120')

const ENDPOINTS: readonly AttackEndpoint[] = [
  { code: 'PF30', from: 0, to: upTo('30'), decide: (attack, rules) => painFree(attack, rules, '30') },
  { code: 'PF60', from: 0, to: upTo('60'), decide: (attack, rules) => painFree(attack, rules, '60') },
  { code: 'PF2H', from: 0, to: upTo('120'), decide: pf2h },
  { code: 'PR2H', from: 0, to: upTo('120'), decide: painRelief },
  { code: 'MBSF2H', from: 0, to: upTo('120'), decide: symptomFree },
  { code: 'IMP1P', from: 0, to: upTo('120'), decide: improved },
  {
    code: 'SPF24',
    from: TWO_HOURS,
    to: () => DAY,
    decide: (attack, rules) => sustained(attack, pf2h(attack, rules), DAY),
  },
  {
    code: 'SPF48',
    from: TWO_HOURS,
    to: () => TWO_DAYS,
    decide: (attack, rules) => sustained(attack, pf2h(attack, rules), TWO_DAYS),
  },
  {
    code: 'RELAP48',
    from: TWO_HOURS,
    to: () => TWO_DAYS,
    decide: (attack, rules) => relapse(attack, pf2h(attack, rules), TWO_DAYS),
  },
  { code: 'RESC24', from: 0, to: () => DAY, decide: (attack, rules) => rescued(attack, rules, DAY) },
]

/** Acute treatment of attacks: one row per attack and endpoint, AVISITN counting attacks by t0 from study day 1 on. */
export const ACUTE: Family = {
  name: 'acute',
  entries: ACUTE_ENTRIES,
  open: (plan, settled) => {
    const planned = ACUTE_ENTRIES.some(({ code }) => plan.effectCodes.includes(code))
    return planned ? new AcuteReader(plan, settled) : null
  },
}

class AcuteReader implements FamilyReader {
  private readonly plan: Plan
  private readonly attacks: AttackReader
  private readonly rules: AcuteRules
  private readonly places: ReadonlyMap<string, number>

  constructor(plan: Plan, settled: Settled) {
    const { acute, responders } = plan.study
    if (acute === null) throw new Error('acute endpoints are planned without their family')
    this.plan = plan
    this.attacks = new AttackReader(plan, settled)
    this.rules = { ...acute, responders }
    this.places = new Map(ACUTE_ENTRIES.map(({ code }) => [code, plan.effectCodes.indexOf(code)]))
  }

  read({ pass }: SubjectAtHand, points: Points): void {
    const { plan, rules, places } = this
    const painFreeAttacks: Answer[] = []
    this.attacks.read(pass).forEach((attack, k) => {
      const day = toStudyDay(attack.day - (pass.zero ?? 0))
      for (const { code, from, to, decide } of ENDPOINTS) {
        const closed = whyClosed(plan, pass, attack, from, to(rules))
        const found = closed === null ? decide(attack, rules) : noAnswer(closed)
        if (code === 'PF2H') painFreeAttacks.push(found)
        addAnswer(points, places.get(code) ?? -1, k + 1, day, attack, found)
      }
    })
    this.addConsistency(painFreeAttacks, points)
  }

  private addConsistency(painFreeAttacks: readonly Answer[], points: Points): void {
    const place = this.places.get('PF50ATT') ?? -1
    if (place < 0) return
    const { yes, reason, attacks, successes } = consistency(painFreeAttacks)
    if (yes === null) points.none(place, SPAN_VISIT, reason ?? 'NOT_EVALUABLE')
    else points.answer(place, SPAN_VISIT, yes)
    points.counted(attacks, successes)
    for (let k = 1; k <= painFreeAttacks.length; k++) points.restsOn('PF2H', k)
  }
}
