import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../canonical-json.ts'
import type { Study } from '../study.ts'
import { printIssue } from './issue.ts'
import { parseStudy } from './parse-study.ts'

const DIARY = `study: demo
preset: headache-diary
sources:
  - files: '*.csv'
    layout: daily
    columns: { subject: id, studyDay: day, headache: ha }
`

/** A small trial, as a person writes it: within 20 lines. */
const TRIAL = `study: nvns-prevention
preset: migraine-prevention
timezone: Europe/Berlin
arms:
  A: nVNS
  S: { name: Sham, reference: true }
periods: { count: 3 }
primary: { parameter: MMD, visit: 3 }
sources:
  - files: 'diary_*.csv'
    layout: daily
    columns:
      { subject: patient, date: day, submitted: entered, severity: peak, hours: hours, triptan: triptans,
        nausea: nausea, photophobia: light, phonophobia: sound, pulsating: pulsating, unilateral: one_sided }
  - files: subjects.csv
    layout: subjects
    columns: { subject: patient, arm: group, treatmentStart: first_stimulation, age: age, sex: sex }
    covariates: { AURAHIST: { column: aura, label: History of aura } }
`

function accept(text: string): Study {
  const parsed = parseStudy(text, 'study.yaml')
  if (parsed.kind === 'refused') throw new Error(parsed.findings.map(printIssue).join('\n'))
  return parsed.study
}

function complaints(text: string): string[] {
  const parsed = parseStudy(text, 'study.yaml')
  return (parsed.kind === 'refused' ? parsed.findings : parsed.warnings).map(printIssue)
}

/** All of `part` occurs in one of the complaints. */
const expectComplaint = (text: string, ...parts: string[]): void => {
  const found = complaints(text)
  expect(
    found.some((line) => parts.every((part) => line.includes(part))),
    found.join('\n'),
  ).toBe(true)
}

describe('a study file', () => {
  it('describes a small trial in 20 lines', () => {
    expect(TRIAL.trimEnd().split('\n').length).toBeLessThanOrEqual(20)
    const { analytic } = accept(TRIAL)
    expect(analytic).toMatchObject({
      id: 'nvns-prevention',
      condition: 'episodic-migraine',
      calendar: 'dates',
      timezone: 'Europe/Berlin',
      headache: { preset: 'ihs-4h', durationBasis: 'episode', attackRule: 'freeDay', nrsCuts: [0, 4, 7] },
      pain: null,
      values: null,
      periods: { lengthDays: 28, baselineMinObserved: 20, missing: 'prorate14', count: 3, windows: null },
      responders: { cuts: [30, 50, 75, 100], missing: 'NRI', zeroBaseline: 'exclude' },
      covariates: [{ name: 'AURAHIST', label: 'History of aura', type: 'text' }],
    })
    expect(complaints(TRIAL)).toEqual([])
  })

  it('says the same whatever the order of its settings, and whatever its comments', () => {
    const lines = DIARY.trimEnd().split('\n')
    const turned = [...lines.slice(2), '# a comment', ...lines.slice(0, 2)].join('\n')
    expect(canonicalJson(accept(turned))).toBe(canonicalJson(accept(DIARY)))
  })

  it('counts attacks by hours without pain where episodes have times, by free days where a diary has dates', () => {
    const episodes = `study: demo
preset: headache-diary
timezone: none
sources:
  - files: '*.csv'
    layout: episodes
    columns: { subject: id, start: begin, end: end, treatmentStart: { constant: 2026-01-31 } }
`
    expect(accept(episodes).analytic.headache?.attackRule).toBe('gapHours')
    expect(accept(DIARY).analytic.headache?.attackRule).toBe('freeDay')
  })

  it('starts afresh when it names another headache preset than its own preset does', () => {
    const own = DIARY.replace('headache-diary', 'chronic-migraine')
    expect(accept(own).analytic.headache?.durationBasis).toBe('day')
    expect(accept(`${own}headache: ihs-4h\n`).analytic.headache).toMatchObject({
      preset: 'ihs-4h',
      durationBasis: 'episode',
    })
  })

  it('leaves out a family of its preset that summarised values do not feed', () => {
    const text = `study: demo
preset: chronic-pain
sources:
  - files: '*.csv'
    layout: visits
    columns: { subject: id }
    values: { PAIN: { label: Pain, unit: points, direction: lower-is-better, visits: { 0: a, 1: b } } }
`
    expect(accept(text).analytic).toMatchObject({ condition: 'chronic-pain', pain: null, calendar: 'relative' })
  })

  it('keeps numbers of the export as they are written', () => {
    const text = DIARY.replace("'*.csv'\n", "'*.csv'\n    missing: [-9.0, 0x1F, true, NA]\n").replace(
      'headache: ha',
      'headache: { column: 007, values: { 1.0: yes, 2: no } }',
    )
    const source = accept(text).analytic.sources[0]
    expect(source?.missing).toEqual(['-9.0', '0x1F', 'true', 'NA'])
    expect(source?.fields.find((f) => f.field === 'headache')).toMatchObject({
      column: '007',
      values: { '1.0': 'Y', '2': 'N' },
    })
  })

  it('reads a diary with a column per day, by pattern or by name', () => {
    const days = (columns: string) => `study: demo
preset: chronic-pain
sources:
  - files: '*.csv'
    layout: days-wide
    columns: { subject: id }
    days: { painAvg: { columns: ${columns} } }
`
    const byPattern = accept(days("'d{day2}', from: -1, to: 2")).analytic.sources[0]
    expect(byPattern?.days.map(({ column, day }) => [day, column])).toEqual([
      [-1, 'd-1'],
      [0, 'd00'],
      [1, 'd01'],
      [2, 'd02'],
    ])
    const byName = accept(days('{ 1: mon, 2: tue }')).analytic
    expect(byName.sources[0]?.days.map(({ column }) => column)).toEqual(['mon', 'tue'])
    expect(byName.calendar).toBe('relative')
  })
})

