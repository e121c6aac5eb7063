import type { Parameter } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { describe, expect, it } from 'vitest'
import { ADAE, ADEFF, ADTTE, adslColumns, COHORT, DICTIONARY, FINDINGS } from '../index.ts'

describe('columns of result tables', () => {
  const all = [...ADEFF, ...ADTTE, ...ADAE, ...COHORT, ...FINDINGS, ...DICTIONARY]

  it('have names of at most 8 and labels of at most 40 characters, so that SAS can take them', () => {
    expect(all.length).toBeGreaterThan(90)
    const longName = 'DEFINITION' // of the dictionary table, which SAS describes in its own way
    for (const { name, label } of all) {
      if (name !== longName) expect(name.length, name).toBeLessThanOrEqual(8)
      expect(label.length, label).toBeLessThanOrEqual(40)
      expect(name).toMatch(/^[A-Z][A-Z0-9]*$/)
    }
  })

  it('are all defined and sourced', () => {
    for (const { name, definition, source } of all) {
      expect(definition, name).not.toBe('')
      expect(source, name).not.toBe('')
    }
  })

  it('stand in adeff in the order of the ADaM basic data structure', () => {
    expect(ADEFF.map(({ name }) => name).join(' ')).toBe(
      'STUDYID USUBJID TRTP TRTA PARAMCD PARAM PARCAT1 AVISIT AVISITN AWLO AWHI ADT ADY AVAL AVALC AVALU AVALCAT1 BASE ' +
        'CHG PCHG BASETYPE ABLFL NOBS NEVT DTYPE CRIT1 CRIT2 CRIT3 CRIT4 CRIT5 CRIT6 CRIT1FL CRIT2FL CRIT3FL CRIT4FL ' +
        'CRIT5FL CRIT6FL ANL01FL METHOD AREASON PROVFL',
    )
  })

  it('of adsl follow from the study file: covariates, cuts and yes/no parameters', () => {
    const study = {
      safety: null,
      covariates: [
        { name: 'STRATUM', label: 'a label that is a good deal longer than forty characters', type: 'text' },
        { name: 'HB', label: 'Haemoglobin', type: 'number' },
      ],
      responders: { cuts: [12.5, 50], missing: 'NRI', zeroBaseline: 'exclude' },
      primary: { parameter: 'MMD', visit: 3 },
      cluster: null,
    } as unknown as AnalyticStudy
    const parameters = [
      { code: 'SUSR50', label: 'Sustained 50 % response', definition: 'd', source: 's' },
    ] as Parameter[]
    const columns = adslColumns(study, parameters)
    const names = columns.map(({ name }) => name).slice(13)
    expect(names).toEqual(['STRATUM', 'HB', 'RSP12_5', 'RSP50', 'SUSR50'])
    for (const { name, label } of columns) {
      expect(name.length).toBeLessThanOrEqual(8)
      expect(label.length).toBeLessThanOrEqual(40)
    }
    const treated = adslColumns({ ...study, safety: { followUpDays: 30 } }, []).map(({ name }) => name)
    expect(treated.slice(13, 15)).toEqual(['SAFFL', 'TRTEDT'])
    expect(adslColumns({ ...study, primary: null }, []).map(({ name }) => name)).not.toContain('RSP50')
  })
})
