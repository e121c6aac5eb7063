import type { Simulation, Truth } from '@afferent/simulation'
import { writeOutput } from '../analysis/output-folder.ts'
import type { Context } from '../context.ts'

export interface WrittenFile {
  readonly name: string
  readonly bytes: number
}

const encoder = new TextEncoder()
const LINES_PER_PART = 10_000

/** Writes a simulated trial into a new folder, which appears whole: its exports, its study file, and the truth. */
export async function writeTrial(context: Context, out: string, trial: Simulation): Promise<WrittenFile[]> {
  const progress = context.progress()
  const files = [...trial.files, { name: 'simulated-truth.ndjson', parts: () => truthLines(trial.truth) }]
  const written = await writeOutput(out, async (folder) => {
    const sizes: WrittenFile[] = []
    for (const { name, parts } of files) {
      progress.phase(name, null, 'bytes')
      const counted = count(parts(), context.shutdown.signal, (bytes) => progress.update(bytes))
      sizes.push({ name, bytes: (await folder.writeParts(name, counted)).bytes })
    }
    const study = encoder.encode(trial.studyYaml)
    await folder.write('study.yaml', study)
    return [...sizes, { name: 'study.yaml', bytes: study.length }]
  })
  progress.end()
  return written
}

/** Passes parts on until the person interrupts. */
function* count(parts: Iterable<Uint8Array>, signal: AbortSignal, see: (bytes: number) => void): Generator<Uint8Array> {
  let bytes = 0
  for (const part of parts) {
    signal.throwIfAborted()
    bytes += part.length
    see(bytes)
    yield part
  }
}

/** One JSON object per simulated subject: what is true of him before days are drawn. */
function* truthLines(truth: Truth): Generator<Uint8Array> {
  let lines: string[] = []
  for (const subject of truth.subjects()) {
    lines.push(JSON.stringify(subject))
    if (lines.length < LINES_PER_PART) continue
    yield encoder.encode(`${lines.join('\n')}\n`)
    lines = []
  }
  if (lines.length > 0) yield encoder.encode(`${lines.join('\n')}\n`)
}
