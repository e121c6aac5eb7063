import { type ColumnTable, compareBytes, type Parameter, type ShardResult, type Visit } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'

/** What the rows of a run need beside the shards. Plain data: it is posted to worker threads. */
export interface RunContext {
  readonly studyId: string
  readonly calendar: 'dates' | 'relative'
  readonly arms: readonly { readonly code: string; readonly name: string }[]
  readonly parameters: readonly Parameter[]
  readonly visits: readonly Visit[]
  /** How many subjects the run has. */
  readonly subjects: number
  /** Dictionaries of the text columns of effects and events, the same in every shard of a run. */
  readonly effectTexts: Readonly<Record<string, readonly string[]>>
  readonly eventTexts: Readonly<Record<string, readonly string[]>>
}

/** The part of a shard that result rows are made of. */
export type ShardRows = Pick<ShardResult, 'subjects' | 'effects' | 'events'> & {
  readonly facts: Pick<ShardResult['facts'], 'arm' | 'treated' | 'dayZero'>
  /** Position of the first of the subjects among those of the run. */
  readonly firstSubject: number
}

export function runContext(
  study: AnalyticStudy,
  parameters: readonly Parameter[],
  visits: readonly Visit[],
  subjects: number,
  first: Pick<ShardResult, 'effects' | 'events'> | null,
): RunContext {
  return {
    studyId: study.id,
    calendar: study.calendar,
    arms: study.arms.map(({ code, name }) => ({ code, name })),
    parameters,
    visits,
    subjects,
    effectTexts: first === null ? {} : textsOf(first.effects),
    eventTexts: first === null ? {} : textsOf(first.events),
  }
}

function textsOf(table: ColumnTable): Record<string, readonly string[]> {
  const texts: Record<string, readonly string[]> = {}
  for (const [name, column] of Object.entries(table.columns)) {
    if (column.kind === 'text') texts[name] = column.dictionary
  }
  return texts
}

/** Printed name of an arm or treatment: as in the study file, else the code itself. */
export function armName(context: RunContext, code: string): string {
  return context.arms.find((arm) => arm.code === code)?.name ?? code
}

/** Everything TRTP can hold: arms of the study file and treatments of phases. */
export function treatmentTexts(context: RunContext): string[] {
  const names = [...context.arms.map(({ code }) => code), ...(context.effectTexts.TRT ?? [])]
  return sortedTexts(names.map((code) => armName(context, code)))
}

export function sortedTexts(texts: Iterable<string>): string[] {
  return [...new Set(texts)].sort(compareBytes)
}

/** For each text of a list its place in a sorted dictionary, NONE (-1) for null and texts that are not in it. */
export function placesIn(dictionary: readonly string[], texts: readonly (string | null)[]): Int32Array {
  const places = new Map(dictionary.map((text, i) => [text, i]))
  return Int32Array.from(texts, (text) => (text === null ? -1 : (places.get(text) ?? -1)))
}

export function usubjid(context: Pick<RunContext, 'studyId'>, subject: string): string {
  return `${context.studyId}-${subject}`
}
