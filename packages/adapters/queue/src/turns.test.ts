import { expect, it } from 'vitest'
import { Turns } from './turns.ts'

it('a step that was lost with its worker once runs alone', async () => {
  const turns = new Turns()
  const together: string[] = []
  const running = new Set<string>()
  const run = (name: string, suspect: boolean) =>
    turns.take(suspect, async () => {
      running.add(name)
      await new Promise((resolve) => setTimeout(resolve, 5))
      together.push([...running].sort().join('+'))
      running.delete(name)
    })
  await Promise.all([run('a', false), run('b', false), run('suspect', true), run('c', false), run('d', true)])
  expect(together.filter((names) => names.includes('suspect'))).toEqual(['suspect'])
  expect(together.filter((names) => names.includes('d'))).toEqual(['d'])
  expect(together).toHaveLength(5)
  expect(together.some((names) => names.includes('+'))).toBe(true)
})

it('lets the next in when a step throws', async () => {
  const turns = new Turns()
  await expect(turns.take(true, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await turns.take(true, async () => 1)).toBe(1)
})

it('a suspect gets its turn although others keep coming', async () => {
  const turns = new Turns()
  let begun = 0
  const pause = () => new Promise((resolve) => setTimeout(resolve, 2))
  const stream = async (): Promise<void> => {
    while (begun < 100) {
      begun++
      await turns.take(false, pause)
    }
  }
  const streams = [stream(), pause().then(stream)] // never both at rest at once
  await turns.take(true, pause)
  expect(begun).toBeLessThan(10)
  await Promise.all(streams)
})
