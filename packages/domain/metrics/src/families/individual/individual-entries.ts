import type { Areason } from '@afferent/records'
import { type AnalyticStudy, type IndividualFamily, SPAN_VISIT } from '@afferent/study'
import type { CatalogueEntry, Convention, FlagColumn, PointsCompute } from '../../catalogue/entry.ts'
import { sourceOf } from './source.ts'

/** PARAMCD has at most this many characters. */
const CODE_LENGTH = 8

export const CLASS_WORDS = ['worsened', 'no change', 'minimal', 'moderate', 'substantial'] as const
export const CHANGE_WORDS = ['improvement', 'worsening', 'none'] as const

/** A figure of section 9: what stands in the catalogue once, and in a study per parameter it is applied to. */
interface Figure {
  readonly code: string
  /** `{}` stands for the parameter. */
  readonly label: string
  readonly about: 'parameters' | 'series'
  readonly compute: 'visits' | 'span' | 'phases'
  readonly definition: string
  readonly formula: string
  readonly minimum: string
  readonly mark: string
  readonly unit: string
  readonly words?: readonly string[]
  readonly flags?: readonly FlagColumn[]
  readonly conventions?: readonly Convention[]
  readonly exists?: (family: IndividualFamily, source: string) => boolean
  readonly method?: (family: IndividualFamily, source: string) => readonly string[]
}

const yesNo = (name: string, label: string, definition: string): FlagColumn => ({
  name,
  label,
  definition,
  words: ['N', 'Y'],
})

const CODES: Convention = {
  id: 'section 9 codes',
  says: 'one PARAMCD per parameter the figure is applied to: RCI, RCI2 and so on in the order of the study file; SRCPARM names the parameter',
}
const CAUTION: Convention = {
  id: 'single patients',
  says: 'days of one patient are serially correlated (LAG1 of the baseline); patients chosen for a high value fall without treatment, so a change of one arm is no effect',
}
const SERIES: Convention = {
  id: 'phases',
  says: 'A: the baseline window of the periods; B: day 1 to the last day of the subject in scheduled windows. Daily ratings by date, weekly means of pain by whole weeks, other parameters by visit',
}
const TREND: Convention = {
  id: 'TSSLOPE',
  says: 'AVISITN 0: trend of phase A; the row of all visits: trend of phase B',
}
const POINTS: Convention = {
  id: 'RSPCLASS',
  says: 'worsened by two points only for ratings and means from 0 to 10; all else by 30 percent alone',
}
const ATTRIBUTES: Convention = {
  id: 'SUSTFL, EARLYFL',
  says: 'a response is 50 % for counts of days and attacks, else 30 %; sustained over the last visits up to the row (sustainPeriods, sustainWeeks, else 3)',
}

const PAIRS = 'a value in each phase'

