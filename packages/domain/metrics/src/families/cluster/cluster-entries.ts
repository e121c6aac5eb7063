import type { Areason } from '@afferent/records'
import { medicationBit } from '@afferent/records'
import { type AnalyticStudy, SPAN_VISIT, toStudyDay, windowLabel } from '@afferent/study'
import type { CatalogueEntry, Convention, Plan } from '../../catalogue/entry.ts'
import type { Inputs } from '../../catalogue/inputs.ts'
import { GAL_ECH_WEEKS } from '../../windows/cluster-schedule.ts'
import type { Span } from '../../windows/schedule.ts'
import { attackVisits, readsAt, TREATED_ATTACK } from '../attacks/attack-entries.ts'
import { FIFTEEN } from './treated-attacks.ts'

/** Parameters of cluster headache (endpoints.md section 5), as data. */

const SECTION = 'endpoints.md section 5'
/** Reductions in percent that make CRIT1 to CRIT4 [C16]. */
const CUTS = [25, 50, 75, 100] as const

const rates = ({ cluster }: AnalyticStudy): boolean => cluster !== null && cluster.preset !== 'attacks'

/** R-LOG: without forms, a log of days, or a log declared complete nothing is known about dates without an attack. */
function unlogged(inputs: Inputs, study: AnalyticStudy): Areason | null {
  const speaks = inputs.formsAnswer || (inputs.forms && (inputs.episodes || inputs.attacks))
  return speaks || study.diary.logComplete ? null : 'NOT_EVALUABLE'
}

const preset: Convention = {
  id: 'cluster.preset',
  says: 'windows: preva, ADY -14 to -1 and 15 to 28; gal-ech, weeks.baseline, study weeks, the mean of weeks 1 to 3; weekly, weeks.baseline and study weeks',
  value: ({ cluster }) => cluster?.preset ?? 'weekly',
}
const minObserved: Convention = {
  id: 'cluster.minObs',
  says: 'observed days that make a week valid; windows of another length need as many per seven days, rounded up (8 of 14)',
  value: ({ weeks }) => String(weeks.minObserved),
}
const observes: Convention = {
  id: 'diary.episodeObserves',
  says: 'a date with an episode or a treated attack is observed without a daily form',
  value: ({ diary }) => String(diary.episodeObserves),
}
const MERGED: Convention = {
  id: 'cluster.attacks',
  says: 'a treated attack is part of the episode in whose recorded time its t0 lies, or whose start it shares; every other record is an attack of its own (R-END: an imputed end, at most 180 min, merges nothing)',
}
const missing: Convention = {
  id: 'cluster.missing',
  says: 'a missing value or reading is no response (NRI) or no answer (OC)',
  value: ({ responders }) => responders.missing,
}

/** METHOD of windows. */
const rateMethod = ({ cluster, weeks, diary, responders }: AnalyticStudy): readonly string[] => [
  cluster?.preset ?? 'weekly',
  `week >= ${weeks.minObserved} days`,
  ...(diary.logComplete ? ['diary.logComplete'] : []),
  responders.missing,
  `zero baseline ${responders.zeroBaseline}`,
]

function rateVisits({ cluster, study }: Plan): readonly (readonly [number, string])[] {
  const spans = cluster?.rates.spans ?? []
  const windows = spans.map(({ visit, label }) => [visit, label] as const)
  if (study.cluster?.preset !== 'gal-ech') return windows
  return [...windows, spanVisit(spans.slice(1, GAL_ECH_WEEKS + 1))]
}

function spanVisit(spans: readonly Span[]): readonly [number, string] {
  const [first, last] = [spans[0] as Span, spans.at(-1) as Span]
  return [SPAN_VISIT, windowLabel(toStudyDay(first.from), toStudyDay(last.to))]
}

const RATE_REASONS: readonly Areason[] = [
  'NOT_REACHED',
  'DISCONTINUED',
  'NOT_EVALUABLE',
  'INSUFFICIENT_DAYS',
  'NO_BASELINE',
]

const perWindow = {
  category: 'Cluster headache',
  family: 'cluster',
  unit: 'n/week',
  direction: 'lower-is-better',
  table: 'adeff',
  source: SECTION,
  window: 'windows of the preset: preva, run-in and days 15 to 28; gal-ech and weekly, weeks.baseline and study weeks',
  minimum: 'week.minObs observed days per seven days of the window',
  missing: 'days without an entry are missing, never zero: what was seen is scaled to seven observed days',
  reasons: RATE_REASONS,
  never: unlogged,
  method: rateMethod,
} as const

const USES: Convention = {
  id: 'cluster.uses',
  says: 'every intake is a use, of a date or an instant; where intakes are not logged, every episode that names the class; identical copies of one date are one (R-DUP)',
}

const usesPerWeek = (code: string, name: 'oxygen' | 'triptan'): CatalogueEntry => ({
  ...perWindow,
  code,
  label: `Uses of ${name} per week (n/week)`,
  definition: `7 * uses of ${name} for headache on observed days / observed days of the window; uses, not days`,
  formula: '7 * uses / observed days',
  mark: '[P]',
  conventions: [preset, minObserved, observes, USES],
  exists: (inputs, study) => rates(study) && ((inputs.intakes | inputs.onEpisodes) & medicationBit(name)) !== 0,
  compute: { kind: 'points', change: true, responders: false, pain: false, visits: (plan) => windowsAlone(plan) },
})

