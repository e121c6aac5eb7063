import { describe, expect, it } from 'vitest'
import { effectiveYaml } from '../effective-yaml.ts'
import { printIssue } from '../parse/issue.ts'
import { parseStudy } from '../parse/parse-study.ts'
import type { AnalyticStudy } from '../study.ts'

const read = (text: string) => parseStudy(text, 'study.yaml')

function accept(text: string): AnalyticStudy {
  const parsed = read(text)
  if (parsed.kind === 'refused') throw new Error(parsed.findings.map(printIssue).join('\n'))
  const again = read(effectiveYaml(parsed.study))
  if (again.kind === 'refused') throw new Error(again.findings.map(printIssue).join('\n'))
  expect(again.study).toEqual(parsed.study)
  return parsed.study.analytic
}

/** Complaints without their place. */
function complaints(text: string): string[] {
  const parsed = read(text)
  const found = parsed.kind === 'refused' ? parsed.findings : parsed.warnings
  return found.map(({ severity, message }) => `${severity}: ${message}`)
}

const wide = (items: string, more = '', columns = '{ subject: id, studyDay: day }') => `study: forms
responders: { missing: NRI }
${more}
sources:
  - files: '*.csv'
    layout: assessments
    columns: ${columns}
    ${items}
`

describe('questionnaires in a study file', () => {
  it('reads a name with {item} as all items, and keeps a list as it is', () => {
    const study = accept(wide("items: { PHQ9: 'phq_{item2}', GAD7: { 1: a, 2: b, '*': 'gad{item}' } }"))
    const columns = study.sources[0]?.cells.map(({ name, item, column }) => `${name} ${item} ${column}`)
    expect(columns?.slice(0, 2)).toEqual(['PHQ9 1 phq_01', 'PHQ9 2 phq_02'])
    expect(columns?.slice(9)).toEqual(['GAD7 1 a', 'GAD7 2 b', ...[3, 4, 5, 6, 7].map((n) => `GAD7 ${n} gad${n}`)])
    expect(study.questionnaires?.instruments.map(({ code, scores }) => [code, scores])).toEqual([
      ['GAD7', ['GAD7']],
      ['PHQ9', ['PHQ9']],
    ])
    expect(study.questionnaires?.instruments[1]?.thresholds).toEqual({ PHQ9: 5 })
  })

  it('keeps words, totals and settings through the effective study file', () => {
    accept(
      wide(
        "items: { GAD7: { columns: 'g{item}', values: { never: 0, often: 3 } } }\n    totals: { PRFATIT: fatigue, HADSD: d }",
        'questionnaires: { PROMIS: { licence: true, version: 8a }, HADS: { licence: true, thresholds: { HADSD: none, HADSA: 2 } } }',
      ),
    )
  })

  it('asks for the licence of an instrument under copyright, and for none of a free one', () => {
    const [first, ...rest] = complaints(wide("items: { HIT6: 'h{item}', PHQ9: 'p{item}' }"))
    expect(first).toContain('error: questionnaires.HIT6.licence is missing: Copyright QualityMetric')
    expect(first).toContain('{ HIT6: { licence: true } }')
    expect(rest).toEqual([])
    expect(complaints(wide("items: { SF36: 'sf{item}' }"))).toEqual([]) // the RAND-36 is free
    const other = wide("items: { SF36: 'sf{item}' }", "questionnaires: { SF36: { version: '1' } }")
    expect(complaints(other)[0]).toContain('questionnaires.SF36.licence is missing')
  })

  it('warns of a score that can never be: HIT-6 without item 5', () => {
    const five = '{ 1: a, 2: b, 3: c, 4: d, 6: f }'
    expect(complaints(wide(`items: { HIT6: ${five} }`, 'questionnaires: { HIT6: { licence: true } }'))).toEqual([
      'warning: questionnaires.HIT6: HIT6 needs items that no source maps (5): it can never be computed',
    ])
    // PHQ-9 bears two missing items, MSQ loses one scale of three.
    const seven = '{ 1: a, 2: b, 3: c, 4: d, 5: e, 6: f, 7: g }'
    expect(complaints(wide(`items: { PHQ9: ${seven} }`))).toEqual([])
    const msq = complaints(wide(`items: { MSQ: ${seven} }`, 'questionnaires: { MSQ: { licence: true } }'))
    expect(msq).toHaveLength(1)
    expect(msq[0]).toContain('MSQRP, MSQEF needs items')
  })

  it('asks for the direction of the PGIC', () => {
    expect(complaints(wide('items: { PGIC: { 1: pgic } }'))[0]).toContain('PGIC orientation: 1best or 7best')
    expect(
      complaints(wide('items: { PGIC: { 1: pgic } }', 'questionnaires: { PGIC: { orientation: 1best } }')),
    ).toEqual([])
  })

  it('asks for version and table of a PROMIS form, and finds holes in the table', () => {
    const form = "items: { PRFATI: 'f{item}' }"
    const settings = (more: string) => `questionnaires: { PRFATI: { licence: true${more} } }`
    expect(complaints(wide(form, settings(''))).join('\n')).toContain('version is missing: PRFATI has several (4a, 6a')
    expect(complaints(wide(form, settings(', version: 4a'))).join('\n')).toContain('gives no score: bring its table')
    const table = Array.from({ length: 17 }, (_, i) => `${i + 4}: ${30 + i}`)
    const study = accept(wide(form, settings(`, version: 4a, table: { ${table.join(', ')} }`)))
    expect(study.sources[0]?.cells).toHaveLength(4)
    const holes = wide(form, settings(`, version: 4a, table: { ${table.slice(1).join(', ')} }`))
    expect(complaints(holes)[0]).toContain('raw sum absent from the table, 1 of 17: 4')
  })

  it('names unknown questionnaires, items, scores and settings', () => {
    expect(complaints(wide("items: { PHQ8: 'p{item}' }")).join('\n')).toContain('did you mean PHQ9?')
    expect(complaints(wide('items: { PHQ9: { 10: p } }')).join('\n')).toContain('is no item of PHQ9')
    expect(complaints(wide('totals: { PHQ: p }')).join('\n')).toContain('"PHQ" is no score')
    const extra = wide("items: { PHQ9: 'p{item}' }", 'questionnaires: { PHQ9: { scores: [PHQ] } }')
    expect(complaints(extra).join('\n')).toContain('PHQ9 has no score PHQ')
    expect(complaints(wide("items: { PHQ9: 'phq' }")).join('\n')).toContain('has no {item} in it')
  })

  it('takes a row per item or a column per item, not both, not neither', () => {
    expect(complaints(wide('')).join('\n')).toContain('one of the two')
    const both = wide(
      "items: { PHQ9: 'p{item}' }",
      '',
      '{ subject: id, studyDay: day, item: i, value: v, instrument: q }',
    )
    expect(complaints(both).join('\n')).toContain('one of the two')
    const long = wide('', 'questionnaires: { PHQ9: {} }', '{ subject: id, studyDay: day, instrument: q, value: v }')
    expect(complaints(long).join('\n')).toContain('columns.item is missing')
    const unnamed = wide('', '', '{ subject: id, studyDay: day, instrument: q, item: i, value: v }')
    expect(complaints(unnamed).join('\n')).toContain('name the questionnaires under questionnaires')
  })

  it('needs to know how many visits there are where there are no dates', () => {
    const undated = (more: string) => wide("items: { PHQ9: 'p{item}' }", more, '{ subject: id, visit: v }')
    expect(complaints(undated(''))[0]).toContain('set visits.windows or periods.count')
    expect(complaints(undated('periods: { count: 3 }'))).toEqual([])
  })
})

