import { describe, expect, it } from 'vitest'
import { plainRows, printFindings, readFiles, settleFiles, studyOf } from '../hand-made.fixture.ts'
import { settle, studyFacts } from '../index.ts'

const FORMS = studyOf(`
study: s
preset: migraine-prevention
timezone: none
sources:
  - files: "pain*.csv"
    layout: daily
    columns: { subject: id, date: day, painAvg: pain, submitted: sent, treatmentStart: { constant: "2026-01-01" } }
  - files: "*.csv"
    layout: daily
    columns:
      subject: id
      date: day
      headache: headache
      severity: severity
      hours: hours
      nausea: nausea
      photophobia: photo
      submitted: sent
      treatmentStart: { constant: "2026-01-01" }
`)
const HEAD = 'id,day,headache,severity,hours,nausea,photo,sent'
const ITEMS = ['headache', 'severity', 'hours']

const settled = async (...rows: readonly string[]) => {
  const { settled: result } = await settleFiles(FORMS, { 'a.csv': [HEAD, ...rows].join('\n') })
  return { rows: plainRows(result.diary, result.subjects, ITEMS), counts: result.counts }
}

describe('copies of a diary day (R-DUP)', () => {
  it('takes the later submission although the earlier one is worse', async () => {
    const { rows } = await settled('A,2026-01-05,Y,3,10,,,2026-01-05 20:00', 'A,2026-01-05,Y,1,2,,,2026-01-05 21:00')
    expect(rows).toEqual([{ subject: 'A', headache: 1, severity: 1, hours: 2 }])
  })

  it('takes the worse of two answers without a submission: higher severity, longer duration, yes before no', async () => {
    const { rows } = await settled('A,2026-01-05,N,2,3,,,', 'A,2026-01-05,Y,1,5,,,')
    expect(rows).toEqual([{ subject: 'A', headache: 1, severity: 2, hours: 5 }])
  })

  it('takes an answer with a submission before a worse one without', async () => {
    const { rows } = await settled('A,2026-01-05,Y,3,10,,,', 'A,2026-01-05,N,0,0,,,2026-01-05 21:00')
    expect(rows).toEqual([{ subject: 'A', headache: 0, severity: 0, hours: 0 }])
  })

  it('never lets a late entry overwrite one that was on time', async () => {
    const { rows, counts } = await settled(
      'A,2026-01-05,Y,3,10,,,2026-01-05 20:00',
      'A,2026-01-05,N,0,0,,,2026-01-20 20:00',
    )
    expect(rows).toEqual([{ subject: 'A', headache: 1, severity: 3, hours: 10 }])
    expect(counts).toEqual({ read: 1, used: 1, quarantined: 0, excluded: {} })
  })

  it('does not take an unanswered item of the later submission for an answer', async () => {
    const { rows, counts } = await settled(
      'A,2026-01-05,Y,3,,,,2026-01-05 20:00',
      'A,2026-01-05,Y,,4,,,2026-01-05 21:00',
    )
    expect(rows).toEqual([{ subject: 'A', headache: 1, severity: 3, hours: 4 }])
    expect(counts).toEqual({ read: 2, used: 2, quarantined: 0, excluded: {} })
  })

  it('counts two forms of one day that ask different things as one entry, both in use', async () => {
    const { settled: result } = await settleFiles(FORMS, {
      'a.csv': `${HEAD}\nA,2026-01-05,Y,2,4,,,\n`,
      'pain.csv': 'id,day,pain,sent\nA,2026-01-05,6,\nA,2026-01-06,3,\n',
    })
    expect(plainRows(result.diary, result.subjects, ['day', 'headache', 'painAvg'])).toEqual([
      { subject: 'A', day: '2026-01-05', headache: 1, painAvg: 6 },
      { subject: 'A', day: '2026-01-06', painAvg: 3 },
    ])
    expect(result.counts).toEqual({ read: 3, used: 3, quarantined: 0, excluded: {} })
  })

  it('joins symptoms one by one: each as last reported, a symptom nobody asked again stays', async () => {
    const { settled: result, findings } = await settleFiles(FORMS, {
      'a.csv': `${HEAD}\nA,2026-01-05,Y,2,4,Y,Y,2026-01-05 20:00\nA,2026-01-05,Y,2,4,N,,2026-01-05 21:00\n`,
    })
    expect(plainRows(result.diary, result.subjects, ['features', 'featuresAsked'])).toEqual([
      { subject: 'A', features: 'photophobia', featuresAsked: 'nausea photophobia' },
    ])
    expect(printFindings(findings)).toEqual(['2 nausea="yes" duplicate-conflict'])
  })

  it('takes episodes of one start for one and keeps the longer end', async () => {
    const study = studyOf(`
study: s
preset: migraine-prevention
timezone: none
sources:
  - files: "*.csv"
    layout: episodes
    columns: { subject: id, start: from, end: to, severity: peak, treatmentStart: { constant: "2026-01-01" } }
`)
    const { settled: result } = await settleFiles(study, {
      'a.csv': 'id,from,to,peak\nA,2026-01-05 10:00,2026-01-05 12:00,3\nA,2026-01-05 10:00,2026-01-05 14:00,2\n',
    })
    expect(plainRows(result.episodes, result.subjects)).toEqual([
      { subject: 'A', start: '2026-01-05T10:00', end: '2026-01-05T14:00', severity: 3 },
    ])
  })

  it('takes two products of one minute for two intakes, one product of one minute for one', async () => {
    const study = studyOf(`
study: s
preset: migraine-prevention
timezone: none
sources:
  - files: "diary*.csv"
    layout: daily
    columns: { subject: id, date: day, headache: headache }
  - files: "*.csv"
    layout: intakes
    products: { aspirin: asa, triptan: triptan }
    columns: { subject: id, taken: at, product: what, treatmentStart: { constant: "2026-01-01" } }
`)
    const { settled: result } = await settleFiles(study, {
      'i.csv':
        'id,at,what\nA,2026-01-05 10:00,Triptan\nA,2026-01-05 10:00,Aspirin\nA,2026-01-05 10:00,Triptan\nA,2026-01-05,Triptan\n',
    })
    expect(plainRows(result.intakes, result.subjects, ['day', 'taken', 'product'])).toEqual([
      { subject: 'A', day: '2026-01-05', product: 'Triptan' },
      { subject: 'A', day: '2026-01-05', taken: '2026-01-05T10:00', product: 'Aspirin' },
      { subject: 'A', day: '2026-01-05', taken: '2026-01-05T10:00', product: 'Triptan' },
    ])
  })
})

