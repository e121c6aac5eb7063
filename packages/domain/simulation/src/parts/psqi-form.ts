import type { Random } from '../random.ts'
import type { Form } from './forms.ts'
import { spreadTotal } from './spread-total.ts'

const DISTURBANCES = ['waking', 'bathroom', 'breathing', 'snoring', 'cold', 'hot', 'dreams', 'pain'] as const

export const PSQI_ITEMS: readonly string[] = [
  ...['quality', 'latency', 'cannotsleep', 'hoursslept', 'bedtime', 'gettingup'],
  ...DISTURBANCES,
  ...['medicine', 'sleepiness', 'enthusiasm'],
]

/** Answers in the middle of what makes a part 0, 1, 2 or 3 (endpoints.md section 7). */
const LATENCY_MINUTES = [10, 20, 45, 90] as const
const HOURS = [7.5, 6.5, 5.5, 4.5] as const
const EFFICIENCY = [0.92, 0.8, 0.7, 0.6] as const
const DISTURBED = [0, 5, 14, 20] as const
const BEDTIME = 22.5

/** A sleep questionnaire whose seven parts were drawn first, so that their sum is known. */
export function drawPsqi(random: Random, severity: number): Form {
  const parts = spreadTotal(random, severity * 21, 7, 3)
  const [quality, latency, duration, efficiency, disturbed, medicine, daytime] = parts as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const [minutes, cannotSleep] = twoAnswers(random, latency)
  const hours = HOURS[duration] as number
  const up = (BEDTIME + hours / (EFFICIENCY[efficiency] as number)) % 24
  const answers = [
    quality,
    LATENCY_MINUTES[minutes] as number,
    cannotSleep,
    hours,
    BEDTIME,
    Math.round(up * 100) / 100,
    ...spreadTotal(random, DISTURBED[disturbed] as number, DISTURBANCES.length, 3),
    medicine,
    ...twoAnswers(random, daytime),
  ]
  return { answers: answers.map(String), scores: { PSQI: parts.reduce((sum, part) => sum + part, 0) } }
}

/** Two answers of 0-3 whose sum makes the part: 0, 1-2, 3-4, 5-6. */
function twoAnswers(random: Random, part: number): [number, number] {
  const sum = part === 0 ? 0 : 2 * part - random.whole(0, 1)
  return spreadTotal(random, sum, 2, 3) as [number, number]
}
