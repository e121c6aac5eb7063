import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listOf, plainRows, type SettledFiles, settleFiles, studyOf, validateText } from '../hand-made.fixture.ts'

const yaml = (uploads: string) => `
study: laws
preset: migraine-prevention
timezone: none
uploads: ${uploads}
arms: { T: Treated, C: { name: Control, reference: true } }
sources:
  - files: "*.csv"
    layout: daily
    columns:
      subject: id
      date: day
      headache: headache
      severity: severity
      nausea: nausea
      triptan: triptan
      submitted: sent
      arm: arm
      treatmentStart: { constant: "2026-01-03" }
      lastDay: last
`
const STUDY = studyOf(yaml('byName'))
const HEAD = 'id,day,headache,severity,nausea,triptan,sent,arm,last'

/** Rows of three subjects over eight days: copies, conflicts, late ones, bad ones, missing cells. */
const row = fc
  .record({
    id: fc.constantFrom('A', 'B', 'é'),
    day: fc.integer({ min: 1, max: 8 }),
    headache: fc.constantFrom('Y', 'N', '', 'perhaps'),
    severity: fc.constantFrom('0', '1', '3', '', '7'),
    nausea: fc.constantFrom('Y', 'N', ''),
    triptan: fc.constantFrom('0', '2', ''),
    sent: fc.constantFrom('', 'same', 'late', 'next'),
    arm: fc.constantFrom('T', 'T', 'C'),
    last: fc.constantFrom('', '', '2026-01-06'),
  })
  .map(({ id, day, headache, severity, nausea, triptan, sent, arm, last }) => {
    const date = (d: number) => `2026-01-${String(d).padStart(2, '0')}`
    const when = { '': '', same: `${date(day)} 21:00`, next: `${date(day + 1)} 08:00`, late: `${date(day + 9)} 08:00` }
    return [id, date(day), headache, severity, nausea, triptan, when[sent as keyof typeof when], arm, last].join(',')
  })
const rows = fc.array(row, { minLength: 1, maxLength: 40 })

const text = (lines: readonly string[]): string => `${[HEAD, ...lines].join('\n')}\n`

/** Everything that must not depend on where rows stood. */
function essence({ settled, facts, inForce }: SettledFiles) {
  const { dayZero, lastDay, arm } = settled.facts
  const counts = inForce.map(({ dataset }) => dataset.counts)
  return {
    subjects: settled.subjects,
    diary: plainRows(settled.diary, settled.subjects),
    facts,
    about: [dayZero, lastDay, arm].map(({ values, valid }) => [Array.from(values), valid && Array.from(valid)]),
    counts: settled.counts,
    read: counts.reduce((sum, { read }) => sum + read, 0),
    quarantined: counts.reduce((sum, { quarantined }) => sum + quarantined, 0),
  }
}