describe('a part of a key that is missing', () => {
  it('is no value of its own: an intake without a product is not a copy of one with', async () => {
    const study = studyOf(`
study: s
preset: migraine-prevention
timezone: none
sources:
  - files: "diary*.csv"
    layout: daily
    columns: { subject: id, date: day, headache: headache }
  - files: "*.csv"
    layout: intakes
    products: { aspirin: asa }
    columns:
      { subject: id, taken: at, product: what, effective: helped, treatmentStart: { constant: "2026-01-01" } }
`)
    const { settled: result } = await settleFiles(study, {
      'i.csv': 'id,at,what,helped\nA,2026-01-05 10:00,,Y\nA,2026-01-05 10:00,Aspirin,N\nA,2026-01-05 10:00,,Y\n',
    })
    expect(plainRows(result.intakes, result.subjects, ['product', 'effective'])).toEqual([
      { subject: 'A', effective: 1 },
      { subject: 'A', product: 'Aspirin', effective: 0 },
    ])
    expect(result.counts.excluded).toEqual({ 'duplicate-copy': 1 })
  })

  it('tells a form without a slot from the form of slot 0', async () => {
    const study = studyOf(`
study: s
preset: chronic-pain
sources:
  - files: "*.csv"
    layout: daily
    columns: { subject: id, date: day, slot: slot, painNow: pain, treatmentStart: { constant: "2026-01-01" } }
`)
    const { settled: result } = await settleFiles(study, {
      'a.csv': 'id,day,slot,pain\nA,2026-01-05,0,4\nA,2026-01-05,,6\nA,2026-01-05,1,2\n',
    })
    expect(plainRows(result.diary, result.subjects, ['slot', 'painNow'])).toHaveLength(3)
  })
})

describe('pain ratings on two scales', () => {
  const study = studyOf(`
study: s
preset: chronic-pain
sources:
  - files: "nrs*.csv"
    layout: daily
    columns: { subject: id, date: day, painAvg: pain, treatmentStart: { constant: "2026-01-01" } }
  - files: "vas*.csv"
    layout: daily
    columns: { subject: id, date: day, painAvg: { column: pain, unit: vas } }
`)

  it('stay on the NRS where both begin on one date, and on the VAS where that came first', async () => {
    const { settled: result } = await settleFiles(study, {
      'nrs.csv': 'id,day,pain\nA,2026-01-05,6\nB,2026-01-06,6\n',
      'vas.csv': 'id,day,pain\nA,2026-01-05,50\nB,2026-01-05,50\n',
    })
    expect(plainRows(result.diary, result.subjects, ['painAvg'])).toEqual([
      { subject: 'A', painAvg: 6 },
      { subject: 'B', painAvg: 5 },
    ])
    expect(result.counts).toEqual({ read: 4, used: 2, quarantined: 2, excluded: {} })
  })
})

