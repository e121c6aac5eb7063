import type { Areason } from '@afferent/records'
import { type AcuteFamily, type AnalyticStudy, SPAN_VISIT } from '@afferent/study'
import type { CatalogueEntry, Convention, Plan } from '../../catalogue/entry.ts'
import type { Inputs } from '../../catalogue/inputs.ts'
import { attackVisits, readsAt, TREATED_ATTACK } from '../attacks/attack-entries.ts'

/** Parameters of treated attacks (endpoints.md section 4), as data. */

const SECTION = 'endpoints.md section 4'
const REASONS: readonly Areason[] = ['NOT_REACHED', 'MISSING_ITEMS', 'NOT_EVALUABLE']
/** Windows that begin 2 h after t0 may begin after the last study day. */
const LATER_REASONS: readonly Areason[] = ['NOT_REACHED', 'DISCONTINUED', 'MISSING_ITEMS', 'NOT_EVALUABLE']

/** The family of the study, or its defaults where no study is at hand. */
const familyOf = ({ acute }: Pick<AnalyticStudy, 'acute'>): AcuteFamily =>
  acute ?? { preset: 'standard', minPain: 2, windows: { '30': 10, '60': 15, '120': 30 } }
const readingTimes = (study: AnalyticStudy): string =>
  Object.entries(familyOf(study).windows)
    .map(([at, tolerance]) => `${at} +- ${tolerance}`)
    .join(', ')

const minPain: Convention = {
  id: 'acute.minPain',
  says: 'an attack is evaluated from this pain at t0 on; without pain at t0 it is not',
  value: (study) => String(familyOf(study).minPain),
}
const windows: Convention = {
  id: 'acute.windows',
  says: 'the nearest reading within these minutes stands for its time, limits included; of two equally near the later',
  value: readingTimes,
}
const missing: Convention = {
  id: 'acute.missing',
  says: 'a missing reading is no success (NRI) or no answer (OC); a rescue before it decides without it',
  value: ({ responders }) => responders.missing,
}
const RESCUE: readonly Convention[] = [
  {
    id: 'acute.rescue',
    says: 'every intake after t0 with its time is a rescue, but a device and what was not for headache; an intake without a time of day is none',
  },
]
const MBS_NAMED: Convention = {
  id: 'acute.mbs',
  says: 'where the symptom was not answered at t0, naming it the most bothersome says that it is there',
}
const LATER: readonly Convention[] = [
  {
    id: 'acute.headache',
    says: 'headaches after 2 h: recorded ones, readings with pain, episodes that begin then or end after 150 min, later attacks, what follow-ups of other attacks tell, whole dates of forms with headache',
  },
  {
    id: 'acute.look',
    says: 'a later look is a reading or headache of the attack, or a form for a date that ends later; a form whose headache may lie inside or outside is none, nor are other forms then',
  },
]
const CLOSED: Convention = {
  id: 'diary.lateHours',
  says: 'an attack has no answer until its window is over for so long at the data cut',
  value: ({ diary }) => String(diary.lateHours),
}

const on = (inputs: Inputs, { acute }: AnalyticStudy): boolean => acute !== null && inputs.attacks

interface Text {
  readonly code: string
  readonly label: string
  readonly definition: string
  readonly formula: string
  readonly window: string
  readonly missing: string
  readonly mark: string
  readonly conventions?: readonly Convention[]
  readonly reasons?: readonly Areason[]
  readonly exists?: (inputs: Inputs, study: AnalyticStudy) => boolean
}

const OF_READING = 'reading missing: N under NRI (DTYPE NRI), no answer under OC; pain at t0 missing: MISSING_ITEMS'
const OF_LOOK = 'no later look: no answer, under NRI too; a failure already seen and PF2H = N are N'

function perAttack({ exists, conventions, reasons, ...text }: Text): CatalogueEntry {
  return {
    ...text,
    category: 'Acute treatment',
    family: 'acute',
    unit: 'Y/N',
    direction: 'none',
    table: 'adeff',
    source: SECTION,
    minimum: (study) => `pain at t0 of at least ${familyOf(study).minPain} (acute.minPain)`,
    reasons: reasons ?? REASONS,
    conventions: [TREATED_ATTACK, minPain, windows, missing, ...(conventions ?? []), CLOSED],
    exists: (inputs, study) => on(inputs, study) && (exists?.(inputs, study) ?? true),
    never: () => null,
    method: ofAttacks,
    compute: { kind: 'points', change: false, responders: false, pain: false, perAttack: true, visits: attackVisits },
  }
}

/** METHOD: preset, what is evaluated, windows and what a missing reading is. */
function ofAttacks(study: AnalyticStudy): readonly string[] {
  const { preset, minPain } = familyOf(study)
  return [preset, `pain at t0 >= ${minPain}`, `readings at ${readingTimes(study)} min`, study.responders.missing]
}

