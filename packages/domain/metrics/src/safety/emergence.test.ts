import { describe, expect, it } from 'vitest'
import { type EventDates, emergenceOf } from './emergence.ts'

/** Stimulated from day 100 to day 160; no surgery. */
const TREATED = { first: 100, last: 160, surgery: null }
const event = (start: number | readonly [number, number] | null, more: Partial<EventDates> = {}): EventDates => ({
  start:
    start === null ? null : typeof start === 'number' ? { from: start, to: start } : { from: start[0], to: start[1] },
  end: null,
  worsened: false,
  procedural: false,
  ...more,
})
const until = (from: number, to = from) => ({ end: { from, to } })
const of = (dates: EventDates, treatment: Parameters<typeof emergenceOf>[1] = TREATED) =>
  emergenceOf(dates, treatment, 30)

describe('a treatment-emergent event', () => {
  it('begins from the first stimulation to 30 days after the last, both included', () => {
    expect(of(event(99))).toMatchObject({ emergent: false, phase: 'Before treatment' })
    expect(of(event(100))).toMatchObject({ emergent: true, phase: 'Treatment' })
    expect(of(event(190))).toMatchObject({ emergent: true, phase: 'Treatment' })
    expect(of(event(191))).toMatchObject({ emergent: false, phase: 'Follow-up' })
  })

  it('may have begun before and worsened in that time; not if it had ended, or when treatment was long over', () => {
    expect(of(event(50, { worsened: true }))).toMatchObject({ emergent: true, phase: 'Treatment', onset: 50 })
    expect(of(event(50, { worsened: true, ...until(99) }))).toMatchObject({ emergent: false })
    expect(of(event(195, { worsened: true }))).toMatchObject({ emergent: false, phase: 'Follow-up' })
  })

  it('of a partial date began on the earliest possible day, on the first stimulation where the known parts match it', () => {
    expect(of(event([110, 140])).onset).toBe(110)
    expect(of(event([90, 120]))).toMatchObject({ onset: 100, emergent: true })
    expect(of(event([60, 90]))).toMatchObject({ onset: 60, emergent: false })
  })

  it('never began after its recorded end: one that ended before the first stimulation is not emergent', () => {
    expect(of(event([90, 120], until(95)))).toMatchObject({ onset: 95, emergent: false })
    expect(of(event([90, 120], until(95, 125)))).toMatchObject({ onset: 100, emergent: true })
  })

  it('without any date began with the first stimulation, or with its end before that', () => {
    expect(of(event(null))).toMatchObject({ onset: 100, emergent: true })
    expect(of(event(null, until(80)))).toMatchObject({ onset: 80, emergent: false })
  })

  it('of the procedure counts from surgery on, in a phase of its own until the first stimulation', () => {
    const implanted = { ...TREATED, surgery: 80 }
    const wound = { procedural: true }
    expect(of(event(79, wound), implanted)).toMatchObject({ emergent: false, phase: 'Before treatment' })
    expect(of(event(80, wound), implanted)).toMatchObject({ emergent: true, phase: 'Procedure' })
    expect(of(event(99, wound), implanted)).toMatchObject({ emergent: true, phase: 'Procedure' })
    expect(of(event(100, wound), implanted)).toMatchObject({ emergent: true, phase: 'Treatment' })
    expect(of(event(90), implanted)).toMatchObject({ emergent: false, phase: 'Before treatment' })
  })

  it('is none for a subject never treated, but for the procedure of an implant never switched on', () => {
    const never = { first: null, last: 160, surgery: 80 }
    expect(of(event(110), never)).toEqual({ onset: 110, phase: null, emergent: false })
    expect(of(event(110, { procedural: true }), never)).toMatchObject({ emergent: true, phase: 'Procedure' })
  })
})
