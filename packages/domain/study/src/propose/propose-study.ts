import type { ColumnProfile, ExportProfile } from '@afferent/records'
import { Document, isMap, isScalar } from 'yaml'
import type { SettingPath } from '../parse/issue.ts'
import { parseIsoDay, toIsoDay } from '../time/calendar.ts'
import { type ProposedSource, proposeSource } from './propose-source.ts'
import { recogniseColumns } from './recognise-columns.ts'

/** A study file for an export nobody described yet, and what its author must check. */
export interface ProposedStudy {
  readonly yaml: string
  readonly notes: readonly string[]
}

/** Days of a dated diary that stand for the baseline until somebody names the first treatment. */
const ASSUMED_BASELINE_DAYS = 28

/** What is treated or stimulated has no baseline before it. */
const assumedBaseline = ({ layout }: ProposedSource): number =>
  layout === 'attacks' || layout === 'follow-ups' || layout === 'stimulation' ? 0 : ASSUMED_BASELINE_DAYS

/**
 * For `afferent inspect`: maps what it recognises by common header names and runs as it is (a QUESTION has to be answered
 * first: a licence, a unit), with a comment wherever only a
 * person can know the answer (day 0, arms, order of day and month). What it cannot recognise at all, the notes say.
 */
export function proposeStudy(profile: ExportProfile, name: string): ProposedStudy {
  const found = recogniseColumns(profile)
  const source = proposeSource(profile, found)
  const armed = 'arm' in source.columns || 'treatment' in source.columns
  const arms = proposeArms(armed ? found.get('arm') : undefined)
  const start = proposeDayZero(profile, source)
  const columns = { ...source.columns, ...(start === null ? {} : { treatmentStart: { constant: start } }) }
  const document = new Document({
    study: studyId(name),
    ...source.methods,
    ...(source.clocks ? { timezone: 'none' } : {}),
    ...(arms === null ? {} : { arms }),
    ...(source.layout === 'episodes' ? { diary: { logComplete: false } } : {}),
    sources: [
      {
        files: filePattern(profile.file),
        layout: source.layout,
        ...source.settings,
        ignore: '*',
        columns,
        ...source.parts,
      },
    ],
  })
  const remarks = [...remarksOn(source, start, arms !== null), ...source.remarks]
  for (const { path, text } of remarks) commentOn(document, path, text)
  const yaml = document.toString({ lineWidth: 120 })
  return { yaml, notes: remarks.map(({ text }) => text) }
}

function remarksOn(source: ProposedSource, start: string | null, arms: boolean): { path: SettingPath; text: string }[] {
  const at = ['sources', 0, 'columns']
  return [
    ...(source.clocks
      ? [
          {
            path: ['timezone'],
            text: 'CHECK: home zone of the subjects, such as Europe/Berlin; none takes clocks as written',
          },
        ]
      : []),
    ...(arms ? [{ path: ['arms'], text: 'CHECK: names of the arms, and which of them is the reference' }] : []),
    ...(start === null
      ? []
      : [
          {
            path: [...at, 'treatmentStart'],
            text: `CHECK: day of the first treatment (study day 1); here ${
              assumedBaseline(source) === 0
                ? 'the first day of the file'
                : `the first ${ASSUMED_BASELINE_DAYS} days are taken as baseline`
            }`,
          },
        ]),
  ]
}

function studyId(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[^a-z0-9]+|-+$/g, '')
  return plain === '' ? 'my-study' : plain.slice(0, 63)
}

/** Every file with the same ending; the name itself where it has none. */
function filePattern(file: string): string {
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(file)?.[0]
  return ending === undefined ? '**' : `**${ending}`
}

const CONTROL =
  /placebo|sham|schein|control|kontroll|usual|standard|waiting|warteliste|témoin|temoin|^(pbo|plc|plb|soc|tau)$/i

/** The arm named like a control, else the first in byte order, is the reference until somebody says which it is. */
function proposeArms(column: ColumnProfile | undefined): Record<string, unknown> | null {
  if (column === undefined) return null
  const codes = column.values.map(({ value }) => value).sort((a, b) => (a < b ? -1 : 1))
  const reference = codes.length > 1 ? (codes.find((code) => CONTROL.test(code)) ?? codes[0]) : undefined
  return Object.fromEntries(codes.map((code) => [code, code === reference ? { name: code, reference: true } : code]))
}

/** ISO date that stands for the first treatment, or null where the export names it (or has no dates). */
function proposeDayZero(profile: ExportProfile, source: ProposedSource): string | null {
  if (source.dates === null) return null
  const day = profile.columns[source.dates] as ColumnProfile
  const first = earliestDay(day, source.settings.dateOrder ?? day.dateOrder)
  return toIsoDay(first + assumedBaseline(source))
}

const FALLBACK_DAY = parseIsoDay('2000-01-01') as number

/** First day of a column; where day and month cannot be told apart, the first day of its year. */
function earliestDay({ min }: ColumnProfile, dateOrder: unknown): number {
  const parts = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})/.exec(min ?? '')
  if (parts === null) return FALLBACK_DAY
  const [a, b, c] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const fullYear = (year: number): number => (year < 100 ? year + (year <= 68 ? 2000 : 1900) : year)
  const pad = (value: number): string => String(value).padStart(2, '0')
  const iso = (year: number, month: number, day: number): string =>
    `${String(fullYear(year)).padStart(4, '0')}-${pad(month)}-${pad(day)}`
  const text =
    dateOrder === 'iso'
      ? iso(a, b, c)
      : dateOrder === 'dmy'
        ? iso(c, b, a)
        : dateOrder === 'mdy'
          ? iso(c, a, b)
          : iso(c, 1, 1)
  return parseIsoDay(text) ?? FALLBACK_DAY
}

/** A comment on the line before a setting. */
function commentOn(document: Document, path: SettingPath, text: string): void {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (!isMap(parent)) return
  const pair = parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
  if (pair === undefined || !isScalar(pair.key)) return
  const before = pair.key.commentBefore
  pair.key.commentBefore = before === null || before === undefined ? ` ${text}` : `${before}\n ${text}`
}