const painFreeAt = (code: string, time: '30' | '60' | '120', label: string): CatalogueEntry =>
  perAttack({
    code,
    label,
    definition: `pain 0 at the reading at ${time} min, and no rescue in (t0, t0 + ${time} min)`,
    formula: `pain(${time} min) = 0 and no rescue before ${time} min`,
    window: `reading at ${time} min within acute.windows; rescue after t0 and before ${time} min`,
    missing: OF_READING,
    mark: '[C10] [C11]',
    conventions: RESCUE,
    exists: (inputs, { acute }) => readsAt(inputs, Number(time), acute?.windows[time] ?? 0),
  })

const sustainedUntil = (code: string, until: 24 | 48): CatalogueEntry =>
  perAttack({
    code,
    label: `Sustained pain freedom 2 to ${until} h`,
    definition: `PF2H = Y, and no headache of any severity or second dose in (2 h, ${until} h], no rescue in [2 h, ${until} h]; Y needs a reading at or after ${until} h, or a form for a date that ends later`,
    formula: `PF2H = Y and nothing of these up to ${until} h`,
    window: `after 2 h (a rescue: from 2 h on) up to ${until} h after t0, that time included`,
    missing: OF_LOOK,
    mark: '[L] IHS guideline; later look [P]',
    conventions: [...RESCUE, ...LATER],
    reasons: LATER_REASONS,
  })

export const ACUTE_ENTRIES: readonly CatalogueEntry[] = [
  painFreeAt('PF30', '30', 'Pain freedom at 30 min'),
  painFreeAt('PF60', '60', 'Pain freedom at 60 min'),
  painFreeAt('PF2H', '120', 'Pain freedom at 2 h'),
  perAttack({
    code: 'PR2H',
    label: 'Pain relief at 2 h',
    definition: 'pain 2 or 3 at t0 and 0 or 1 at 2 h (pain 1 at t0: 0 at 2 h), and no rescue in (t0, t0 + 2 h)',
    formula: 'pain(2 h) <= 1 (pain(t0) = 1: = 0) and no rescue before 2 h',
    window: 'reading at 120 min within acute.windows; rescue after t0 and before 120 min',
    missing: OF_READING,
    mark: '[C11]',
    conventions: RESCUE,
  }),
  perAttack({
    code: 'MBSF2H',
    label: 'Freedom from most bothersome symptom, 2 h',
    definition:
      'the most bothersome symptom named for the attack, present at t0, is absent at 2 h, and no rescue in (t0, t0 + 2 h)',
    formula: 'mbs(t0) present, mbs(2 h) absent, and no rescue before 2 h',
    window: 'reading of that symptom at 120 min within acute.windows; rescue after t0 and before 120 min',
    missing: `${OF_READING}; no symptom named: MISSING_ITEMS; named, but not present at t0: NOT_EVALUABLE`,
    mark: '[L] FDA guidance on acute migraine treatment, 2018',
    conventions: [...RESCUE, MBS_NAMED],
    exists: (inputs) => inputs.mbs,
  }),
  sustainedUntil('SPF24', 24),
  sustainedUntil('SPF48', 48),
  perAttack({
    code: 'RELAP48',
    label: 'Relapse within 48 h',
    definition:
      'of attacks with PF2H = Y: any headache in (2 h, 48 h]; N needs a reading at or after 48 h, or a form for a date that ends later',
    formula: 'PF2H = Y, and a headache in (2 h, 48 h]',
    window: 'after 2 h up to 48 h after t0, that time included',
    missing: 'PF2H = N: NOT_EVALUABLE; no later look: no answer, under NRI too; a headache already seen is Y',
    mark: '[L] IHS guideline; later look [P]',
    conventions: LATER,
    reasons: LATER_REASONS,
  }),
  perAttack({
    code: 'RESC24',
    label: 'Rescue medication within 24 h',
    definition: 'any rescue in (t0, t0 + 24 h]; attacks without a recorded rescue count as N',
    formula: 'a rescue in (t0, t0 + 24 h]',
    window: 'after t0 up to 24 h after it, that time included',
    missing: 'what is not recorded was not taken; pain at t0 missing: MISSING_ITEMS',
    mark: '[L] IHS guideline',
    conventions: RESCUE,
  }),
  perAttack({
    code: 'IMP1P',
    label: 'Improvement of at least 1 point at 2 h',
    definition: 'pain at 2 h at least one point below pain at t0; a rescue before does not decide it',
    formula: 'pain(2 h) <= pain(t0) - 1',
    window: 'reading at 120 min within acute.windows',
    missing: OF_READING,
    mark: '[C12]',
  }),
  {
    ...perAttack({
      code: 'PF50ATT',
      label: 'Pain freedom at 2 h, half of attacks',
      definition:
        'PF2H = Y in at least half of the attacks with an answer; NOBS attacks with an answer, NEVT those that are Y',
      formula: 'attacks with PF2H = Y / attacks with an answer to PF2H >= 0.5',
      window: 'all treated attacks of the subject',
      missing: 'attacks without an answer to PF2H are left out; none with an answer: their reason',
      mark: '[P]',
      conventions: RESCUE,
    }),
    minimum: 'one attack with an answer to PF2H',
    compute: {
      kind: 'points',
      change: false,
      responders: false,
      pain: false,
      visits: (_: Plan) => [[SPAN_VISIT, 'All attacks']],
    },
  },
]
