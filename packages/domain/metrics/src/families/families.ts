import { ACUTE } from './acute/acute.ts'
import { ADHERENCE } from './adherence/adherence.ts'
import { CLUSTER } from './cluster/cluster.ts'
import type { Family } from './family.ts'
import { INDIVIDUAL } from './individual/individual.ts'
import { OVERUSE } from './overuse/overuse.ts'
import { PAIN } from './pain/pain.ts'
import { WORSENING } from './worsening/worsening.ts'

/**
 * Families in the order they are read: a family may rest on values of those before it, never on one after it.
 */
export const FAMILIES: readonly Family[] = [OVERUSE, PAIN, ACUTE, CLUSTER, ADHERENCE, WORSENING, INDIVIDUAL]
