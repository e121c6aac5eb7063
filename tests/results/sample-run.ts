import { createHash } from 'node:crypto'
import {
  AREASONS,
  allocate,
  type Column,
  type ColumnTable,
  compareBytes,
  EFFECT_COLUMNS,
  EVENT_COLUMNS,
  FindingsBuilder,
  markPresent,
  NO_FINDINGS,
  type Parameter,
  type ShardResult,
  type SubjectFacts,
  type TextColumn,
  unknownFacts,
  type Visit,
} from '@afferent/records'
import { COHORT, type FolderLike, type RunInput } from '@afferent/results'
import type { Study } from '@afferent/study'

/** A folder in memory that keeps what was written, in the order of the writing. */
export class MemoryFolder implements FolderLike {
  readonly files = new Map<string, Buffer>()

  async write(file: string, bytes: Uint8Array): Promise<void> {
    this.files.set(file, Buffer.from(bytes))
  }

  async writeParts(file: string, parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    const all: Buffer[] = []
    for await (const part of parts) all.push(Buffer.from(part))
    const bytes = Buffer.concat(all)
    this.files.set(file, bytes)
    return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  }

  file(name: string): Buffer {
    const bytes = this.files.get(name)
    if (bytes === undefined) throw new Error(`no file ${name}`)
    return bytes
  }
}

export type Cell = string | number | null

/** A column from cells typed out; text gets the dictionary given, or its own. */
export function column(
  kind: 'f64' | 'i32' | 'i16' | 'u8' | 'text',
  cells: readonly Cell[],
  dictionary?: readonly string[],
): Column {
  const valid = allocate.mask(cells.length)
  cells.forEach((cell, row) => {
    if (cell !== null) markPresent(valid, row)
  })
  if (kind !== 'text') {
    const values = allocate[kind](cells.length)
    cells.forEach((cell, row) => {
      values[row] = (cell as number | null) ?? 0
    })
    return { kind, values, valid } as Column
  }
  const texts = dictionary ?? [...new Set(cells.filter((cell) => cell !== null))].map(String).sort(compareBytes)
  const values = Int32Array.from(cells, (cell) => (cell === null ? 0 : texts.indexOf(String(cell))))
  return { kind, values, valid, dictionary: texts }
}

export const PARAMETERS: readonly Parameter[] = ['MHD', 'MMD'].map((code) => ({
  code,
  label: `Days, ${code} (d/28 d)`,
  category: 'headache',
  unit: 'd/28 d',
  direction: 'lower-is-better',
  table: 'adeff',
  criteria: ['PCHG <= -30', 'PCHG <= -50', null, null, null, null],
  method: 'ihs-4h; prorate14; NRI',
  definition: '28 * headache days / days observed',
  source: 'endpoints.md 3',
}))

export const VISITS: readonly Visit[] = PARAMETERS.flatMap(({ code }) => [
  { parameter: code, visit: 0, label: 'Baseline' },
  { parameter: code, visit: 1, label: 'Weeks 1 to 4' },
])

const EFFECT_KINDS: Readonly<Record<string, 'f64' | 'i32' | 'i16'>> = {
  SUBJECT: 'i32',
  AVISITN: 'i16',
  AWLO: 'i32',
  AWHI: 'i32',
  ADY: 'i32',
  NOBS: 'i32',
  AVAL: 'f64',
  BASE: 'f64',
  CHG: 'f64',
  PCHG: 'f64',
  NEVT: 'f64',
}
/** Texts of a study, on purpose not in byte order where the contract leaves the order open. */
const EFFECT_TEXTS: Readonly<Record<string, readonly string[]>> = {
  PARAMCD: ['MHD', 'MMD'],
  BASETYPE: [],
  AVALC: ['Y', 'N'],
  AVALCAT1: ['substantial', 'moderate'],
  ABLFL: ['Y'],
  DTYPE: ['PRORATE', 'NRI'],
  ANL01FL: ['Y'],
  AREASON: AREASONS,
  PROVFL: ['Y'],
  TRT: [],
}

export type EffectRow = Readonly<Record<string, Cell>>

export function effectsTable(rows: readonly EffectRow[]): ColumnTable {
  const columns: Record<string, Column> = {}
  for (const name of EFFECT_COLUMNS) {
    const cells = rows.map((row) => row[name] ?? null)
    const kind = EFFECT_KINDS[name]
    columns[name] = kind === undefined ? column('text', cells, EFFECT_TEXTS[name] ?? ['N', 'Y']) : column(kind, cells)
  }
  return { rows: rows.length, columns }
}

function eventsTable(): ColumnTable {
  const kinds = { SUBJECT: 'i32', PARAMCD: 'text', AVAL: 'f64', CNSR: 'u8', EVNTDESC: 'text', AREASON: 'text' } as const
  return { rows: 0, columns: Object.fromEntries(EVENT_COLUMNS.map((name) => [name, column(kinds[name], [])])) }
}

