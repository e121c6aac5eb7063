import { autonomic } from './autonomic/autonomic.ts'
import type { Family } from './family.ts'
import { fibromyalgia } from './fibromyalgia/fibromyalgia.ts'
import { laboratory } from './laboratory/laboratory.ts'
import { mood } from './mood/mood.ts'
import { questionnaires } from './questionnaires/questionnaires.ts'

/**
 * Families in the order they are read: a family may rest on values of those before it, never on one after it.
 */
export const FAMILIES: readonly Family[] = [questionnaires, mood, fibromyalgia, laboratory, autonomic]