describe('laws of validation', () => {
  it('gives the same records, facts and counts for rows in any order', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.infiniteStream(fc.nat()), async (lines, random) => {
        const shuffled = lines
          .map((line) => ({ line, at: random.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ line }) => line)
        const one = essence(await settleFiles(STUDY, { 'a.csv': text(lines) }))
        expect(essence(await settleFiles(STUDY, { 'a.csv': text(shuffled) }))).toEqual(one)
      }),
      { numRuns: 60 },
    )
  })

  it('gives the same records, facts and counts however rows are spread over files, and for files in any order', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.array(fc.nat({ max: 2 }), { minLength: 40, maxLength: 40 }), async (lines, where) => {
        const files = [0, 1, 2].map((file) => lines.filter((_, i) => where[i] === file))
        const names = files.map((part, i) => [`f${i}.csv`, text(part)] as const).filter((_, i) => files[i].length > 0)
        const one = essence(await settleFiles(STUDY, { 'a.csv': text(lines) }))
        expect(essence(await settleFiles(STUDY, Object.fromEntries(names)))).toEqual(one)
        expect(essence(await settleFiles(STUDY, Object.fromEntries([...names].reverse())))).toEqual(one)
      }),
      { numRuns: 60 },
    )
  })

  it('gives the same dataset, findings included, for any number of threads', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 20, max: 200 }), fc.nat({ max: 4 }), async (rows, bytes, gap) => {
        // A blank line after every few rows: lines do not simply follow one another.
        const lines = rows.map((line, i) => (gap > 0 && i % gap === 0 ? `${line}\n` : line))
        const one = await validateText(STUDY, 'a.csv', text(lines))
        const many = await validateText(STUDY, 'a.csv', text(lines), 3, bytes)
        if (one.kind !== 'dataset' || many.kind !== 'dataset') throw new Error('refused')
        const { findings, ...dataset } = one.pieces[0]
        const { findings: others, ...other } = many.pieces[0]
        expect(other).toEqual(dataset)
        expect(
          listOf(others)
            .map((finding) => JSON.stringify(finding))
            .sort(),
        ).toEqual(
          listOf(findings)
            .map((finding) => JSON.stringify(finding))
            .sort(),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('uses each day of a subject once, and every row has one fate', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('byName', 'laterWins'), async (lines, uploads) => {
        const half = Math.ceil(lines.length / 2)
        const files = { 'a.csv': text(lines.slice(0, half)), 'b.csv': text(lines.slice(half)) }
        const { settled, inForce } = await settleFiles(
          studyOf(yaml(uploads)),
          lines.length > 1 ? files : { 'a.csv': files['a.csv'] },
        )
        const days = plainRows(settled.diary, settled.subjects).map(({ subject, day }) => `${subject} ${day}`)
        expect(new Set(days).size).toBe(days.length)
        const { read, used, quarantined, excluded } = settled.counts
        expect(used + quarantined + Object.values(excluded).reduce((sum, n) => sum + n, 0)).toBe(read)
        expect(read).toBe(inForce.reduce((sum, { dataset }) => sum + dataset.counts.used, 0))
      }),
      { numRuns: 60 },
    )
  })
})

const SEIZURES = studyOf(`
study: laws
condition: other
responders: { missing: OC }
primary: { parameter: SEIZ, visit: 2 }
sources:
  - files: "*.csv"
    layout: visits
    columns: { subject: id, phase: phase, visit: period, value: { column: y, parameter: SEIZ } }
    values:
      SEIZ:
        label: Seizures
        unit: n/28 d
        direction: lower-is-better
        perDays: 28
        days: 14
        visits: { 0: { column: base, days: 56 }, 1: {}, 2: {} }
`)
const visit = fc
  .tuple(
    fc.constantFrom('A', 'B'),
    fc.constantFrom('1', '2', ''),
    fc.constantFrom('11', '6', ''),
    fc.constantFrom('1', '2', '3'),
    fc.constantFrom('5', '7', '', 'x'),
  )
  .map((cells) => cells.join(','))

describe('laws of values per visit', () => {
  it('gives the same values and counts for rows in any order and any number of threads', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(visit, { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 8, max: 60 }),
        async (lines, bytes) => {
          const text = (rows: readonly string[]) => `id,phase,base,period,y\n${rows.join('\n')}\n`
          const one = await settleFiles(SEIZURES, { 'a.csv': text(lines) })
          const other = await settleFiles(SEIZURES, { 'a.csv': text([...lines].reverse()) })
          const plain = ({ settled }: SettledFiles) => plainRows(settled.values, settled.subjects)
          expect(plain(other)).toEqual(plain(one))
          expect(other.settled.counts.read).toBe(one.settled.counts.read)
          expect(other.inForce[0].dataset.counts).toEqual(one.inForce[0].dataset.counts)
          const many = await validateText(SEIZURES, 'a.csv', text(lines), 3, bytes)
          if (many.kind !== 'dataset') throw new Error(many.code)
          const { findings: _, ...dataset } = one.inForce[0].dataset
          const { findings: __, ...same } = many.pieces[0]
          expect(same).toEqual(dataset)
        },
      ),
      { numRuns: 80 },
    )
  })
})
