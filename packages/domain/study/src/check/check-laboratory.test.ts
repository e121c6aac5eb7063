import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../canonical-json.ts'
import { computedParameters } from '../computed-parameters.ts'
import { effectiveYaml } from '../effective-yaml.ts'
import { parseStudy } from '../parse/parse-study.ts'

const VISITS = 'visits: { windows: [{ from: 2, to: 28 }] }\n'
const START = 'treatmentStart: { constant: 2026-03-01 }'

function parse(text: string) {
  const parsed = parseStudy(`study: demo\n${VISITS}${text}`, 'study.yaml')
  if (parsed.kind === 'study') return { study: parsed.study, told: parsed.warnings.map(({ message }) => message) }
  return { study: null, told: parsed.findings.map(({ message }) => message) }
}

const wide = (results: string, head = 'laboratory: sqrt2\n', columns = 'subject: id, date: d') => `${head}sources:
  - files: lab.csv
    layout: measurements
    columns: { ${columns}, ${START} }
    results: ${results}
`
const long = (columns: string, more = '', head = 'laboratory: sqrt2\n') => `${head}sources:
  - files: lab.csv
    layout: measurements
    columns: { subject: id, date: d, ${START}, ${columns} }
${more}`
const rr = (columns: string, more = '', head = 'autonomic: standard\n') => `${head}sources:
  - files: '*.txt'
    layout: rr-intervals
    columns: { subject: id, date: d, ${START}, ${columns} }
${more}`

describe('a study of laboratory results', () => {
  it('is short: analytes are those that its sources name, responders are not asked for', () => {
    const { study, told } = parse(
      wide('{ CRP: { column: crp, unit: mg/dL, lloq: 0.3 }, IL6: { column: il6, unit: pg/mL } }'),
    )
    expect(told).toEqual([])
    expect(study?.analytic.laboratory).toMatchObject({ blq: 'sqrt2', analytes: [{ code: 'CRP' }, { code: 'IL6' }] })
    expect(computedParameters(study?.analytic as never).map(({ code }) => code)).toEqual([
      'CRP',
      'CRPLR',
      'IL6',
      'IL6LR',
    ])
  })

  it('takes its methods from a preset where a source feeds it, and leaves the diaries out', () => {
    const { study, told } = parse(wide('{ CRP: { column: crp, unit: mg/L } }', 'preset: fibromyalgia\n'))
    expect(told).toEqual([])
    expect(study?.analytic).toMatchObject({ laboratory: { blq: 'sqrt2' }, autonomic: null, pain: null })
  })

  it('names its method, its units and its limits (R-METH)', () => {
    const crp = '{ CRP: { column: crp, unit: mg/L } }'
    expect(parse(wide(crp, ''))).toMatchObject({
      told: expect.arrayContaining(['laboratory is missing: without a preset, name the method (sqrt2, half), or none']),
    })
    expect(parse(wide(crp, 'laboratory: { analytes: { IL6: {} } }\n')).told).toEqual([
      'laboratory.blq is missing: without a preset, name the method (sqrt2, half)',
    ])
    expect(parse(wide('{ CRP: crp }')).told).toEqual([
      'sources[0].results.CRP.unit is missing: units are converted where they are declared (known: mg/L, mg/dL, ug/mL)',
    ])
    expect(parse(wide('{ CRP: { column: crp, unit: mg/dl }, NE: { column: ne, unit: pmol/L } }')).told).toEqual([
      'sources[0].results.NE.unit is "pmol/L"; did you mean nmol/L? (known: pg/mL, ng/L, nmol/L)',
    ])
    expect(parse(wide('{ CRP: { column: crp, unit: mg/L, lloq: 3, uloq: 2 } }')).told).toEqual([
      'sources[0].results.CRP.uloq (2) does not lie above lloq (3)',
    ])
  })

  it('describes analytes of its own, and no others', () => {
    const own = 'laboratory: { blq: half, analytes: { COPEP: { label: Copeptin, unit: pmol/L } } }\n'
    const { study, told } = parse(wide('{ COPEP: { column: c, unit: pmol/L } }', own))
    expect(told).toEqual([])
    expect(study?.analytic.laboratory?.analytes).toEqual([
      { code: 'COPEP', label: 'Copeptin', unit: 'pmol/L', direction: 'none', units: { 'pmol/L': 1 } },
    ])
    expect(parse(wide('{ CPR: { column: c, unit: mg/L } }')).told[0]).toContain(
      'laboratory.analytes.CPR is an analyte of your own and needs label and unit; did you mean CRP?',
    )
    expect(parse(wide('{ CRP: { column: c, unit: mg/L } }', own.replace('COPEP', 'COPEPTI'))).told).toEqual([
      'laboratory.analytes.COPEPTI: a code has at most 6 of A-Z 0-9, a letter first',
    ])
    const twice = 'laboratory: { blq: half, analytes: { CRP: { label: C, unit: mg/dL } } }\n'
    expect(parse(wide('{ CRP: { column: c, unit: mg/dL } }', twice)).told).toEqual([
      'laboratory.analytes.CRP is described already (mg/L); the unit of an export stands under results of its source',
    ])
  })

  it('reads rows or columns, not both', () => {
    const columns = "analyte: { column: t, values: { 'IL-6': IL6 } }, value: v"
    expect(parse(long(`${columns}, unit: u`)).told).toEqual([])
    expect(parse(long(columns)).told).toEqual([
      'sources[0].columns.unit is missing: map it, give a constant, or name the units (results: { IL6: { unit: pg/mL } })',
    ])
    expect(parse(long(columns, '    results: { IL6: { unit: pg/mL, lloq: 0.5 } }\n')).told).toEqual([])
    expect(parse(long(`${columns}, unit: u`, '    results: { IL6: { lloq: 0.5 } }\n')).told).toEqual([
      'sources[0].results.IL6.unit is missing: nobody knows the unit of the limits beside it',
    ])
    expect(parse(long('analyte: t, value: v, unit: u')).told).toEqual([
      'laboratory.analytes is empty: no source names its analytes; name them (analytes: { CRP: {} }), or map their names by values',
    ])
    expect(parse(long(`${columns}, unit: u`, '    results: { CRP: { column: crp, unit: mg/L } }\n')).told[0]).toContain(
      'one of the two',
    )
    expect(parse(wide('{ CRP: { column: crp, unit: mg/L } }', 'laboratory: half\n', 'subject: id')).told).toContain(
      'sources[0].columns: a result needs taken, date, studyDay or visit',
    )
  })
})

