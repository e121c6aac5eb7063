import type { FindingsBuilder } from '@afferent/records'

/**
 * Whether the highest of the subjects' numbers is that of one subject alone, while others have numbers too: then one
 * mistyped month of his would move a figure of the whole study.
 */
export function checkRestsOnOne(
  rule: 'cut-rests-on-one' | 'periods-rest-on-one',
  subjects: readonly string[],
  numbers: readonly number[],
  print: (number: number) => string,
  findings: FindingsBuilder,
): void {
  let first = -1
  let second = -1
  for (let s = 0; s < numbers.length; s++) {
    if (numbers[s] <= 0 && rule === 'periods-rest-on-one') continue
    if (numbers[s] === Number.MIN_SAFE_INTEGER) continue
    if (first < 0 || numbers[s] > numbers[first]) {
      second = first
      first = s
    } else if (second < 0 || numbers[s] > numbers[second]) {
      second = s
    }
  }
  if (second < 0 || numbers[first] === numbers[second]) return
  findings.add({
    rule,
    subject: subjects[first],
    detail: `${print(numbers[first])}; without this subject ${print(numbers[second])}`,
  })
}
