/**
 * Rows/s from the bytes of a daily diary to a validated dataset and settled records, with one thread and with two, rows in
 * order and shuffled. Checks counts and sums before it prints a time. `node tests/bench/by-hand/validate.ts [rows]`
 */

import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCompute } from '@afferent/compute'
import { parseStudy } from '@afferent/study'
import { settle, studyFacts, subjectsOf, validateFile } from '@afferent/validation'

const ROWS = Number(process.argv[2] ?? 2_000_000)
const ROUNDS = 3
const DAYS = 140
const HEADER = 'subject,date,headache,severity,hours,pain,nausea,photophobia,triptan,nsaid,submitted,arm'

const STUDY = `
study: bench
preset: migraine-prevention
timezone: Europe/Berlin
arms: { A: { name: Active }, P: { name: Placebo, reference: true } }
sources:
  - files: "*.csv"
    layout: daily
    columns:
      subject: subject
      date: date
      headache: headache
      severity: severity
      hours: hours
      painAvg: pain
      nausea: nausea
      photophobia: photophobia
      triptan: triptan
      nsaid: nsaid
      submitted: submitted
      arm: arm
      treatmentStart: { constant: "2024-01-29" }
`

interface Truth {
  readonly headache: number
  readonly hours: number
}

function random(): (n: number) => number {
  let seed = 1
  return (n) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    return (seed >> 8) % n
  }
}

/** Rows by subject and day, or scattered: a stride that is prime to their number visits each once. */
async function generate(path: string, rows: number, scattered: boolean): Promise<Truth> {
  const out = createWriteStream(path)
  const next = random()
  const dates = Array.from({ length: DAYS }, (_, day) =>
    new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10),
  )
  let headache = 0
  let tenths = 0
  let chunk: string[] = [HEADER]
  const stride = scattered ? 1_000_003 : 1
  for (let i = 0; i < rows; i++) {
    const row = (i * stride) % rows
    const subject = Math.floor(row / DAYS)
    const date = dates[row % DAYS]
    const has = next(3) === 0
    const hours = has ? 1 + next(239) : 0
    if (has) headache++
    tenths += hours
    const head = `S${100_001 + subject},${date},${has ? 'Y' : 'N'},${has ? 1 + next(3) : 0},${hours / 10}`
    const flags = `${has ? 1 + next(10) : 0},${next(2)},${next(2)},${next(3) >> 1},${next(2)}`
    chunk.push(`${head},${flags},${date}T2${next(4)}:${10 + next(50)}:00,${subject % 2 === 0 ? 'A' : 'P'}`)
    if (chunk.length < 20_000) continue
    if (!out.write(`${chunk.join('\n')}\n`)) await once(out, 'drain')
    chunk = []
  }
  out.end(`${chunk.join('\n')}\n`)
  await once(out, 'finish')
  return { headache, hours: tenths / 10 }
}

async function main(): Promise<void> {
  const parsed = parseStudy(STUDY, 'bench/study.yaml')
  if (parsed.kind !== 'study') throw new Error(JSON.stringify(parsed.findings))
  const study = parsed.study.analytic
  const folder = mkdtempSync(join(tmpdir(), 'afferent-bench-'))
  try {
    for (const scattered of [false, true]) {
      const path = join(folder, 'diary.csv')
      const truth = await generate(path, ROWS, scattered)
      for (const threads of [1, 2]) {
        const compute = openCompute({ threads })
        for (let round = 0; round < ROUNDS; round++) {
          const from = performance.now()
          const cpu = process.cpuUsage()
          const validated = await validateFile({ ref: { kind: 'file', path }, name: 'diary.csv', study, compute })
          const read = performance.now()
          const spent = process.cpuUsage(cpu)
          if (validated.kind !== 'dataset') throw new Error(`refused: ${validated.code}`)
          const inForce = validated.pieces.map((dataset) => ({ number: 1, file: 'diary.csv', dataset }))
          const { facts } = studyFacts(inForce, study)
          const settled = settle(inForce, subjectsOf(inForce), study, facts)
          const done = performance.now()
          check(settled.diary?.columns, truth, settled.counts.used)
          const perSecond = (ms: number) => `${Math.round(ROWS / ms).toLocaleString('en-US')}k rows/s`
          const memory = Math.round(process.resourceUsage().maxRSS / 1024)
          console.log(
            `${scattered ? 'scattered' : 'in order '} ${threads} thread(s): validate ${Math.round(read - from)} ms, ` +
              `${perSecond(read - from)}, ${Math.round((spent.user + spent.system) / 1000)} ms of all cores; settle ${Math.round(done - read)} ms, ${perSecond(done - read)}; peak ${memory} MB`,
          )
        }
        await compute.close()
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Sums {
  readonly headache?: { readonly values: Uint8Array }
  readonly hours?: { readonly values: Float64Array }
}

function check(columns: Sums | undefined, truth: Truth, used: number): void {
  const headache = columns?.headache?.values.reduce((sum, value) => sum + value, 0) ?? 0
  const hours = columns?.hours?.values.reduce((sum, value) => sum + value, 0) ?? 0
  if (used !== ROWS || headache !== truth.headache || Math.abs(hours - truth.hours) > 1e-6 * truth.hours) {
    throw new Error(`wrong answer: ${used} rows, ${headache} headache days, ${hours} hours`)
  }
}

await main()
