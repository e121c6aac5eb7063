import type { Random } from '../random.ts'
import { drawPsqi, PSQI_ITEMS } from './psqi-form.ts'
import { spreadTotal } from './spread-total.ts'

/** Answers to one questionnaire, and the scores that are known from how they were drawn. */
export interface Form {
  readonly answers: readonly string[]
  readonly scores: Readonly<Record<string, number>>
}

/** A questionnaire: its items, and answers for a severity from 0 (none) to 1 (worst possible). */
export interface Questionnaire {
  readonly code: string
  readonly items: readonly string[]
  /** Severity before treatment, mean and SD over subjects. */
  readonly mean: number
  readonly sd: number
  /** Asked after the baseline alone. */
  readonly onlyLater?: boolean
  readonly draw: (random: Random, severity: number) => Form
}

const numbered = (items: number): string[] => Array.from({ length: items }, (_, i) => String(i + 1))
const texts = (answers: readonly number[]): string[] => answers.map(String)

/** A sum of items that all range from 0 to the same highest answer. */
function sumOf(code: string, items: number, highest: number, mean: number, sd: number): Questionnaire {
  const draw = (random: Random, severity: number): Form => {
    const answers = spreadTotal(random, severity * items * highest, items, highest)
    return { answers: texts(answers), scores: { [code]: sum(answers) } }
  }
  return { code, items: numbered(items), mean, sd, draw }
}

const sum = (answers: readonly number[]): number => answers.reduce((total, answer) => total + answer, 0)

/** Three domains of items from 0 to 10: 9 of function (their sum / 3), 2 of impact, 10 of symptoms (their sum / 2). */
const FIQR: Questionnaire = {
  code: 'FIQR',
  items: numbered(21),
  mean: 0.58,
  sd: 0.12,
  draw(random, severity) {
    const domain = (items: number): number[] => {
      const level = Math.min(1, Math.max(0, severity + random.normal(0, 0.03)))
      return spreadTotal(random, level * items * 10, items, 10)
    }
    const [physical, impact, symptoms] = [domain(9), domain(2), domain(10)]
    return {
      answers: texts([...physical, ...impact, ...symptoms]),
      scores: { FIQR: sum(physical) / 3 + sum(impact) + sum(symptoms) / 2, FIQRF: sum(physical) / 3 },
    }
  },
}

/** Weights of the five answers of HIT-6; the file holds their places 1 to 5. */
const HIT6_WEIGHTS = [6, 8, 10, 11, 13] as const

const HIT6: Questionnaire = {
  code: 'HIT6',
  items: numbered(6),
  mean: 0.68,
  sd: 0.15,
  draw(random, severity) {
    const places = spreadTotal(random, severity * 24, 6, 4)
    const total = places.reduce((all, place) => all + (HIT6_WEIGHTS[place] as number), 0)
    return { answers: texts(places.map((place) => place + 1)), scores: { HIT6: total } }
  },
}

/** Severity of the impression is what is left of the disease: all of it is 'no change'. 1 is very much improved. */
const PGIC: Questionnaire = {
  code: 'PGIC',
  items: ['1'],
  mean: 1,
  sd: 0,
  onlyLater: true,
  draw(_random, severity) {
    const answer = severity < 0.4 ? 1 : severity < 0.65 ? 2 : severity < 0.9 ? 3 : severity < 1.1 ? 4 : 5
    return { answers: [String(answer)], scores: { PGIC: answer } }
  },
}

const PSQI: Questionnaire = { code: 'PSQI', items: PSQI_ITEMS, mean: 0.5, sd: 0.12, draw: drawPsqi }

/** A sum of eight items; the ninth asks for thoughts of self-harm, which few have. */
export const PHQ9: Questionnaire = {
  code: 'PHQ9',
  items: numbered(9),
  mean: 0.42,
  sd: 0.15,
  draw(random, severity) {
    const ninth = random.chance(0.1) ? 1 : 0
    const answers = [...spreadTotal(random, severity * 27 - ninth, 8, 3), ninth]
    return { answers: texts(answers), scores: { PHQ9: sum(answers), PHQ9I9: ninth } }
  },
}
export const GAD7 = sumOf('GAD7', 7, 3, 0.36, 0.15)
export const ISI = sumOf('ISI', 7, 4, 0.5, 0.15)
export { FIQR, HIT6, PGIC, PSQI }
