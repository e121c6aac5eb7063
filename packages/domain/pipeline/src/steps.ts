import { type ContentId, ContentIdSchema, STUDY_KEY } from '@afferent/ledger'
import { z } from 'zod'

/**
 * What a worker can be asked to do. Payloads carry ids and numbers, never a cell, a name or a text of a file.
 * `makes` names what the step writes; a job is named after it, so two rings for one thing are one job.
 *
 * validate  one upload -> datasets/<makes>
 * prepare   datasets in force -> plans/<run>: subjects, facts and shards of a run
 * derive    some neighbouring shards of a run -> shards/<id> each; a child of publish
 * publish   all shards of a run -> runs/<study>/<run>, then `latest`
 */
const Study = z.string().regex(STUDY_KEY)
/** Content ids as the vault types them. */
const Id = ContentIdSchema as z.ZodType<ContentId>
const Trigger = z.enum(['drop', 'schedule', 'hand'])

export const StepSchema = z.discriminatedUnion('kind', [
  z.object({
    v: z.literal(1),
    kind: z.literal('validate'),
    study: Study,
    upload: z.number().int().positive(),
    makes: Id,
  }),
  z.object({ v: z.literal(1), kind: z.literal('prepare'), study: Study, run: Id, makes: Id }),
  z.object({
    v: z.literal(1),
    kind: z.literal('derive'),
    study: Study,
    run: Id,
    /** Shards by their position in the plan of the run, first included, last not. */
    from: z.number().int().nonnegative(),
    to: z.number().int().positive(),
    makes: Id,
  }),
  z.object({
    v: z.literal(1),
    kind: z.literal('publish'),
    study: Study,
    run: Id,
    trigger: Trigger,
    makes: Id,
  }),
])
export type Step = z.infer<typeof StepSchema>
export type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>
export type Trigger = z.infer<typeof Trigger>
