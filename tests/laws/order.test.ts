import { digest } from '@afferent/runtime'
import { simulate } from '@afferent/simulation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Answer, answerOf, givenText } from '../testkit/analyze.ts'

/**
 * Laws of whole runs over a simulated migraine trial with late entries, copies and dropouts: the result tables are the same
 * bytes for rows in any order, for a file cut in two, for one thread or two; `findings` and the manifest name lines and files.
 */
const trial = simulate({ scenario: 'migraine-prevention', seed: 5, subjects: 12, weeks: 8 })
const texts = trial.files.map(({ name, parts }) => ({ name, text: Buffer.concat([...parts()]).toString() }))
const diary = texts.find(({ name }) => name.includes('diary')) as (typeof texts)[number]
const others = texts.filter((file) => file !== diary)
const [header, ...rows] = diary.text.trimEnd().split('\n') as [string, ...string[]]

async function answer(diaries: readonly (readonly string[])[], threads = 1): Promise<Answer> {
  const parts = diaries.map((part, i) => {
    const name = i === 0 ? diary.name : diary.name.replace('.csv', `-${i}.csv`)
    return givenText(name, `${[header, ...part].join('\n')}\n`)
  })
  return answerOf(trial.studyYaml, [...parts, ...others.map(({ name, text }) => givenText(name, text))], threads)
}

function tables({ files }: Answer): [string, string][] {
  const compared = [...files].filter(([name]) => !/^(findings\.|manifest)/.test(name))
  return compared.map(([name, bytes]) => [name, digest(bytes)])
}

describe('the result tables', () => {
  it('are the same bytes for rows in any order', async () => {
    const expected = tables(await answer([rows]))
    expect(expected.length).toBeGreaterThan(8)
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(rows, { minLength: rows.length }), async (shuffled) => {
        expect(tables(await answer([shuffled]))).toEqual(expected)
      }),
      { numRuns: 6 },
    )
  })

  it('are the same bytes when the diary comes in two files, and with two threads', async () => {
    const expected = tables(await answer([rows]))
    const cuts = [1, rows.length >> 1, rows.length - 1]
    for (const cut of cuts) expect(tables(await answer([rows.slice(0, cut), rows.slice(cut)]))).toEqual(expected)
    const odd = rows.filter((_, i) => i % 2 === 1)
    const even = rows.filter((_, i) => i % 2 === 0)
    expect(tables(await answer([odd, even], 2))).toEqual(expected)
  })

  it('do not change for one subject when another is added', async () => {
    const idOf = (row: string) => row.split(',')[header.split(',').indexOf('subject')] as string
    const someone = idOf(rows[0] as string)
    const whole = await answer([rows])
    const without = await answer([rows.filter((row) => idOf(row) !== someone)])
    const rest = (given: Answer) => given.rows('adeff').filter((row) => !row.USUBJID?.endsWith(`-${someone}`))
    const expected = rest(without)
    expect(expected.length).toBeGreaterThan(100)
    expect(rest(whole)).toEqual(expected)
  })
})