const FIGURES: readonly Figure[] = [
  {
    code: 'RCI',
    unit: 'index',
    formula: 'CHG / (SD sqrt(2) sqrt(1 - r))',
    label: 'Reliable change of {}',
    about: 'parameters',
    compute: 'visits',
    definition:
      'CHG / (SD * sqrt(2) * sqrt(1 - r)); more than 1.96 in absolute value is reliable: AVALC improvement or worsening, else none',
    minimum: 'a baseline and a value',
    mark: '[L Jacobson and Truax 1991; C 47]',
    words: CHANGE_WORDS,
    exists: ({ reliableChange }, source) => reliableChange[source] !== undefined,
    method: ({ reliableChange }, source) => {
      const norm = reliableChange[source]
      return norm === undefined ? [] : [`SD ${norm.sd}, r ${norm.r}: ${norm.source}`]
    },
  },
  {
    code: 'RSPCLASS',
    unit: 'class',
    formula:
      'PCHG >= 30 worsened (ratings: CHG >= 2 too), <= -50 substantial, <= -30 moderate, <= -10 minimal; mirrored where higher is better',
    label: 'Class of response in {}',
    about: 'parameters',
    compute: 'visits',
    definition:
      'the first that holds: worsened, substantial (>= 50 %), moderate (>= 30 %), minimal (>= 10 %), no change; AVAL -1, 3, 2, 1, 0',
    minimum: 'a value and a baseline that is not 0',
    mark: '[C 20] cuts, [P] worsening',
    words: CLASS_WORDS,
    flags: [
      yesNo('SUSTFL', 'Sustained Response Flag', 'Y where each of the last visits up to this one is a response'),
      yesNo(
        'EARLYFL',
        'Early Response Flag',
        'Y where the first visit is a response; of weekly values one of weeks 1 to 4 and the next',
      ),
      yesNo(
        'RELFL',
        'Reliable Improvement Flag',
        'Y where the change is a reliable improvement (RCI); missing without a norm',
      ),
    ],
    conventions: [POINTS, ATTRIBUTES],
  },
  {
    code: 'NAP',
    unit: 'share 0-1',
    formula: 'sum of q over all pairs / (m n), q 1 better, 1/2 equal, 0 worse',
    label: 'Non-overlap of all pairs of {}',
    about: 'series',
    compute: 'span',
    definition:
      'share of the pairs of a value of phase A and one of phase B in which B is better, ties half; no effect 0.5',
    minimum: PAIRS,
    mark: '[C 48]',
  },
  {
    code: 'NAPSE',
    unit: 'share 0-1',
    formula: 'SE^2 = [NAP - (m+n-1) NAP^2 + n Q1 + m Q2 - 2 Q3] / ((m-1)(n-1))',
    label: 'Standard error of NAP of {}',
    about: 'series',
    compute: 'span',
    definition: 'unbiased SE of NAP (Sen), not below 0',
    minimum: 'two values in each phase',
    mark: '[C 48]',
  },
  {
    code: 'NAPLCL',
    unit: 'share 0-1',
    formula: 'lower root t of m n (NAP - t)^2 (2-t)(1+t) = z^2 t(1-t) [2 + h + (1+2h) t(1-t)], h = (m+n)/2 - 1',
    label: 'Lower 95 % limit of NAP of {}',
    about: 'series',
    compute: 'span',
    definition: 'lower 95 % limit of NAP by Newcombe, method 5',
    minimum: PAIRS,
    mark: '[C 48]',
  },
  {
    code: 'NAPUCL',
    unit: 'share 0-1',
    formula: 'upper root t of the same equation',
    label: 'Upper 95 % limit of NAP of {}',
    about: 'series',
    compute: 'span',
    definition: 'upper 95 % limit of NAP by Newcombe, method 5',
    minimum: PAIRS,
    mark: '[C 48]',
  },
  {
    code: 'TAU',
    unit: '-1 to 1',
    formula: '2 NAP - 1',
    label: 'Tau of {}',
    about: 'series',
    compute: 'span',
    definition: '2 NAP - 1: better pairs less worse ones, as a share of all pairs',
    minimum: PAIRS,
    mark: '[C 48]',
  },
  {
    code: 'TAUU',
    unit: '-1 to 1',
    formula: '(S_AB - S_AA) / (m n)',
    label: 'Tau-U of {}',
    about: 'series',
    compute: 'span',
    definition: '(S_AB - S_AA) / (m n), S counted in the direction of improvement',
    minimum: PAIRS,
    mark: '[C 48]',
    method: () => ['Tau-U as (S_AB - S_AA) / (m n)'],
  },
  {
    code: 'TSSLOPE',
    unit: 'units of the parameter/28 d',
    formula: '28 * median of (y_j - y_i) / (t_j - t_i)',
    label: 'Theil-Sen trend of {} (per 28 d)',
    about: 'series',
    compute: 'phases',
    definition: 'median of the slopes of all pairs of values of a phase, per 28 days; a rise is positive',
    minimum: 'five values on different days',
    mark: '[L Theil 1950, Sen 1968]',
    conventions: [TREND],
  },
  {
    code: 'TSP',
    unit: 'p',
    formula: '2 (1 - Phi(|S| / sqrt(var S)))',
    label: 'p of the trend of {}',
    about: 'series',
    compute: 'phases',
    definition: 'two-sided p of Kendall tau-b of day and value, normal with ties corrected, no continuity correction',
    minimum: 'five values that are not all equal',
    mark: '[L Kendall 1970]',
    conventions: [TREND],
  },
  {
    code: 'LAG1',
    unit: '-1 to 1',
    formula: 'sum of (x_t - mean)(x_t+1 - mean) / sum of (x_t - mean)^2 * values / (pairs + 1)',
    label: 'Lag-1 autocorrelation of {} in the baseline',
    about: 'series',
    compute: 'span',
    definition: 'autocorrelation of neighbouring occasions of phase A, scaled for gaps',
    minimum: 'three values, two of them neighbours, not all equal',
    mark: '[L Box and Jenkins 1970], [P] gaps',
  },
  {
    code: 'RTP',
    unit: 'p',
    formula: 'start points with statistic >= observed - 1e-9 / admissible start points',
    label: 'p of the randomisation test of {}',
    about: 'series',
    compute: 'span',
    definition:
      'share of the admissible start points with mean(A) - mean(B), in the direction of improvement, at least as large as the observed one',
    minimum: 'an admissible start, a value in each phase',
    mark: '[L Edgington 1975], [P] start points without values count as large',
    exists: ({ randomisation }) => randomisation !== null,
    method: ({ randomisation }) => [
      `one-sided, start drawn with >= ${randomisation?.minBaseline} occasions before and >= ${randomisation?.minTreatment} after`,
    ],
  },
]

