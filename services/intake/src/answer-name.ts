import { createHash } from 'node:crypto'
import { basename, dirname, join } from 'node:path'

/** Longest name of one file on the usual disks, in bytes. */
const MAX_BYTES = 255
/** `.receipt.json` and `.findings.csv` have the same length. */
const ANSWER_ENDING = '.receipt.json'.length

/** `diary.csv` taken, number 17 -> `diary.17.csv`; taken as well -> `diary.17-2.csv`. */
export function numberedName(path: string, number: number | null, attempt: number): string {
  if (attempt === 0) return path
  const mark = number === null ? `${attempt + 1}` : attempt === 1 ? `${number}` : `${number}-${attempt}`
  const { stem, ending } = split(basename(path))
  return join(dirname(path), fit(`${stem}.${mark}`, ending, MAX_BYTES))
}

/** The name answers are written under: the file's own, or shortened with its hash where the answers' names would not fit. */
export function answerBase(name: string): string {
  const { stem, ending } = split(name)
  return fit(stem, ending, MAX_BYTES - ANSWER_ENDING)
}

function split(name: string): { stem: string; ending: string } {
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? { stem: name, ending: '' } : { stem: name.slice(0, dot), ending: name.slice(dot) }
}

function fit(stem: string, ending: string, maxBytes: number): string {
  const whole = stem + ending
  if (Buffer.byteLength(whole) <= maxBytes) return whole
  const kept = Buffer.byteLength(ending) > 20 ? '' : ending
  const tail = `~${createHash('sha256').update(whole).digest('hex').slice(0, 8)}${kept}`
  let room = maxBytes - Buffer.byteLength(tail)
  let short = ''
  for (const char of stem) {
    room -= Buffer.byteLength(char)
    if (room < 0) break
    short += char
  }
  return short + tail
}
