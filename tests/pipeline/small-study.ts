/** A study small enough to read, for tests of the stages: dated daily diaries in two arms. */
export const SMALL_STUDY = `
study: small
preset: headache-diary
arms: { active: Active, sham: { name: Sham, reference: true } }
periods: { count: 2 }
primary: { parameter: MHD, visit: 1 }
sources:
  - files: 'diary*.csv'
    layout: daily
    columns:
      subject: subject
      arm: arm
      treatmentStart: start
      date: date
      headache: headache
`

const DAY_MS = 86_400_000
const START = Date.UTC(2026, 0, 29)

/** Rows of one subject: 28 days before and 56 after the start, a headache every `every` days, fewer after it. */
export function diaryRows(subject: string, arm: string, every: number): string[] {
  const rows: string[] = []
  for (let day = -28; day < 56; day++) {
    const date = new Date(START + day * DAY_MS).toISOString().slice(0, 10)
    const headache = day < 0 ? day % every === 0 : day % (every * 2) === 0
    rows.push(`${subject},${arm},2026-01-29,${date},${headache ? 'yes' : 'no'}`)
  }
  return rows
}

export const HEADER = 'subject,arm,start,date,headache'

/** An export of some subjects; `seed` changes how often they have headache. */
export function diaryFile(subjects: readonly string[], seed = 0): string {
  const rows = subjects.flatMap((s, i) => diaryRows(s, (i + seed) % 2 === 0 ? 'active' : 'sham', 2 + ((i + seed) % 5)))
  return `${[HEADER, ...rows].join('\n')}\n`
}

export const subjectNames = (n: number, from = 0): string[] =>
  Array.from({ length: n }, (_, i) => `P${String(i + from).padStart(4, '0')}`)
