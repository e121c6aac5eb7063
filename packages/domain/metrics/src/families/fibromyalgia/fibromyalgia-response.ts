import type { FibromyalgiaDomain } from '@afferent/study'
import type { CourseVisit } from '../../courses/course.ts'
import { meetsCut } from '../../responses/response.ts'

/** Percent by which pain and the symptoms, and physical function, have to be better. */
const SYMPTOM_CUT = 30
const FUNCTION_CUT = 10
/** Symptoms of which the longer definition asks for two. */
export const SYMPTOMS = ['fatigue', 'sleep', 'depression', 'anxiety', 'cognition'] as const
const NEEDED_SYMPTOMS = 2
export const COMPONENTS = ['pain', 'function', ...SYMPTOMS] as const
export type Component = (typeof COMPONENTS)[number] & FibromyalgiaDomain
/** Components that the shorter definition asks for; the longer one asks for all. */
export const SHORT_COMPONENTS: readonly Component[] = ['pain', 'function', 'fatigue', 'sleep']

/** A component at the baseline and at the visit; null: there is no such value. */
export interface ComponentInput {
  readonly base: CourseVisit | null
  readonly value: CourseVisit | null
  readonly higherIsBetter: boolean
}

export interface FibromyalgiaAnswer {
  readonly short: boolean
  readonly long: boolean
}

/**
 * The fibromyalgia response at one visit.
 *
 * Definition  FM30S: pain >= 30 % better and physical function >= 10 % better and (sleep or fatigue >= 30 % better).
 *             FM30L: pain and function as before and at least 2 of fatigue, sleep, depression, anxiety, cognition >= 30 % better.
 * Input       the components that the study measures; which way is better is the direction of each.
 * Missing     a component with a baseline of 0 or without a value counts as not met (`notJudged` lists them).
 * Source      Arnold et al., Arthritis Rheum 2012;64:885 [L].
 */
export function fibromyalgiaResponse(components: ReadonlyMap<Component, ComponentInput>): FibromyalgiaAnswer {
  const better = (name: Component, cut: number): boolean => {
    const component = components.get(name)
    return component !== undefined && isJudged(component) && isBetter(component, cut)
  }
  const core = better('pain', SYMPTOM_CUT) && better('function', FUNCTION_CUT)
  const symptoms = SYMPTOMS.filter((name) => better(name, SYMPTOM_CUT))
  return {
    short: core && (symptoms.includes('sleep') || symptoms.includes('fatigue')),
    long: core && symptoms.length >= NEEDED_SYMPTOMS,
  }
}

/** Components that could not be judged, and count as not met, in the order of COMPONENTS. */
export const notJudged = (components: ReadonlyMap<Component, ComponentInput>): Component[] =>
  COMPONENTS.filter((name) => components.has(name) && !isJudged(components.get(name) as ComponentInput))

const isKnown = (visit: CourseVisit | null): visit is CourseVisit => visit !== null && !Number.isNaN(visit.value)

const isJudged = ({ base, value }: ComponentInput): boolean => isKnown(base) && base.value !== 0 && isKnown(value)

function isBetter({ base, value, higherIsBetter }: ComponentInput, cut: number): boolean {
  const [from, to] = [base as CourseVisit, value as CourseVisit]
  return meetsCut(from.numerator, from.denominator, to.numerator, to.denominator, cut, higherIsBetter)
}
