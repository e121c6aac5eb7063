import { ADHERENCE } from './adherence/adherence.ts'
import type { Family } from './family.ts'

/**
 * Families in the order they are read: a family may rest on values of those before it, never on one after it.
 */
export const FAMILIES: readonly Family[] = [ADHERENCE]
