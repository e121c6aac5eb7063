import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isZone, zone } from './zones.ts'

const wall = (text: string): number => Date.parse(`${text}Z`)
const utc = (text: string): number => Date.parse(text)

describe('a home zone', () => {
  const berlin = zone('Europe/Berlin')

  it('reads an afternoon in winter and in summer as written', () => {
    expect(berlin.fromWall(wall('2026-01-15T14:00'))).toEqual({
      utc: utc('2026-01-15T14:00+01:00'),
      offsetMinutes: 60,
      kind: 'exact',
    })
    expect(berlin.fromWall(wall('2026-07-15T14:00'))).toEqual({
      utc: utc('2026-07-15T14:00+02:00'),
      offsetMinutes: 120,
      kind: 'exact',
    })
  })

  it('takes the earlier of two hours when clocks go back', () => {
    expect(berlin.fromWall(wall('2026-10-25T02:30'))).toEqual({
      utc: utc('2026-10-25T02:30+02:00'),
      offsetMinutes: 120,
      kind: 'twice',
    })
    expect(berlin.fromWall(wall('2026-10-25T03:00')).kind).toBe('exact')
    expect(berlin.fromWall(wall('2026-10-25T01:59')).kind).toBe('exact')
  })

  it('shifts an hour that does not exist forward by the gap', () => {
    // 02:30 on 2026-03-29 does not exist; one hour later is 03:30 summer time, 01:30 UTC.
    expect(berlin.fromWall(wall('2026-03-29T02:30'))).toEqual({
      utc: utc('2026-03-29T03:30+02:00'),
      offsetMinutes: 120,
      kind: 'skipped',
    })
    expect(berlin.fromWall(wall('2026-03-29T03:00')).kind).toBe('exact')
    expect(berlin.fromWall(wall('2026-03-29T01:59')).kind).toBe('exact')
  })

  it('knows the half hour of Lord Howe and the day Samoa left out', () => {
    expect(zone('Australia/Lord_Howe').fromWall(wall('2026-10-04T02:15'))).toEqual({
      utc: utc('2026-10-04T02:45+11:00'),
      offsetMinutes: 660,
      kind: 'skipped',
    })
    expect(zone('Pacific/Apia').fromWall(wall('2011-12-30T12:00')).kind).toBe('skipped')
    expect(zone('Pacific/Apia').fromWall(wall('2011-12-31T00:00'))).toEqual({
      utc: utc('2011-12-31T00:00+14:00'),
      offsetMinutes: 840,
      kind: 'exact',
    })
  })

  it('leads from an instant to its wall clock and back, except in the hour that exists twice', () => {
    const instants = fc.integer({ min: utc('1980-01-01T00:00Z'), max: utc('2040-01-01T00:00Z') })
    const names = fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Africa/Casablanca', 'Asia/Kathmandu')
    fc.assert(
      fc.property(names, instants, (name, instant) => {
        const home = zone(name)
        const back = home.fromWall(instant + home.offsetAt(instant) * 60_000)
        if (back.kind === 'exact') expect(back.utc).toBe(instant)
        else expect(back.kind).toBe('twice')
      }),
    )
  })

  it('never throws on an instant at the end of what a clock can hold', () => {
    expect(berlin.fromWall(8.64e15).kind).toBe('exact')
    expect(berlin.offsetAt(-8.64e15 - 5)).toBe(53)
  })
})

describe('zone names', () => {
  it('accepts names of the time-zone database and nothing else', () => {
    expect(['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires'].every(isZone)).toBe(true)
    expect(['Europe/Berlim', '', '+01:00', 'CET+1', 'Europe', '__proto__'].some(isZone)).toBe(false)
  })
})
