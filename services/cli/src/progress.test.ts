import { expect, it } from 'vitest'
import { ProgressLine } from './progress.ts'

function watch(interactive: boolean): { line: ProgressLine; written: string[]; wait: (ms: number) => void } {
  const written: string[] = []
  let now = 0
  const host = { write: (text: string) => written.push(text), interactive, columns: 200, now: () => now }
  const wait = (ms: number): void => {
    now += ms
  }
  return { line: new ProgressLine(host), written, wait }
}

it('draws a bar on a terminal: phase, share, rows a second, time left', () => {
  const { line, written, wait } = watch(true)
  line.phase('reading', 10_000_000, 'rows')
  wait(1000)
  line.update(2_500_000)
  // 2,500,000 of 10,000,000 in 1 s: 25 %, so 7,500,000 / 2,500,000 = 3 s are left; 6 of 24 cells are full.
  expect(written.at(-1)).toBe(
    `\r\u001b[2K${'█'.repeat(6)}${'░'.repeat(18)} reading 2,500,000 of 10,000,000 rows (25 %), 2,500,000 rows/s, 3 s left`,
  )
  line.end()
  expect(written.at(-1)).toBe('\r\u001b[2K')
})

it('writes one plain line every five seconds elsewhere', () => {
  const { line, written, wait } = watch(false)
  line.phase('reading', 400, 'files')
  for (let i = 1; i <= 120; i++) {
    wait(100)
    line.update(i)
  }
  expect(written).toEqual([
    'reading 50 of 400 files (12 %), 10 files/s, 35 s left\n',
    'reading 100 of 400 files (25 %), 10 files/s, 30 s left\n',
  ])
})

it('redraws at most ten times a second, and not at all after its end', () => {
  const { line, written, wait } = watch(true)
  line.phase('deriving', null, 'shards')
  const before = written.length
  for (let i = 0; i < 100; i++) {
    wait(10)
    line.update(i)
  }
  expect(written.length - before).toBe(10)
  line.end()
  const after = written.length
  wait(1000)
  line.update(101)
  expect(written.length).toBe(after)
})

it('never wraps into a second line', () => {
  const written: string[] = []
  const line = new ProgressLine({ write: (text) => written.push(text), interactive: true, columns: 40, now: () => 0 })
  line.phase('reading a long diary', 10_000_000, 'rows')
  expect((written[0] as string).replace('\r\u001b[2K', '').length).toBe(39)
})
