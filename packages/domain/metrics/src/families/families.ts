import { ACUTE } from './acute/acute.ts'
import { CLUSTER } from './cluster/cluster.ts'
import type { Family } from './family.ts'

/**
 * Families in the order they are read: a family may rest on values of those before it, never on one after it.
 */
export const FAMILIES: readonly Family[] = [ACUTE, CLUSTER]
