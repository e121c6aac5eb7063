import { describe, expect, it } from 'vitest'
import { INSTRUMENTS, instrumentOf } from './catalogue.ts'
import { all } from './form.fixture.ts'
import { allowedIn } from './item.ts'
import type { Score } from './score.ts'
import { scoreBand } from './score-band.ts'

const scores = INSTRUMENTS.flatMap((instrument) => instrument.scores)
const unique = (texts: readonly string[]) => [...new Set(texts)]

/** Every code of section 7 of the endpoint definitions, range and direction, typed from there. */
const EXPECTED = `
  HIT6 36 78 low, MIDAS 0 276 low, MIDASA 0 92 low, MIDASB 0 10 low, MSQRR 0 100 high, MSQRP 0 100 high, MSQEF 0 100 high,
  MPFEA 0 100 low, MPFPI 0 100 low, FIQ 0 100 low, FIQR 0 100 low, BPISEV 0 10 low, BPIINT 0 10 low, PHQ9 0 27 low,
  GAD7 0 21 low, HADSA 0 21 low, HADSD 0 21 low, BDI2 0 63 low, PGIC 1 7 low, WPI 0 19 low, SSS 0 12 low, FSS 0 31 low,
  FM2016 0 1 low, FM2011 0 1 low, PDQ -1 38 low, DN4 0 10 low, DN4I 0 7 low, NPSI 0 100 low, NPSIB 0 10 low, NPSIP 0 10 low,
  NPSIX 0 10 low, NPSIE 0 10 low, NPSID 0 10 low, ISI 0 28 low, PSQI 0 21 low, PCS 0 52 low, PCSRUM 0 16 low,
  PCSMAG 0 12 low, PCSHLP 0 24 low, SFPF 0 100 high, SFRP 0 100 high, SFRE 0 100 high, SFVT 0 100 high, SFMH 0 100 high,
  SFSF 0 100 high, SFBP 0 100 high, SFGH 0 100 high, EQ5D null 1 high, EQVAS 0 100 high`
  .split(',')
  .map((text) => text.trim())

const describeScore = ({ code, lowest, highest, direction }: Score) =>
  `${code} ${lowest} ${highest} ${direction === 'lower-is-better' ? 'low' : 'high'}`

