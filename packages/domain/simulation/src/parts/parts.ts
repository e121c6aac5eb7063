import type { PartName, ScenarioName } from '../options.ts'
import type { Part } from '../scenario.ts'
import { heartRate } from './heart-rate.ts'
import { laboratory } from './laboratory.ts'
import { questionnaires } from './questionnaires.ts'
import { safety } from './safety.ts'
import { stimulation } from './stimulation.ts'

/** What any scenario can have beside its diary. */
export const PART: Readonly<Record<PartName, (scenario: ScenarioName) => Part>> = {
  questionnaires,
  stimulation,
  safety,
  laboratory,
  'heart-rate': heartRate,
}
