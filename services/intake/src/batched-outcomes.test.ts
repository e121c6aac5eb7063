import type { Outcome } from '@afferent/pipeline'
import { expect, it } from 'vitest'
import { batchedOutcomes } from './batched-outcomes.ts'

it('asks at once, and together for all who come while a question is open', async () => {
  const asked: number[][] = []
  const outcomesOf = batchedOutcomes(async (_, numbers) => {
    asked.push([...numbers])
    await new Promise((resolve) => setTimeout(resolve, 20))
    return new Map(numbers.map((number): [number, Outcome] => [number, { kind: 'superseded', by: number }]))
  })
  const first = outcomesOf('trial', [1])
  await new Promise((resolve) => setTimeout(resolve, 5))
  const [second, third] = [outcomesOf('trial', [2, 3]), outcomesOf('trial', [3, 4])]
  const answers = await Promise.all([first, second, third, outcomesOf('other', [9])])
  expect(asked.sort((a, b) => (a[0] as number) - (b[0] as number))).toEqual([[1], [2, 3, 4], [9]])
  expect(answers[2]?.get(4)).toEqual({ kind: 'superseded', by: 4 })
})

it('lets a later question through after one has failed', async () => {
  let calls = 0
  const outcomesOf = batchedOutcomes(async () => {
    if (++calls === 1) throw new Error('disk')
    return new Map()
  })
  await expect(outcomesOf('trial', [1])).rejects.toThrow('disk')
  expect(await outcomesOf('trial', [1])).toEqual(new Map())
})
