import { z } from 'zod'

/** Everything that can happen to a study. One numbered JSON file each, written once, never edited. */

export const ContentIdSchema = z.templateLiteral(['sha256-', z.string().regex(/^[0-9a-f]{64}$/)])

/** Folder name below drop/: the study's key in the vault. */
export const STUDY_KEY = /^[a-z0-9][a-z0-9_-]{0,62}$/

const At = z.iso.datetime()

export const JournalEntrySchema = z.discriminatedUnion('kind', [
  /** Bytes arrived. `name` is the path below drop/<study>/, in NFC, with `/`. */
  z.object({
    kind: z.literal('received'),
    at: At,
    object: ContentIdSchema,
    name: z.string().min(1),
    size: z.number().int().nonnegative(),
    role: z.enum(['data', 'study']),
    via: z.enum(['drop', 'upload', 'command']),
  }),
  /** An upload is taken out of force. `erase`: its bytes too. */
  z.object({
    kind: z.literal('withdrawn'),
    at: At,
    upload: z.number().int().positive(),
    reason: z.string().min(1),
    erase: z.boolean(),
  }),
  /** Somebody or something asked for an analysis beyond the drop of a file. */
  z.object({ kind: z.literal('asked'), at: At, trigger: z.enum(['hand', 'schedule']) }),
  /** A run became `latest`. `answers`: highest journal number it took into account. */
  z.object({
    kind: z.literal('published'),
    at: At,
    run: ContentIdSchema,
    answers: z.number().int().nonnegative(),
    trigger: z.enum(['drop', 'schedule', 'hand']),
  }),
  /** A re-analysis found the answer unchanged: no new run. */
  z.object({
    kind: z.literal('unchanged'),
    at: At,
    run: ContentIdSchema,
    answers: z.number().int().nonnegative(),
    trigger: z.enum(['drop', 'schedule', 'hand']),
  }),
  /** A step failed for a reason that time cannot heal. */
  z.object({
    kind: z.literal('failed'),
    at: At,
    step: ContentIdSchema,
    code: z.string(),
    trigger: z.enum(['drop', 'schedule', 'hand']),
  }),
  /** A person asked to try a failed step again. */
  z.object({ kind: z.literal('retried'), at: At, step: ContentIdSchema }),
])

export type JournalEntry = z.infer<typeof JournalEntrySchema>
export type NumberedEntry = JournalEntry & { readonly number: number }
