import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BenchData } from './data.ts'

/** Forms in which the same diary arrives, and how much longer each may take than the plain file. */
export const FORMS = [
  { name: 'shuffled', says: 'rows in any order', most: 1.6 },
  { name: 'quoted', says: 'every cell quoted', most: 1.3 },
  { name: 'semicolon', says: 'semicolons and decimal commas', most: 1.2 },
  { name: 'utf-16', says: 'UTF-16', most: 1.6 },
] as const
export type Form = (typeof FORMS)[number]['name']

/** The diary in another form, made once and kept beside it under the name that the study file expects. */
export async function formOf(data: BenchData, form: Form): Promise<string> {
  const path = join(data.folder, '..', `${data.name}-${form}`, 'simulated-migraine-diary.csv')
  if (existsSync(path)) return path
  await mkdir(dirname(path), { recursive: true })
  const file = await open(`${path}.unfinished`, 'w')
  for await (const part of MAKE[form](data.diary)) await file.writeFile(part)
  await file.close()
  await rename(`${path}.unfinished`, path)
  return path
}

const MAKE: Readonly<Record<Form, (diary: string) => AsyncIterable<Uint8Array>>> = {
  shuffled,
  quoted: (diary) => byBytes(diary, quotedLine),
  semicolon: (diary) => byBytes(diary, (text) => text.replaceAll(',', ';').replaceAll('.', ',')),
  async *'utf-16'(diary) {
    yield Buffer.from([0xff, 0xfe])
    yield* byBytes(diary, (text) => Buffer.from(text, 'utf16le'))
  },
}

const quotedLine = (lines: string): string =>
  lines === '' ? '' : `"${lines.slice(0, -1).replaceAll(',', '","').replaceAll('\n', '"\n"')}"\n`

/** Whole lines at a time, about a megabyte. */
async function* byBytes(diary: string, change: (lines: string) => string | Buffer): AsyncIterable<Uint8Array> {
  let rest = ''
  for await (const part of createReadStream(diary, { highWaterMark: 1 << 20 })) {
    const text = rest + (part as Buffer).toString('latin1')
    const end = text.lastIndexOf('\n') + 1
    rest = text.slice(end)
    const changed = change(text.slice(0, end))
    yield typeof changed === 'string' ? Buffer.from(changed, 'latin1') : changed
  }
}

/** Rows in an order that is the same every time. */
async function* shuffled(diary: string): AsyncIterable<Uint8Array> {
  const bytes = await readFile(diary)
  const starts: number[] = []
  for (let at = 0; at < bytes.length; at = bytes.indexOf(10, at) + 1) starts.push(at)
  yield bytes.subarray(0, starts[1])
  const order = Uint32Array.from({ length: starts.length - 1 }, (_, i) => i + 1)
  let seed = 20260103
  for (let i = order.length - 1; i > 0; i--) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    const other = Math.floor((seed / 2 ** 32) * (i + 1))
    const kept = order[i] as number
    order[i] = order[other] as number
    order[other] = kept
  }
  for (let from = 0; from < order.length; from += 10_000) {
    const lines = Array.from(order.subarray(from, from + 10_000), (line) =>
      bytes.subarray(starts[line], starts[line + 1]),
    )
    yield Buffer.concat(lines)
  }
}
