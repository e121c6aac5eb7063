import { describe, expect, it } from 'vitest'
import { wilsonInterval } from './wilson.ts'

describe('the Wilson interval', () => {
  it('gives the limits Newcombe prints: 81 of 263 have 0.2553 to 0.3662, 15 of 148 have 0.0624 to 0.1605', () => {
    // Newcombe, Stat Med 1998;17:857-872, table I, method 3
    const many = wilsonInterval(81, 263)
    expect(many?.lower).toBeCloseTo(0.2553, 4)
    expect(many?.upper).toBeCloseTo(0.3662, 4)
    const few = wilsonInterval(15, 148)
    expect(few?.lower).toBeCloseTo(0.0624, 4)
    expect(few?.upper).toBeCloseTo(0.1605, 4)
  })

  it('starts at 0 for none and ends at 1 for all: 0 of 20 up to 0.1611, 29 of 29 from 0.8830', () => {
    expect(wilsonInterval(0, 20)).toMatchObject({ estimate: 0, lower: 0 })
    expect(wilsonInterval(0, 20)?.upper).toBeCloseTo(0.1611, 4)
    expect(wilsonInterval(29, 29)).toMatchObject({ estimate: 1, upper: 1 })
    expect(wilsonInterval(29, 29)?.lower).toBeCloseTo(0.883, 4)
  })

  it('has no answer without anybody', () => {
    expect(wilsonInterval(0, 0)).toBeNull()
  })
})