describe('what rests on questionnaires', () => {
  const diary = `
  - files: 'diary*.csv'
    layout: daily
    columns: { subject: id, studyDay: day, painAvg: pain }
`
  const fm = (items: string, more = '') =>
    `study: fm\npreset: fibromyalgia\n${more}\nsources:${diary}  - files: 'forms*.csv'\n    layout: assessments\n    columns: { subject: id, studyDay: day }\n    ${items}\n`

  it('switches dual and fibromyalgia response on where the preset finds what they need', () => {
    const study = accept(
      fm("items: { FIQR: 'f{item}', PHQ9: 'p{item}', ISI: 'i{item}' }", 'questionnaires: { ISI: { licence: true } }'),
    )
    expect(study.mood).toEqual({ scale: 'PHQ9', pain: 'PNAVGM', painCut: 30 })
    expect(study.fibromyalgia).toMatchObject({
      pain: 'PNAVGM',
      function: 'FIQRF',
      sleep: 'ISI',
      depression: 'PHQ9',
      fatigue: null,
    })
    const less = accept(fm("items: { FIQR: 'f{item}' }"))
    expect([less.mood, less.fibromyalgia]).toEqual([null, null])
    const off = accept(fm("items: { PHQ9: 'p{item}' }", 'mood: none'))
    expect(off.mood).toBeNull()
  })

  it('asks which scale decides where there are several, and refuses what is not computed', () => {
    const both = 'questionnaires: { HADS: { licence: true } }\nmood: {}'
    expect(complaints(fm("items: { PHQ9: 'p{item}', HADS: 'h{item}' }", both))[0]).toContain(
      'PHQ9 and HADSD are computed',
    )
    expect(complaints(fm("items: { PHQ9: 'p{item}' }", 'mood: { scale: BDI2 }'))[0]).toContain(
      'mood.scale BDI2 is not computed',
    )
    const lacking = complaints(fm("items: { PHQ9: 'p{item}' }", 'fibromyalgia: {}'))
    expect(lacking[0]).toContain('cannot do without function')
  })

  it('takes half of the migraine days as the pain response of a headache study', () => {
    const study = accept(`study: ha
preset: migraine-prevention
mood: { scale: PHQ9 }
sources:
  - files: 'd*.csv'
    layout: daily
    columns: { subject: id, studyDay: day, severity: s, hours: h, nausea: n, pulsating: p }
  - files: 'f*.csv'
    layout: assessments
    columns: { subject: id, studyDay: day }
    items: { PHQ9: 'p{item}' }
`)
    expect(study.mood).toEqual({ scale: 'PHQ9', pain: 'MMD', painCut: 50 })
  })
})
