import { parametersOf } from '@afferent/metrics'
import type { Compute } from '@afferent/records'
import { type ArmResponse, isMissing, miettinenNurminen, responderCounts } from '@afferent/statistics'
import type { AnalyticStudy, HeadacheFamily, PeriodMissing, Study } from '@afferent/study'
import type { Analysis } from './analyze.ts'
import { deriveSlices } from './stages/derive-slices.ts'
import { layOutStudy } from './stages/lay-out.ts'
import { rowsUsed } from './stages/subject-slices.ts'

/** One way to define the primary response, and what comes out. */
export interface Universe {
  readonly period: PeriodMissing
  readonly missing: 'NRI' | 'OC'
  /** Null: the parameter is not about headache. */
  readonly headache: HeadacheFamily['preset'] | null
  /** Reduction in percent that makes a response. */
  readonly cut: number
  /** Whether the study file chose it. */
  readonly own: boolean
  readonly arms: readonly ArmResponse[]
  /** First comparison of the study, Miettinen-Nurminen limits; null: no arms to compare, or an arm without subjects. */
  readonly difference: { readonly estimate: number; readonly lower: number; readonly upper: number } | null
}

const PERIODS: readonly PeriodMissing[] = ['prorate14', 'half', 'd20', 'strict80', 'complete']
const MISSING = ['NRI', 'OC'] as const
const HEADACHE: readonly HeadacheFamily['preset'][] = ['any', 'ihs-4h', 'leiden-30m', 'cm-mod4h']
const CUTS = [30, 50, 75]

/**
 * The primary responder rate and its difference between arms under every defensible definition that the presets offer: period
 * rule, missing rule, headache-day preset (for parameters of headache) and threshold (endpoints.md sections 1 to 3). Files
 * are validated once; every universe derives its metrics anew by the code of any run.
 *
 * A definition under which nobody's response is known, as a headache-day preset that the exports cannot feed, is no universe.
 */
export async function multiverse(
  analysis: Analysis,
  study: Study,
  primary: { readonly parameter: string; readonly visit: number },
  compute: Compute,
  progress: (done: number, of: number) => void,
): Promise<readonly Universe[]> {
  const { analytic } = study
  const { inForce } = analysis
  const rows = rowsUsed(inForce)
  const slices = analysis.shards.map(({ subjects }) => subjects)
  const ofHeadache = HEADACHE_PARAMETER.test(primary.parameter) && analytic.headache !== null
  const universes: Universe[] = []
  const variants = [...variantsOf(analytic, ofHeadache)]
  for (const [done, variant] of variants.entries()) {
    progress(done, variants.length)
    const { facts } = await layOutStudy(inForce, variant, compute)
    const shards = await deriveSlices({ inForce, slices, study: variant, facts, lines: 'lines' }, rows, compute)
    const parameter = parametersOf(variant, facts).find(({ code }) => code === primary.parameter)
    if (parameter === undefined) continue
    for (const cut of CUTS) {
      const arms = responderCounts(variant, parameter, primary.visit, cut, shards)
      if (arms.every(({ subjects }) => subjects === 0)) continue
      universes.push({
        period: variant.periods.missing,
        missing: variant.responders.missing,
        headache: ofHeadache ? (variant.headache?.preset ?? null) : null,
        cut,
        own: isOwn(variant, analytic) && cut === ownCut(analytic),
        arms,
        difference: differenceOf(analytic, arms),
      })
    }
  }
  return universes
}

const HEADACHE_PARAMETER = /^(MHD|MMD|MSHD|SEVHD|NMHD)$/

function* variantsOf(study: AnalyticStudy, ofHeadache: boolean): Generator<AnalyticStudy> {
  const own = study.headache?.preset
  const presets = ofHeadache ? HEADACHE : [undefined]
  for (const preset of presets) {
    for (const period of PERIODS) {
      for (const missing of MISSING) {
        yield {
          ...study,
          headache:
            study.headache === null || preset === undefined ? study.headache : withPreset(study.headache, preset, own),
          periods: {
            ...study.periods,
            missing: period,
            minObserved: period === study.periods.missing ? study.periods.minObserved : null,
          },
          responders: { ...study.responders, missing, cuts: CUTS },
        }
      }
    }
  }
}

/** A preset of its own source of migraine days: `any` takes the patient's word, the others their criteria. */
function withPreset(
  family: HeadacheFamily,
  preset: HeadacheFamily['preset'],
  own: HeadacheFamily['preset'] | undefined,
): HeadacheFamily {
  if (preset === own) return family
  return { ...family, preset, migraineSource: preset === 'any' ? 'patient' : 'criteria' }
}

const isOwn = (variant: AnalyticStudy, study: AnalyticStudy): boolean =>
  variant.headache?.preset === study.headache?.preset &&
  variant.periods.missing === study.periods.missing &&
  variant.responders.missing === study.responders.missing

/** The threshold a study is about: 50 % where it has that one. */
const ownCut = ({ responders }: AnalyticStudy): number =>
  responders.cuts.includes(50) ? 50 : (responders.cuts[0] ?? 50)

function differenceOf(study: AnalyticStudy, arms: readonly ArmResponse[]): Universe['difference'] {
  const reference = study.arms.find((arm) => arm.reference)?.code
  const other = study.arms.find(({ code }) => code !== reference)?.code
  const one = arms.find(({ arm }) => arm === other)
  const two = arms.find(({ arm }) => arm === reference)
  if (one === undefined || two === undefined) return null
  const found = miettinenNurminen({ x1: one.responders, n1: one.subjects, x2: two.responders, n2: two.subjects })
  return isMissing(found) ? null : found
}
