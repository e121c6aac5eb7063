import type { Step } from '@afferent/pipeline'
import { expect, it } from 'vitest'
import { family, publishStep, validateStep } from '../../../tests/testkit/steps.ts'
import { AskedLately } from './asked-lately.ts'

const asked = (...uploads: number[]) => uploads.map((upload) => ({ step: validateStep('s', upload), children: [] }))
const numbers = (steps: readonly { step: Step }[]) =>
  steps.map(({ step }) => (step.kind === 'validate' ? step.upload : 0))

it('sends what a look asks for once, while looks go on asking for it', () => {
  const lately = new AskedLately()
  expect(numbers(lately.toSend(asked(1, 2, 3), 0))).toEqual([1, 2, 3])
  expect(numbers(lately.toSend(asked(2, 3, 4), 10))).toEqual([4])
  expect(numbers(lately.toSend(asked(3, 4), 20))).toEqual([])
})

it('sends it again after twenty seconds, should the queue have lost it', () => {
  const lately = new AskedLately()
  for (const [now, expected] of [
    [0, [1]],
    [19_999, []],
    [20_000, [1]],
    [30_000, []],
  ] as const)
    expect(numbers(lately.toSend(asked(1), now))).toEqual(expected)
})

it('sends at once what was settled in between and is asked again', () => {
  const lately = new AskedLately()
  lately.toSend(asked(1), 0)
  lately.toSend([], 10)
  expect(numbers(lately.toSend(asked(1), 20))).toEqual([1])
})

it('never holds back a publish step: the same run may be asked again as soon as it is done', () => {
  const lately = new AskedLately()
  const steps = [{ step: publishStep('s', 'run'), children: [] }, family('s', 'other', 2)]
  expect(lately.toSend(steps, 0)).toEqual(steps)
  expect(lately.toSend(steps, 1)).toEqual(steps)
})

it('sends all again when the queue did not take them', () => {
  const lately = new AskedLately()
  lately.toSend(asked(1), 0)
  lately.forget()
  expect(numbers(lately.toSend(asked(1), 1))).toEqual([1])
})
