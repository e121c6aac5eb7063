import { readFileSync } from 'node:fs'
import { instrumentOf, plainSettings, scoreForm } from '@afferent/instruments'
import { expect, it } from 'vitest'
import { describeReference } from '../../testkit/reference.ts'

/** One form: answers by the last digit of QSTESTCD PHQ0101..PHQ0109, and the total PHQ0111 that the file gives. */
interface Form {
  readonly answers: Map<number, number>
  total: number | null
}

describeReference('PHQ-9 of the CDISC sample study', (root) => {
  const { columns, rows } = JSON.parse(readFileSync(`${root}/data/cdisc/sdtm/qsph.json`, 'utf8')) as {
    columns: { name: string }[]
    rows: (string | number | null)[][]
  }
  const place = (name: string): number => columns.findIndex((column) => column.name === name)
  const [subject, visit, test, value] = ['USUBJID', 'VISITNUM', 'QSTESTCD', 'QSSTRESN'].map(place) as [
    number,
    number,
    number,
    number,
  ]
  const forms = new Map<string, Form>()
  for (const row of rows) {
    const key = `${row[subject]} ${row[visit]}`
    const form = forms.get(key) ?? { answers: new Map(), total: null }
    forms.set(key, form)
    const item = Number(String(row[test]).slice(-2))
    if (item === 11) form.total = row[value] as number
    else if (item <= 9) form.answers.set(item, row[value] as number)
  }

  it('gives 29 of 30 forms the total of the file; of the 30th the answers sum to 26 and the file says 27', () => {
    const phq9 = instrumentOf('PHQ9')!
    const into = new Float64Array(1)
    expect(forms.size).toBe(30)
    const different: string[] = []
    for (const [key, { answers, total }] of forms) {
      const form = Float64Array.from(phq9.items, ({ id }) => answers.get(Number(id)) ?? Number.NaN)
      expect(scoreForm(phq9, form, into, plainSettings(phq9)), key).toBeNull()
      if (into[0] !== total) different.push(`${key}: ${into[0]}, not ${total}`)
      expect(phq9.events(form).length > 0, key).toBe((answers.get(9) ?? 0) > 0)
    }
    // Answers 3 3 3 3 3 3 2 3 3: an error of the sample study.
    expect(different).toEqual(['CDISC004 3: 26, not 27'])
  })
})
