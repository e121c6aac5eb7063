import { ACUTE } from './acute/acute.ts'
import { ADHERENCE } from './adherence/adherence.ts'
import { autonomic } from './autonomic/autonomic.ts'
import { CLUSTER } from './cluster/cluster.ts'
import type { Family } from './family.ts'
import { fibromyalgia } from './fibromyalgia/fibromyalgia.ts'
import { INDIVIDUAL } from './individual/individual.ts'
import { laboratory } from './laboratory/laboratory.ts'
import { mood } from './mood/mood.ts'
import { OVERUSE } from './overuse/overuse.ts'
import { PAIN } from './pain/pain.ts'
import { questionnaires } from './questionnaires/questionnaires.ts'
import { WORSENING } from './worsening/worsening.ts'

/**
 * Families in the order they are read: a family may rest on values of those before it, never on one after it.
 */
export const FAMILIES: readonly Family[] = [
  questionnaires,
  laboratory,
  autonomic,
  OVERUSE,
  PAIN,
  ACUTE,
  CLUSTER,
  ADHERENCE,
  mood,
  fibromyalgia,
  WORSENING,
  INDIVIDUAL,
]
