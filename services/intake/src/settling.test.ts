import { describe, expect, it } from 'vitest'
import { Settling } from './settling.ts'

const file = (size: number, mtimeMs = 1_000) => ({ path: '/drop/a.csv', size, mtimeMs })

describe('a file in the drop folder', () => {
  it('is finished when two looks far enough apart find it equal', () => {
    const settling = new Settling(100)
    expect(settling.look([file(5)], 0).finished).toEqual([])
    expect(settling.look([file(5)], 99).finished).toEqual([])
    expect(settling.look([file(5)], 100).finished).toEqual([file(5)])
  })

  it('begins anew whenever size or time differ, also when the time goes back', () => {
    const settling = new Settling(100)
    settling.look([file(5, 2_000)], 0)
    expect(settling.look([file(6, 2_000)], 100).finished).toEqual([])
    expect(settling.look([file(6, 1_000)], 200).finished).toEqual([])
    expect(settling.look([file(6, 1_000)], 300).finished).toHaveLength(1)
  })

  it('is forgotten when it was gone for one look', () => {
    const settling = new Settling(100)
    settling.look([file(5)], 0)
    settling.look([], 50)
    expect(settling.look([file(5)], 200).finished).toEqual([])
    expect(settling.age('/drop/a.csv', 260)).toBe(60)
  })
})
