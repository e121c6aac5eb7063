import { expect, it } from 'vitest'
import { Rings } from './rings.ts'

it('sends the first ring of each study at once', () => {
  const sent: string[] = []
  const rings = new Rings(async (study) => void sent.push(study), 1)
  void rings.ring('a')
  void rings.ring('b')
  expect(sent).toEqual(['a', 'b'])
})

it('makes one ring of all that come within the pause, sent after the last of them', async () => {
  const sent: string[] = []
  const rings = new Rings(async (study) => void sent.push(study), 5)
  const first = rings.ring('a')
  const later = [rings.ring('a'), rings.ring('a'), rings.ring('a')]
  await first
  expect(sent).toEqual(['a'])
  await Promise.all(later)
  expect(sent).toEqual(['a', 'a'])
  await rings.sent()
  expect(sent).toEqual(['a', 'a'])
})

it('says to whoever rings that his ring was not heard, and rings again for the next', async () => {
  let fails = true
  const rings = new Rings(async () => {
    if (fails) throw new Error('away')
  }, 1)
  await expect(rings.ring('a')).rejects.toThrow('away')
  fails = false
  await expect(rings.ring('a')).resolves.toBeUndefined()
})