describe('settling a slice of subjects', () => {
  const rows = ['A', 'B', 'C', 'D'].flatMap((id) => [1, 2, 3].map((day) => `${id},2026-01-0${day},Y,2,4,Y,N,`))
  const text = [HEAD, ...rows].join('\n')

  it('hands on the arrays of a single sorted file uncopied', async () => {
    const { inForce, facts } = await settleFiles(FORMS, { 'a.csv': text })
    const slice = settle(inForce, ['B', 'C'], FORMS, facts)
    const whole = inForce[0].dataset.tables.diary
    for (const name of ['day', 'headache', 'severity', 'hours', 'features'] as const) {
      expect(slice.diary?.columns[name]?.values.buffer).toBe(whole?.columns[name]?.values.buffer)
    }
    expect(Array.from(slice.diary?.subject ?? [])).toEqual([0, 0, 0, 1, 1, 1])
    expect(slice.counts).toEqual({ read: 6, used: 6, quarantined: 0, excluded: {} })
  })

  it('gives the same records slice by slice as all at once', async () => {
    const {
      inForce,
      facts,
      settled: whole,
    } = await settleFiles(FORMS, { 'a.csv': text, 'b.csv': `${HEAD}\nB,2026-01-02,N,0,0,,,\n` })
    const parts = [['A'], ['B', 'C'], ['D']].flatMap((subjects) => {
      const slice = settle(inForce, subjects, FORMS, facts)
      return plainRows(slice.diary, slice.subjects)
    })
    expect(parts).toEqual(plainRows(whole.diary, whole.subjects))
  })

  it('never writes into the arrays of a file', async () => {
    const inForce = await readFiles(FORMS, {
      'a.csv': `${HEAD}\nA,2026-01-05,N,2,3,Y,,\nA,2026-01-05,Y,1,5,N,Y,\nB,2026-01-05,Y,1,1,,,\n`,
    })
    const { dataset } = inForce[0]
    const before = JSON.stringify(plainRows(dataset.tables.diary, dataset.subjects))
    const { facts } = studyFacts(inForce, FORMS)
    const { diary } = settle(inForce, ['A', 'B'], FORMS, facts)
    expect(diary?.rows).toBe(2)
    expect(JSON.stringify(plainRows(dataset.tables.diary, dataset.subjects))).toBe(before)
  })
})

describe('facts about subjects', () => {
  const study = studyOf(`
study: s
preset: migraine-prevention
arms: { T: Treated, C: { name: Control, reference: true } }
sources:
  - files: "diary*.csv"
    layout: daily
    columns: { subject: id, date: day, headache: headache, arm: arm }
  - files: "*.csv"
    layout: subjects
    columns: { subject: id, age: age, treatmentStart: start, randomised: rand, lastDay: last }
`)

  it('takes the first treatment for day 0, the randomisation for those never treated', async () => {
    const { settled: result } = await settleFiles(study, {
      's.csv': 'id,age,start,rand,last\nA,40,2026-01-10,2026-01-03,\nB,50,,2026-01-03,2026-02-01\n',
    })
    const days = result.facts.dayZero
    expect(days.values[0] - days.values[1]).toBe(7)
    expect(days.valid).toBe(null)
  })

  it('puts together what different files say and names the one that contradicts', async () => {
    const { settled: result, findings } = await settleFiles(study, {
      's1.csv': 'id,age,start,rand,last\nA,41,2026-01-01,,\n',
      's2.csv': 'id,age,start,rand,last\nA,40,,,2026-01-09\n',
      'diary.csv': 'id,day,headache,arm\nA,2026-01-05,Y,T\n',
    })
    expect(result.facts.age.values[0]).toBe(40)
    expect(result.facts.arm.dictionary[result.facts.arm.values[0]]).toBe('T')
    expect(findings.filter(({ rule }) => rule === 'subject-conflict')).toMatchObject([
      { file: 's1.csv', line: 2, column: 'age', value: '41', subject: 'A', detail: '40 was used' },
    ])
  })
})

describe('rows that feed several records', () => {
  const study = studyOf(`
study: s
preset: headache-diary
sources:
  - files: "*.csv"
    layout: days-wide
    columns: { subject: id, lastDay: last }
    days: { headache: { columns: 'd{day}', from: 1, to: 3 } }
`)

  it('are used if any of their days is, and left out once if none is', async () => {
    const { settled: result, inForce } = await settleFiles(study, {
      'w.csv': 'id,last,d1,d2,d3\nA,2,Y,N,Y\nB,-1,Y,,N\nC,3,,,\n',
    })
    expect(inForce[0].dataset.counts).toEqual({
      read: 3,
      used: 2,
      quarantined: 0,
      excluded: { 'row-without-values': 1 },
    })
    expect(Array.from(inForce[0].dataset.tables.diary?.columns.row?.values ?? [])).toEqual([0, 0, 0, 0, 0])
    expect(plainRows(result.diary, result.subjects)).toEqual([
      { subject: 'A', day: 0, headache: 1 },
      { subject: 'A', day: 1, headache: 0 },
    ])
    expect(result.counts).toEqual({ read: 2, used: 1, quarantined: 0, excluded: { 'after-last-day': 1 } })
  })
})