export function facts(subjects: readonly string[]): SubjectFacts {
  const texts = (text: string | null): TextColumn =>
    column(
      'text',
      subjects.map(() => text),
    ) as TextColumn
  const numbers = (kind: 'f64' | 'i32', value: number | null) =>
    column(
      kind,
      subjects.map(() => value),
    )
  return {
    ...unknownFacts(subjects.length),
    site: texts('S1'),
    arm: column(
      'text',
      subjects.map((_, i) => (i % 2 === 0 ? 'A' : 'B')),
      ['A', 'B'],
    ),
    condition: texts(null),
    sex: texts('F'),
    age: numbers('f64', 41.5),
    bmi: numbers('f64', null),
    painDuration: numbers('f64', null),
    dayZero: numbers('i32', 20_512),
    lastDay: numbers('i32', 20_600),
    enrolled: numbers('i32', null),
    covariates: {},
  } as SubjectFacts
}

/** Two parameters at baseline and one visit for each subject; subject 0 of a shard lost its second period. */
export function shard(subjects: readonly string[]): ShardResult {
  const rows = subjects.flatMap((_, s) =>
    ['MHD', 'MMD'].flatMap((code): EffectRow[] => [
      {
        SUBJECT: s,
        PARAMCD: code,
        AVISITN: 0,
        AWLO: -28,
        AWHI: -1,
        ADY: -1,
        AVAL: 10,
        BASE: 10,
        ABLFL: 'Y',
        NOBS: 28,
        NEVT: 10,
        ANL01FL: 'Y',
      },
      s === 0
        ? {
            SUBJECT: s,
            PARAMCD: code,
            AVISITN: 1,
            AWLO: 1,
            AWHI: 28,
            ADY: 28,
            BASE: 10,
            NOBS: 13,
            NEVT: 2,
            DTYPE: 'NRI',
            CRIT1FL: 'N',
            CRIT2FL: 'N',
            AREASON: 'INSUFFICIENT_DAYS',
          }
        : {
            SUBJECT: s,
            PARAMCD: code,
            AVISITN: 1,
            AWLO: 1,
            AWHI: 28,
            ADY: 28,
            AVAL: 56 / 9,
            BASE: 10,
            CHG: 56 / 9 - 10,
            PCHG: 10 * (56 / 9 - 10),
            NOBS: 27,
            NEVT: 6,
            DTYPE: 'PRORATE',
            CRIT1FL: 'Y',
            CRIT2FL: 'N',
            ANL01FL: 'Y',
          },
    ]),
  )
  return {
    subjects,
    facts: facts(subjects),
    effects: effectsTable(rows),
    events: eventsTable(),
    findings: NO_FINDINGS,
    quarantined: 0,
    excluded: {},
  }
}

export function cohort(rows: readonly EffectRow[]): ColumnTable {
  const columns = Object.fromEntries(
    COHORT.map(({ name, type }) => [
      name,
      column(
        type === 'text' ? 'text' : type === 'integer' ? 'i32' : 'f64',
        rows.map((row) => row[name] ?? null),
      ),
    ]),
  )
  return { rows: rows.length, columns }
}

export const STUDY = {
  analytic: {
    id: 'demo',
    calendar: 'dates',
    arms: [
      { code: 'A', name: 'active', reference: false },
      { code: 'B', name: 'sham', reference: true },
    ],
    covariates: [],
    sources: [],
    safety: null,
    cluster: null,
    responders: { cuts: [30, 50], missing: 'NRI', zeroBaseline: 'exclude' },
    primary: { parameter: 'MMD', visit: 1 },
  },
  operational: { outputs: ['arrow', 'csv'] },
} as unknown as Study

export function runOf(shards: readonly ShardResult[], changes: Partial<RunInput> = {}): RunInput {
  const builder = new FindingsBuilder()
  builder.add({ rule: 'out-of-range', file: 'site.csv', line: 3, column: 'pain', value: '11' })
  builder.add({ rule: 'value-type', file: 'site.csv', line: 4, column: 'pain', value: '=1+1' })
  return {
    study: STUDY,
    effectiveYaml: 'id: demo\n',
    methods: '# Methods\n',
    analyses: [],
    parameters: PARAMETERS,
    visits: VISITS,
    subjects: shards.flatMap(({ subjects }) => subjects),
    shards,
    whole: () => ({
      run: 'sha256-00',
      uploads: [],
      cohort: cohort([
        { ANALYSIS: 'CHG', PARAMCD: 'MMD', AVISIT: 'Weeks 1 to 4', ARM: 'active', STAT: 'MEAN', ESTIMATE: -3.5, N: 2 },
      ]),
      findings: [builder.build()],
      counts: { read: 2, used: 1, quarantined: 1, excluded: {} },
    }),
    manifest: {
      schemaVersion: 1,
      study: 'demo',
      computationVersion: '1.1.1.1',
      studyHash: 'abc',
      facts: {},
      conventions: [],
    },
    ...changes,
  }
}