describe('a study of RR intervals', () => {
  it('is short, and reports the records that its sources can hold', () => {
    const state = (columns: string) => parse(rr(`rr: rr, ${columns}`)).study?.analytic.autonomic?.stimulation
    expect(state('stimulating: s')).toEqual(['off', 'on'])
    expect(state('stimulating: { constant: N }')).toEqual(['off'])
    expect(state("stimulating: { fileName: '_(on|off)', values: { on: Y, off: N } }")).toEqual(['off', 'on'])
    const { study } = parse(rr('rr: rr, stimulating: { constant: Y }'))
    expect(computedParameters(study?.analytic as never).map(({ code }) => code)).toEqual(
      'HFNUS HFPOWS LFHFS LFPOWS LNRMSSDS PNN50S RMSSDS SDNNS'.split(' '),
    )
  })

  it('says whether there was stimulation, and counts columns where there are no names', () => {
    expect(parse(rr('rr: rr')).told[0]).toContain('sources[0].columns.stimulating is missing')
    expect(parse(rr("rr: '2', stimulating: { constant: N }", '    headerLine: none\n')).told).toEqual([
      "sources[0].headerLine is none: columns are named by position ('1', '2', ...), not \"id\"",
    ])
    expect(parse(rr('rr: rr, stimulating: s', '', '')).told).toContain(
      'autonomic is missing: without a preset, name the method (standard), or none',
    )
    expect(parse(rr('rr: { column: rr, unit: hours }, stimulating: s')).told).toEqual([
      'sources[0].columns.rr.unit is hours; expected one of ms, s',
    ])
    expect(parse(`autonomic: standard\n${wide('{ CRP: { column: crp, unit: mg/L } }')}`).told).toEqual([
      'autonomic is to be computed, but no source has the layout rr-intervals; add one, or set autonomic: none',
    ])
  })
})

it('both are written in full and read back as the same study', () => {
  const text = `preset: chronic-pain
laboratory: { blq: half, analytes: { COPEP: { label: Copeptin, unit: pmol/L, direction: higher-is-better }, NE: {} } }
autonomic: { stimulation: ['on'] }
sources:
  - files: wide.csv
    layout: measurements
    columns: { subject: id, date: d, ${START} }
    results:
      CRP: { column: '7', unit: mg/dL, lloq: 0.03, uloq: 20, values: { BLQ: '<' } }
      COPEP: { column: c, unit: pmol/L }
  - files: long.csv
    layout: measurements
    columns: { subject: id, date: d, analyte: { column: t, values: { a: NE } }, value: v, unit: u, lloq: lo }
  - files: '*.txt'
    layout: rr-intervals
    headerLine: none
    columns: { subject: { fileName: '^(\\w+)_' }, visit: { constant: 1 }, rr: { column: 1, unit: s }, stimulating: { constant: Y } }
`
  const first = parse(text)
  expect(first.told).toEqual([])
  const written = effectiveYaml(first.study as never)
  const again = parseStudy(written, 'effective.yaml')
  expect(again.kind === 'study' ? canonicalJson(again.study) : again.findings).toBe(canonicalJson(first.study))
})