const REASONS: readonly Areason[] = [
  'NOT_REACHED',
  'DISCONTINUED',
  'MISSING_ITEMS',
  'NOT_EVALUABLE',
  'INSUFFICIENT_DAYS',
  'NO_BASELINE',
]

/** PARAMCD of a figure for the parameter in place `slot` of its list: the figure's own, then numbered from 2. */
export function codeIn(code: string, slot: number): string {
  if (slot === 0) return code
  const number = String(slot + 1)
  return `${code.slice(0, CODE_LENGTH - number.length)}${number}`
}

function computeOf(figure: Figure, source: string): PointsCompute {
  return {
    kind: 'points',
    change: false,
    responders: false,
    pain: false,
    words: figure.words ?? [],
    visits: (plan) => {
      const all = [SPAN_VISIT, 'Baseline against treatment'] as const
      if (figure.compute === 'span') return [all]
      if (figure.compute === 'phases')
        return [
          [0, 'Baseline'],
          [SPAN_VISIT, 'Treatment'],
        ]
      return (sourceOf(plan, source)?.visits ?? []).filter(([visit]) => visit !== 0)
    },
  }
}

const sourcesOf = ({ individual }: AnalyticStudy, about: Figure['about']): readonly string[] =>
  individual?.[about] ?? []

function entryOf(figure: Figure, code: string, source: string): CatalogueEntry {
  const sourceColumn: FlagColumn = {
    name: 'SRCPARM',
    label: 'Source Parameter',
    definition: 'PARAMCD of the parameter that a figure of one patient is about',
    words: source === '' ? [] : [source],
  }
  return {
    code,
    label: figure.label.replace('{}', source === '' ? 'a parameter' : source),
    category: 'Individual',
    family: 'individual',
    unit: figure.unit,
    direction: 'none',
    table: 'adeff',
    definition: figure.definition,
    formula: figure.formula,
    window: figure.compute === 'visits' ? 'each visit after the baseline' : 'baseline and treatment phase',
    minimum: figure.minimum,
    missing: 'left out',
    reasons: REASONS,
    mark: figure.mark,
    source: 'endpoints.md section 9',
    conventions: [CODES, ...(figure.about === 'series' ? [SERIES, CAUTION] : [CAUTION]), ...(figure.conventions ?? [])],
    method: ({ individual }) =>
      individual === null
        ? ['as individual names it']
        : [`of ${source}`, ...(figure.method?.(individual, source) ?? [])],
    flags: [sourceColumn, ...(figure.flags ?? [])],
    exists: (_, study) => study.individual !== null && (figure.exists?.(study.individual, source) ?? true),
    never: () => null,
    compute: computeOf(figure, source),
  }
}

export const INDIVIDUAL_ENTRIES: readonly CatalogueEntry[] = FIGURES.map((figure) => ({
  ...entryOf(figure, figure.code, ''),
  variants: (study: AnalyticStudy) =>
    sourcesOf(study, figure.about).map((source, slot) => entryOf(figure, codeIn(figure.code, slot), source)),
}))
