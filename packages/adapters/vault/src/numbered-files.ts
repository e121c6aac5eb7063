import { join } from 'node:path'
import type { FlushFolder } from './batched-flush.ts'
import type { Disk } from './disk.ts'
import { linkNew } from './link-new.ts'
import type { TemporaryNames } from './temporary.ts'
import { systemCode } from './vault-error.ts'
import { writeHashed } from './write-hashed.ts'

/**
 * A folder of JSON files `1.json`, `2.json`, ... without gaps, each claimed by exclusive creation: two writers never share
 * a number, and number n + 1 is only ever claimed after number n is there, so a reader who knows n misses nothing.
 */
export interface NumberedFiles {
  /** Writes the next free number, flushed. */
  append(value: unknown): Promise<number>
  /** Writes exactly this number, flushed. False: somebody has it. */
  claim(number: number, value: unknown): Promise<boolean>
  /** Numbers present, ascending. */
  numbers(): Promise<number[]>
  /** undefined: no such number. null: the writer died before the last byte, the number means nothing. */
  read(number: number): Promise<unknown>
  removeBelow(number: number): Promise<void>
}

interface Tools {
  readonly disk: Disk
  readonly temporary: TemporaryNames
  readonly flushFolder: FlushFolder
}

const TORN_LOOKS = 5
const TORN_PAUSE_MS = 20

export function numberedFiles(folder: string, { disk, temporary, flushFolder }: Tools): NumberedFiles {
  let highestKnown = 0
  let turn: Promise<unknown> = Promise.resolve()
  let made: Promise<void> | null = null

  const pathOf = (number: number): string => join(folder, `${number}.json`)

  /** Numbers are linked one after another, although their bytes are written at the same time. */
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const mine = turn.then(act)
    turn = mine.catch(() => undefined)
    return mine
  }

  const makeFolder = (): Promise<void> => {
    made ??= makeFlushed().catch((error: unknown) => {
      made = null
      throw error
    })
    return made
  }

  const makeFlushed = async (): Promise<void> => {
    await disk.makeFolder(folder)
    await flushFolder(join(folder, '..'))
  }

  const numbers = async (): Promise<number[]> => {
    const entries = await disk.list(folder).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return []
      throw error
    })
    const found: number[] = []
    for (const { name } of entries) if (/^[1-9]\d*\.json$/.test(name)) found.push(Number.parseInt(name, 10))
    return found.sort((a, b) => a - b)
  }

  /** Runs `place` with a flushed temporary file that holds the value. */
  const withFile = async <T>(value: unknown, place: (path: string) => Promise<T>): Promise<T> => {
    await makeFolder()
    const path = temporary.next()
    await writeHashed(disk, path, [new TextEncoder().encode(`${JSON.stringify(value)}\n`)], true)
    try {
      const placed = await place(path)
      await flushFolder(folder)
      return placed
    } finally {
      await disk.unlink(path).catch(() => undefined)
    }
  }

  const linkNext = async (path: string): Promise<number> => {
    if (highestKnown === 0) highestKnown = (await numbers()).at(-1) ?? 0
    while (!(await linkNew(disk, path, pathOf(highestKnown + 1)))) {
      highestKnown = Math.max(highestKnown + 1, (await numbers()).at(-1) ?? 0)
    }
    return ++highestKnown
  }

  const read = async (number: number): Promise<unknown> => {
    for (let look = 1; ; look++) {
      const text = await readText(disk, pathOf(number))
      if (text === undefined) return undefined
      if (text.endsWith('\n')) return JSON.parse(text)
      if (look === TORN_LOOKS) return null
      await new Promise((resolve) => setTimeout(resolve, TORN_PAUSE_MS))
    }
  }

  return {
    append: (value) => withFile(value, (path) => inTurn(() => linkNext(path))),
    claim: (number, value) => withFile(value, (path) => linkNew(disk, path, pathOf(number))),
    numbers,
    read,
    async removeBelow(number) {
      for (const each of await numbers()) if (each < number) await disk.unlink(pathOf(each)).catch(() => undefined)
    },
  }
}

async function readText(disk: Disk, path: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await disk.read(path))
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}
