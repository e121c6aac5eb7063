import { describe, expect, it } from 'vitest'
import { sessionCharge } from './session-charge.ts'

describe('the charge of a session', () => {
  it('of 2 min at 2 mA, 250 us and 25 Hz is 1.5 mC', () => {
    // 2 mA x 250 us = 500 nC a pulse; 25 a second for 120 s are 3000 pulses; 500 nC x 3000 = 1.5 mC
    expect(sessionCharge(2, { current: 2, pulseWidth: 250, frequency: 25, onShare: 1 })).toBeCloseTo(1.5, 12)
  })

  it('is that of the time pulses run: 30 s on in 5 min (share 0.1) gives a tenth', () => {
    expect(sessionCharge(2, { current: 2, pulseWidth: 250, frequency: 25, onShare: 0.1 })).toBeCloseTo(0.15, 12)
  })

  it('is not known where a setting of the device is not', () => {
    expect(sessionCharge(2, { current: Number.NaN, pulseWidth: 250, frequency: 25, onShare: 1 })).toBeNaN()
  })
})
