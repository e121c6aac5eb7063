import { FEATURES, medicationBit } from '@afferent/records'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inputsOf } from '../catalogue/inputs.ts'
import { studyOf } from '../records.fixture.ts'
import { HEADACHE_PRESETS } from './headache-presets.ts'
import { makeDayJudge } from './judge-days.ts'
import { FORM, SubjectDays } from './subject-days.ts'

const LENGTH = 8
const features = fc.subarray(Object.values(FEATURES)).map((some) => some.reduce((all, bit) => all | bit, 0))
const taken = fc.constantFrom(0, medicationBit('nsaid'), medicationBit('triptan'))
const form = fc.record({
  said: fc.constantFrom(...Object.values(FORM)),
  hours: fc.constantFrom(-1, 0, 0.5, 1, 3.5, 4, 10),
  peak: fc.integer({ min: -1, max: 3 }),
  features,
  treated: taken,
  acute: taken,
  effective: fc.constantFrom(0, 1),
  patient: fc.constantFrom(0, 1),
  aura: fc.constantFrom(0, 1),
  answered: fc.constantFrom(0, 1),
})

type Form = typeof form extends fc.Arbitrary<infer T> ? T : never

it('a date that only a form speaks about is the same whether its kind was judged before or not', () => {
  const family = fc.record({
    preset: fc.constantFrom(...(Object.keys(HEADACHE_PRESETS) as (keyof typeof HEADACHE_PRESETS)[])),
    migraineSource: fc.constantFrom('criteria' as const, 'patient' as const),
    featureScope: fc.constantFrom('day' as const, 'episode' as const),
    probable: fc.boolean(),
  })
  fc.assert(
    fc.property(family, fc.boolean(), fc.array(form, { minLength: LENGTH, maxLength: LENGTH }), (own, apart, forms) => {
      const usual = studyOf({})
      if (usual.headache === null) throw new Error('the study of the fixture counts headache')
      const study = { ...usual, headache: { ...usual.headache, ...own } }
      const judge = makeDayJudge(study, { ...inputsOf(study), medicationOnForms: !apart })
      // A log declared complete on the last date alone has every date judged by itself.
      const byKind = judged(forms, (days) => judge(days, 0, LENGTH, Number.POSITIVE_INFINITY, -1))
      const again = judged(forms, (days) => judge(days, 0, LENGTH, Number.POSITIVE_INFINITY, -1))
      const byItself = judged(forms, (days) => judge(days, 0, LENGTH, LENGTH, LENGTH))
      expect(byKind).toEqual(byItself)
      expect(again).toEqual(byItself)
    }),
  )
})

function judged(forms: readonly Form[], judge: (days: SubjectDays) => void): unknown {
  const days = new SubjectDays(0, LENGTH + 1)
  days.clear(0)
  forms.forEach((one, i) => {
    days.form[i] = one.said
    days.formHours[i] = one.hours
    days.formPeak[i] = one.peak
    days.formPatient[i] = one.patient
    days.features[i] = one.features
    days.aura[i] = one.aura
    days.treated[i] = one.treated
    days.acute[i] = one.acute | one.treated
    days.effective[i] = one.effective
    days.medicationAnswered[i] = one.said === FORM.none ? 0 : one.answered
  })
  judge(days)
  return { words: [...days.words.subarray(0, LENGTH)], hours: [...days.hours.subarray(0, LENGTH)] }
}