const windowsAlone = ({ cluster }: Plan): readonly (readonly [number, string])[] =>
  (cluster?.rates.spans ?? []).map(({ visit, label }) => [visit, label] as const)

interface Treated {
  readonly code: string
  readonly label: string
  readonly definition: string
  readonly formula: string
  readonly window: string
  readonly missing: string
  readonly mark: string
  readonly conventions?: readonly Convention[]
}

const OF_READING = 'reading missing: N under NRI (DTYPE NRI), no answer under OC; pain at t0 missing: MISSING_ITEMS'
const LAST_READING: Convention = {
  id: 'cluster.lastReading',
  says: 'readings behind that of 15 min: those up to 60 min, and the nearest within 60 +- 15 min',
}

const perAttack = ({ conventions, ...text }: Treated): CatalogueEntry => ({
  ...text,
  category: 'Cluster headache',
  family: 'cluster',
  unit: 'Y/N',
  direction: 'none',
  table: 'adeff',
  source: SECTION,
  minimum: 'pain 2 to 4 at t0',
  reasons: ['NOT_REACHED', 'MISSING_ITEMS', 'NOT_EVALUABLE'],
  conventions: [TREATED_ATTACK, missing, ...(conventions ?? [])],
  exists: (inputs, { cluster }) => cluster !== null && inputs.attacks && readsAt(inputs, FIFTEEN.at, FIFTEEN.tolerance),
  never: () => null,
  method: ({ responders }) => ['pain at t0 >= 2', 'reading at 15 +- 5 min', responders.missing],
  compute: { kind: 'points', change: false, responders: false, pain: false, perAttack: true, visits: attackVisits },
})

export const CLUSTER_ENTRIES: readonly CatalogueEntry[] = [
  {
    ...perWindow,
    code: 'CHATT',
    label: 'Weekly attacks (n/week)',
    definition: ({ cluster }) =>
      `7 * attacks that begin on observed days / observed days of the window${
        cluster?.preset === 'gal-ech' ? '; AVISITN 99: mean of the valid weeks of weeks 1 to 3, at least 2' : ''
      }`,
    formula: '7 * attacks / observed days',
    mark: '[C14] [C15] [C16]; least observed days [P]',
    conventions: [preset, minObserved, observes, MERGED, missing],
    exists: (inputs, study) => rates(study) && (inputs.episodes || inputs.attacks),
    compute: { kind: 'points', change: true, responders: true, pain: false, cuts: CUTS, visits: rateVisits },
  },
  usesPerWeek('CHO2', 'oxygen'),
  usesPerWeek('CHTRP', 'triptan'),
  {
    ...perWindow,
    code: 'CHFREE',
    label: 'Attack-free weeks (n)',
    unit: 'n',
    direction: 'higher-is-better',
    definition:
      'number of valid study weeks without an attack; NOBS observed days of the valid weeks, NEVT their attacks',
    formula: 'number of weeks with observed days >= week.minObs and no attack',
    window: 'all scheduled study weeks; preva: weeks 1 to 4',
    minimum: 'one valid week',
    missing: 'a week with fewer observed days is not valid: neither free nor not',
    reasons: ['NOT_REACHED', 'DISCONTINUED', 'NOT_EVALUABLE', 'INSUFFICIENT_DAYS'],
    mark: '[P]',
    conventions: [preset, minObserved, observes, MERGED],
    exists: (inputs, study) => rates(study) && (inputs.episodes || inputs.attacks),
    compute: {
      kind: 'points',
      change: false,
      responders: false,
      pain: false,
      visits: ({ cluster }) => (cluster === null || cluster.weeks.length === 0 ? [] : [spanVisit(cluster.weeks)]),
    },
  },
  perAttack({
    code: 'CHPR15',
    label: 'Response at 15 min',
    definition: 'pain 2-4 at t0 and 0-1 at 15 min, and no rescue in (t0, t0 + 60 min]; the primary is attack 1',
    formula: 'pain(15 min) <= 1 and no rescue through 60 min',
    window: 'reading at 15 +- 5 min; rescue after t0 through 60 min',
    missing: OF_READING,
    mark: '[C17]',
  }),
  perAttack({
    code: 'CHPF15',
    label: 'Pain freedom at 15 min',
    definition: 'pain 2-4 at t0 and 0 at 15 min, and no rescue in (t0, t0 + 15 min)',
    formula: 'pain(15 min) = 0 and no rescue before 15 min',
    window: 'reading at 15 +- 5 min; rescue after t0 and before 15 min',
    missing: OF_READING,
    mark: '[C18]',
  }),
  perAttack({
    code: 'CHSUS60',
    label: 'Sustained response to 60 min',
    definition: 'CHPR15 = Y and pain 0-1 at every reading up to 60 min; no reading behind the 15-min window: no answer',
    formula: 'CHPR15 = Y and pain <= 1 at every later reading',
    window: 'readings behind that of 15 min, up to 60 min (60 +- 15 min)',
    missing: `${OF_READING}; CHPR15 = Y without a later reading: MISSING_ITEMS, under NRI too`,
    mark: '[C17]; which reading is the last [P]',
    conventions: [LAST_READING],
  }),
]
