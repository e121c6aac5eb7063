import { createHash } from 'node:crypto'
import type { ContentId } from '@afferent/ledger'
import type { Step, StepOf } from '@afferent/pipeline'
import { z } from 'zod'

/** A content id made of a word, for tests that need names and no contents. */
export const idOf = (word: string): ContentId => `sha256-${createHash('sha256').update(word).digest('hex')}`

export const validateStep = (study: string, upload: number): StepOf<'validate'> => ({
  v: 1,
  kind: 'validate',
  study,
  upload,
  makes: idOf(`${study} upload ${upload}`),
})

export const deriveStep = (study: string, run: string, from: number): StepOf<'derive'> => ({
  v: 1,
  kind: 'derive',
  study,
  run: idOf(run),
  from,
  to: from + 1,
  makes: idOf(`${run} shard ${from}`),
})

export const publishStep = (study: string, run: string): StepOf<'publish'> => ({
  v: 1,
  kind: 'publish',
  study,
  run: idOf(run),
  trigger: 'drop',
  makes: idOf(run),
})

export const family = (study: string, run: string, shards: number): { step: Step; children: Step[] } => ({
  step: publishStep(study, run),
  children: Array.from({ length: shards }, (_, i) => deriveStep(study, run, i)),
})

/** Reads steps as far as the queue is concerned, without loading the pipeline. */
export const QueuedSteps = z.looseObject({
  kind: z.string(),
  study: z.string(),
  makes: z.string(),
  upload: z.number().positive().optional(),
}) as unknown as z.ZodType<Step>
