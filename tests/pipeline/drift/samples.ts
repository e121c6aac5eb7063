import { ATTACK_SAMPLES } from './attack-samples.ts'
import { COMPARISON_SAMPLES } from './comparison-samples.ts'
import { HEADACHE_SAMPLES } from './headache-samples.ts'
import { PAIN_SAMPLES } from './pain-samples.ts'
import { QUESTIONNAIRE_SAMPLES } from './questionnaire-samples.ts'
import { SAFETY_SAMPLES } from './safety-samples.ts'
import type { SampleStudy } from './sample-study.ts'
import { VISIT_SAMPLES } from './visit-samples.ts'

/** Every family has a sample here: its entries must come out of one, and nothing may come out that has no entry. */
export const SAMPLES: readonly SampleStudy[] = [
  ...COMPARISON_SAMPLES,
  ...HEADACHE_SAMPLES,
  ...PAIN_SAMPLES,
  ...QUESTIONNAIRE_SAMPLES,
  ...SAFETY_SAMPLES,
  ...VISIT_SAMPLES,
  ...ATTACK_SAMPLES,
]