describe('the catalogue', () => {
  it('holds every score of the definitions with its range and direction', () => {
    const computed = scores.filter(({ code, kind }) => kind !== 'external' && !/^PR.{4}T$/.test(code))
    expect(computed.map(describeScore).sort()).toEqual([...EXPECTED].sort())
  })

  it('has instruments of their own code, in byte order, found by it', () => {
    const codes = INSTRUMENTS.map(({ code }) => code)
    expect(codes).toEqual(unique(codes).sort())
    for (const code of codes) expect(code).toMatch(/^[A-Z][A-Z0-9]{1,7}$/)
    expect(codes.map((code) => instrumentOf(code)?.code)).toEqual(codes)
    expect(instrumentOf('HIT7')).toBeUndefined()
  })

  it('has scores of their own code and label: 8 letters and digits, 40 characters', () => {
    const codes = scores.map(({ code }) => code)
    expect(codes).toEqual(unique(codes))
    for (const { code, label } of scores) {
      expect(code).toMatch(/^[A-Z][A-Z0-9]{0,7}$/)
      expect(label.length, label).toBeLessThanOrEqual(40)
    }
    expect(unique(scores.map(({ label }) => label))).toHaveLength(scores.length)
  })

  it('says of every score what it is and where that stands, in at most 200 characters', () => {
    for (const { code, definition, formula, source, mark, missingRule, minAnswered, kind } of scores) {
      for (const text of [definition, formula, source, missingRule]) {
        expect(text.length, code).toBeGreaterThan(5)
        expect(text.length, code).toBeLessThanOrEqual(200)
      }
      expect(mark).toMatch(/^\[(C \d+|L|P)\]$/)
      expect(minAnswered > 0, code).toBe(kind !== 'external')
    }
  })

  it('says of every instrument its title, its licence and its versions, the first of which is a form without one', () => {
    for (const { code, title, licence, licenceNote, versions, freeVersions } of INSTRUMENTS) {
      expect(title.length, code).toBeGreaterThan(5)
      expect(/copyright|licen[cs]e|permission|permitted/i.test(licenceNote) || licence === 'free', code).toBe(true)
      expect(licenceNote.length, code).toBeGreaterThan(5)
      expect(versions, code).toEqual(unique(versions))
      expect(versions.length, code).toBeGreaterThan(0)
      expect(
        freeVersions.filter((version) => !versions.includes(version)),
        code,
      ).toEqual([])
    }
  })

  it('asks for a licence exactly where the definitions do', () => {
    const free = INSTRUMENTS.filter(({ licence }) => licence === 'free').map(({ code }) => code)
    expect(free).toEqual(['FIQ', 'FIQR', 'FMCRIT', 'GAD7', 'PGIC', 'PHQ9'])
    expect(INSTRUMENTS.filter(({ freeVersions }) => freeVersions.length > 0).map(({ code }) => code)).toEqual(['SF36'])
  })

  it('has items of lower-case ids, each once, whose versions are those of the instrument', () => {
    for (const { code, items, versions } of INSTRUMENTS) {
      const ids = items.map(({ id }) => id)
      expect(ids, code).toEqual(unique(ids))
      for (const { id, byVersion } of items) {
        expect(id, code).toMatch(/^[a-z0-9]+$/)
        expect(
          Object.keys(byVersion).filter((version) => !versions.includes(version)),
          code,
        ).toEqual([])
      }
    }
  })

  it('needs a version named wherever versions differ in their items', () => {
    for (const { code, items, versions, needsVersion } of INSTRUMENTS) {
      const differ = items.some((item) => unique(versions.map((v) => JSON.stringify(allowedIn(item, v)))).length > 1)
      expect(needsVersion || !differ, code).toBe(true)
    }
  })

  it('has bands that begin at the lowest score and rise, so that every score lies in one', () => {
    for (const score of scores) {
      for (const bands of [score.bands, score.finerBands].filter(({ length }) => length > 0)) {
        expect(bands[0]?.from, score.code).toBe(score.lowest)
        const limits = bands.map(({ from }) => from)
        expect(limits, score.code).toEqual([...limits].sort((a, b) => a - b))
        expect(new Set(limits).size, score.code).toBe(limits.length)
        expect((limits.at(-1) as number) <= (score.highest ?? 0), score.code).toBe(true)
        expect(unique(bands.map(({ label }) => label))).toHaveLength(bands.length)
      }
      expect(scoreBand(score, (score.lowest ?? 0) - 1)).toBeNull()
      expect(scoreBand(score, Number.NaN)).toBeNull()
    }
  })

  it('has thresholds of change that point to the better side, and others inside the range', () => {
    const found = scores.flatMap((score) => score.thresholds.map((threshold) => ({ score, ...threshold })))
    expect(found.length).toBeGreaterThan(20)
    for (const { score, kind, value, text, source, unit } of found) {
      expect([text, source].every(({ length }) => length > 5 && length <= 200)).toBe(true)
      if (kind === 'cut-off' || kind === 'remission') {
        expect(value > (score.lowest ?? 0) && value <= (score.highest ?? 0), score.code).toBe(true)
      } else {
        expect(Math.sign(value), score.code).toBe(score.direction === 'lower-is-better' ? -1 : 1)
        expect(unit === '%' || Math.abs(value) < (score.highest ?? 0), score.code).toBe(true)
      }
    }
  })

  it('names versions and tables of scores that are there', () => {
    for (const { scores: own, versions, table } of INSTRUMENTS) {
      for (const score of own) expect(score.versions?.every((v) => versions.includes(v)) ?? true).toBe(true)
      const codes = own.map(({ code }) => code)
      expect(table?.scores.every((code) => codes.includes(code)) ?? true).toBe(true)
    }
  })

  it('has no score for an empty form', () => {
    for (const { code, items, scores: own, score, check, events, versions, options } of INSTRUMENTS) {
      const answers = Float64Array.from(all(items.length, Number.NaN))
      const into = new Float64Array(own.length).fill(Number.NaN)
      const choices = Object.fromEntries(options.map((option) => [option.id, option.choices[0] as string]))
      for (const version of versions) score(answers, into, { version, choices, table: null })
      expect([...into], code).toEqual(all(own.length, Number.NaN))
      expect([check(answers), events(answers)], code).toEqual([null, []])
    }
  })
})