describe('what is wrong with a study file', () => {
  it('names line, column, setting, suggestion and the known settings', () => {
    expect(complaints(`${DIARY}periods:\n  cuont: 3\n`)).toEqual([
      'study.yaml:8:3 periods.cuont is not a setting; did you mean count? (known: lengthDays, baseline, missing, ' +
        'minObserved, count, windows, pooledMinObservedFraction)',
    ])
  })

  it('lists the known words for a value that is none', () => {
    expectComplaint(
      DIARY.replace('headache-diary', 'migrane-prevention'),
      'study.yaml:2:9',
      'did you mean migraine-prevention?',
    )
    expectComplaint(DIARY.replace('daily', 'dayly'), 'study.yaml:5:13', 'did you mean daily?')
    expectComplaint(`${DIARY}periods: { count: three }`, 'periods.count is "three"; expected auto or a number')
    expectComplaint(DIARY.replace('study: demo', 'study: My Demo'), 'study is "My Demo"; expected a-z 0-9')
  })

  it('sees a field twice, an unknown field, and a field of another layout', () => {
    expectComplaint(DIARY.replace('headache: ha', 'headache: [ha, hb]'), 'columns.headache is mapped more than once')
    expectComplaint(DIARY.replace('headache: ha', 'headache: ha, headache: hb'), 'this setting is there twice')
    expectComplaint(DIARY.replace('headache: ha', 'hedache: ha'), 'hedache is not a setting; did you mean headache?')
    expectComplaint(DIARY.replace('headache: ha', 'headache: ha, start: s'), 'layout daily has no start (only episodes')
  })

  it('sees a layout without its day, its start or its subject', () => {
    expectComplaint(DIARY.replace('studyDay: day, ', ''), 'a daily form needs date or studyDay')
    expectComplaint(DIARY.replace('subject: id, ', ''), 'sources[0].columns.subject is missing')
    expectComplaint(DIARY.replace('daily', 'episodes'), 'an episode needs start')
  })

  it('sees windows that overlap, cross the begin of treatment, name day 0 or run backwards', () => {
    const windows = (list: string) => `${DIARY}periods: { windows: [${list}] }\n`
    expectComplaint(
      windows('{ from: 1, to: 28 }, { from: 28, to: 56 }'),
      'windows[1] (28 to 56) overlaps periods.windows[0]',
    )
    expectComplaint(windows('{ from: -3, to: 5 }'), 'across the begin of treatment')
    expectComplaint(windows('{ from: 0, to: 5 }'), 'names study day 0')
    expectComplaint(windows('{ from: 9, to: 5 }'), 'ends (5) before it begins (9)')
    expectComplaint(windows('{ from: -40, to: -20 }'), 'overlaps')
    expect(complaints(windows('{ from: 1, to: 28 }, { from: 29, to: 56 }'))).toEqual([])
  })

  it('sees a minimum of observed days that no window can reach', () => {
    expectComplaint(`${DIARY}periods: { baseline: { from: -14 } }`, 'asks for 20 observed days of 14')
    expectComplaint(`${DIARY}periods: { lengthDays: 7, minObserved: 8 }`, 'asks for 8 observed days of 7')
  })

  it('sees a primary parameter that nothing computes and a visit that is not scheduled', () => {
    expectComplaint(`${DIARY}primary: { parameter: MDH, visit: 1 }`, 'did you mean MHD?')
    expectComplaint(`${DIARY}periods: { count: 3 }\nprimary: { parameter: MHD, visit: 4 }`, 'scheduled: 1, 2, 3')
    expect(complaints(`${DIARY}primary: { parameter: MHD, visit: 9 }`)).toEqual([])
  })

  it('sees responder cuts out of order, out of range, or too many', () => {
    expectComplaint(`${DIARY}responders: { cuts: [50, 30] }`, 'must rise')
    expectComplaint(`${DIARY}responders: { cuts: [0] }`, 'responders.cuts[0] is 0; expected at least 1')
    expectComplaint(`${DIARY}responders: { cuts: [10, 20, 30, 40, 50] }`, 'at most 4 items')
  })

  it('asks for exactly one reference among two arms or more', () => {
    const arms = (list: string) => `${DIARY.replace('headache: ha', 'headache: ha, arm: g')}arms: { ${list} }\n`
    expectComplaint(arms('A: x, B: y'), 'exactly one is the reference', 'none is')
    const both = 'A: { name: x, reference: true }, B: { name: y, reference: true }'
    expectComplaint(arms(both), 'A and B are')
    expect(complaints(arms('A: x, B: { name: y, reference: true }'))).toEqual([])
    expectComplaint(DIARY.replace('headache: ha', 'headache: ha, arm: g'), 'arms names no arm')
  })

  it('asks whose clocks an export with times shows, and knows the zones', () => {
    expectComplaint(DIARY.replace('headache: ha', 'headache: ha, submitted: s'), 'timezone is missing')
    expectComplaint(`${DIARY}timezone: Europe/Berlim\n`, 'did you mean Europe/Berlin?')
    expect(complaints(`${DIARY}timezone: none\n`)).toEqual([])
  })

  it('asks for day 0 where days are dates, and keeps dates and study days apart', () => {
    expectComplaint(DIARY.replace('studyDay', 'date'), 'none maps treatmentStart or randomised')
    const mixed = `${DIARY}  - files: e.csv\n    layout: intakes\n    columns: { subject: id, date: d, product: p }\n`
    expectComplaint(mixed, 'dates (intakes) and study days (daily) cannot be joined')
    expectComplaint(`${DIARY}dataCut: 2026-03-01\n`, 'this study has study days alone')
  })

  it('names 20,000 unknown settings without passing all others to find each', () => {
    const unknown = Array.from({ length: 20_000 }, (_, i) => `zz${i}: 1\n`).join('')
    expect(complaints(`${DIARY}${unknown}`)).toHaveLength(20_000)
  })

  it('sees patterns that are none', () => {
    expectComplaint(DIARY.replace("'*.csv'", "'{a'"), '{ is never closed')
    expectComplaint(DIARY.replace('subject: id', "subject: { fileName: '(a' }"), 'is no regular expression')
    expectComplaint(DIARY.replace('subject: id', "subject: { fileName: 'abc' }"), 'exactly one group')
    for (const endless of ['((?:a+)+)', '((?:a|aa)+)b', '((?:a?){30}a{30})']) {
      expectComplaint(DIARY.replace('subject: id', `subject: { fileName: '${endless}' }`), 'repetition of a repetition')
    }
  })

  it('keeps covariates out of the columns that adsl has', () => {
    const covariate = (name: string) => DIARY.replace('    columns:', `    covariates: { ${name}: x }\n    columns:`)
    expectComplaint(covariate('SEX'), 'SEX is a column that adsl has already')
    expectComplaint(covariate('RSP50'), 'adsl has already')
    expectComplaint(covariate('tooLong99'), 'at most 8 of A-Z 0-9')
    expect(complaints(covariate('HATYPE'))).toEqual([])
  })

  it('demands a method for every family when no preset names it (R-METH)', () => {
    const bare = DIARY.replace('preset: headache-diary\n', '')
    expectComplaint(bare, 'nothing is computed', 'migraine-prevention')
    expectComplaint(`${bare}headache: { probable: true }\n`, 'headache.preset is missing')
    expectComplaint(`${bare}headache: any\n`, 'periods.missing is missing')
    expectComplaint(`${bare}headache: any\n`, 'responders.missing is missing')
    expect(complaints(`${bare}headache: any\nperiods: { missing: half }\nresponders: { missing: OC }\n`)).toEqual([])
  })

  it('sees a family that no column feeds', () => {
    expectComplaint(DIARY.replace('headache-diary', 'chronic-pain'), 'pain is to be computed, but no source maps')
    expectComplaint(`${DIARY}pain: { kinds: [worst] }`, 'pain is to be computed')
  })

  it('sees values whose parts do not fit together', () => {
    const values = (body: string) => `study: demo
responders: { missing: OC }
sources:
  - files: '*.csv'
    layout: visits
    columns: { subject: id }
    values: { X: { label: x, unit: n, direction: lower-is-better, ${body} } }
`
    expectComplaint(values('perDays: 28, visits: { 0: a, 1: { column: b, days: 14 } }'), 'perDays needs the length')
    expectComplaint(values('visits: { 0: a, first: b }'), 'is no visit number')
    expectComplaint(values('range: [9, 1], visits: { 0: a }'), '9 is above 1')
    expectComplaint(values('visits: { 0: a, 1: a }'), 'already X at visit 0')
    expectComplaint(values('visits: { 1: a }'), 'warning', 'no visit 0')
    expectComplaint(values('visits: { 0: a, 1: b }').replace('unit: n, ', ''), 'values.X.unit is missing')
    const long = values('visits: { 0: {}, 1: {} }').replace(
      'subject: id',
      'subject: id, visit: v, value: { column: y, parameter: Z }',
    )
    expectComplaint(long, '"Z" is not described under values', 'known: X')
    expectComplaint(values('visits: { 0: {}, 1: {} }'), 'needs columns under values, or the fields visit and value')
  })

  it('sees two sources that disagree about a parameter, and a value that takes the code of a metric', () => {
    const source = (files: string, values: string) =>
      `  - { files: ${files}, layout: visits, columns: { subject: id }, values: { ${values} } }\n`
    const facts = 'label: Score, unit: points, direction: lower-is-better'
    const two = (second: string) =>
      `study: demo\nresponders: { missing: OC }\nsources:\n${source('a.csv', `X: { ${facts}, visits: { 0: b, 1: { column: c, label: End } } }`)}${source('b.csv', second)}`
    expect(complaints(two('X: { visits: { 2: d } }'))).toEqual([])
    expectComplaint(two('X: { unit: mm, visits: { 2: d } }'), 'X.unit differs from sources[0].values.X.unit')
    expectComplaint(two('X: { visits: { 1: { column: d, label: Start } } }'), 'differs from what another source says')
    expectComplaint(
      `${DIARY}${source('b.csv', `MHD: { ${facts}, visits: { 0: b, 1: c } }`)}`,
      'two parameters would be called MHD',
    )
  })

  it('sees constants and codes that mean nothing', () => {
    const constant = (field: string) => DIARY.replace('headache: ha', `headache: ha, ${field}`)
    expectComplaint(
      constant('treatmentStart: { constant: 2026-02-30 }'),
      '"2026-02-30" is no value of the field treatmentStart',
    )
    expectComplaint(constant('age: { constant: old }'), '"old" is no value of the field age')
    expect(complaints(constant('age: { constant: 41 }'))).toEqual([])
    const arms = `${constant('arm: { column: g, values: { 1: A, 2: C } }')}arms: { A: x, B: { name: y, reference: true } }\n`
    expectComplaint(arms, '"C" is no arm', 'known: A, B')
  })

  it('warns of settings that do nothing', () => {
    const dated = `study: demo
preset: headache-diary
sources:
  - files: '*.csv'
    layout: daily
    dayZero: first
    ignore: [ha]
    products: { aspirin: asa }
    columns: { subject: id, date: day, headache: ha, treatmentStart: { constant: 2026-01-31 } }
`
    expectComplaint(dated, 'warning', 'sources[0].dayZero has no effect: no column gives study days')
    expectComplaint(dated, 'warning', 'sources[0].ignore has no effect: "ha" is mapped')
    expectComplaint(dated, 'warning', 'sources[0].products has no effect')
    const mapped = (field: string) => DIARY.replace('headache: ha', field)
    expectComplaint(
      mapped('headache: { column: ha, values: { x: Y, "": N } }'),
      'warning',
      'headache.values maps the empty cell, which has no effect',
    )
    expectComplaint(
      mapped('headache: ha, product: { column: p, values: { Ibu: nsaid } }'),
      'warning',
      'product.values has no effect: products of the source',
    )
  })

  it('sees a schedule that no clock could keep', () => {
    const schedule = (cron: string, zone = 'UTC') => `${DIARY}schedule: { cron: '${cron}', timezone: ${zone} }\n`
    expect(complaints(schedule('0 6 * * 1'))).toEqual([])
    expectComplaint(schedule('every monday'), 'schedule.cron is "every monday"; expected five fields')
    expectComplaint(schedule('0 6 * * 1', 'Mars/Olympus'), 'schedule.timezone is "Mars/Olympus", which is no time zone')
  })

  it('says what is wrong inside a setting that has several forms', () => {
    expectComplaint(
      `${DIARY}headache: { prset: any }\n`,
      'study.yaml:7:13 headache.prset is not a setting; did you mean preset?',
    )
    expectComplaint(
      DIARY.replace('headache: ha', 'headache: { column: [a] }'),
      'columns.headache.column is a list; expected text',
    )
  })

  it('says what is empty, no list, or no settings at all', () => {
    expectComplaint('', 'study.yaml:1:1 a study file is a list of settings')
    expectComplaint('- a\n- b\n', 'a study file is a list of settings')
    expectComplaint('study: demo\nheadache:\nsources: foo\n', 'headache has no value')
    expectComplaint('study: demo\n', 'sources is missing')
    expectComplaint('a: [\n', 'this is not YAML')
    expectComplaint('['.repeat(100_000), 'nested too deeply')
    expectComplaint('study: &a [*a]\nsources: []\n', 'nested too deeply')
    expectComplaint(`${DIARY}__proto__: { x: 1 }\n`, '__proto__ is not a setting')
  })
})
