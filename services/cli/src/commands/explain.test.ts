import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ContentId } from '@afferent/ledger'
import { openVault } from '@afferent/vault'
import { describe, expect, it } from 'vitest'
import { answerOf, givenText } from '../../../../tests/testkit/analyze.ts'
import { temporaryFolder } from '../../../../tests/testkit/temporary-folder.ts'
import { call } from '../call.fixture.ts'

const PAIN_STUDY = `
study: pain
preset: chronic-pain
weeks: { count: 4 }
sources:
  - { files: '*.csv', layout: daily, columns: { subject: id, studyDay: day, painAvg: pain } }
`

/** Pain 8 in the baseline week and 4 after it, every day; day 3 stands in a second file as well, with another rating. */
const painRows = Array.from({ length: 35 }, (_, i) => (i < 7 ? i - 7 : i - 6)).map(
  (day) => `P1,${day},${day < 0 ? 8 : 4}`,
)

function withPain(): { env: Record<string, string> } {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'study.yaml'), PAIN_STUDY)
  writeFileSync(join(folder, 'a.csv'), `id,day,pain\n${painRows.join('\n')}\n`)
  writeFileSync(join(folder, 'b.csv'), 'id,day,pain\nP1,3,4\nP1,4,2\n')
  return { env: { INIT_CWD: folder } }
}

const ask = (words: string, env: Record<string, string>) =>
  call(`explain P1 ${words} a.csv b.csv --study study.yaml`, { env })

describe('afferent explain', () => {
  it('names file and line of every day, and copies that were not used with the rule', async () => {
    const { env } = withPain()
    const { code, stdout } = await ask('PNAVGW --visit 1', env)
    expect(code).toBe(0)
    // Day 1 is the eighth row of a.csv, line 9. Day 3 is said twice alike, day 4 differs: the higher rating counts.
    expect(stdout).toMatch(/day +1 +adds 4 +a\.csv:9$/m)
    expect(stdout).toMatch(/day +3 +adds 4 +a\.csv:11, b\.csv:2 \(not used: duplicate-copy\)$/m)
    expect(stdout).toMatch(/day +4 +adds 4 +a\.csv:12, b\.csv:3 \(not used: duplicate-conflict\)$/m)
    expect(stdout).toContain('AVAL = 4')
  })

  it('explains a time to event, which has no visit, and says so to --visit', async () => {
    const { env } = withPain()
    const { stdout } = await ask('TTRESP', env)
    // Weeks 1 and 2 both fell from 8 to 4: the response is confirmed at the end of week 1.
    expect(stdout).toMatch(/^ {2}AVAL +7$/m)
    expect(stdout).toMatch(/^ {2}EVNTDESC +Response confirmed$/m)
    const { code, stderr } = await ask('TTRESP --visit 1', env)
    expect([code, stderr]).toEqual([5, expect.stringContaining('a time to event has no visit')])
  })

  it('shortens long lists until --days asks for all', async () => {
    const { env } = withPain()
    const short = (await ask('PNAVGM --visit 1', env)).stdout
    const all = (await ask('SUSRSP --days', env)).stdout
    expect(short).toMatch(/day +28 /)
    expect((await ask('PNAVGM', env)).stdout).toContain('more days that add (--days shows all)')
    expect((await ask('SUSRSP', env)).stdout).not.toMatch(/^ {4}day /m)
    expect(all).not.toContain('--days shows all')
    expect(all.match(/^ {4}day /gm)).toHaveLength(35)
  })

  it('refuses an unknown visit, parameter or subject with the known ones', async () => {
    const { env } = withPain()
    expect(await ask('PNAVGW --visit 9', env)).toMatchObject({ code: 5, stderr: expect.stringContaining('1 (Week 1)') })
    expect(await ask('PNAVG', env)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/did you mean PNAVG[MW]\?/),
    })
    const stranger = await call('explain Q9 PNAVGW a.csv --study study.yaml', { env })
    expect(stranger).toMatchObject({ code: 5, stderr: expect.stringContaining('subjects here: P1') })
  })

  it('asks for exports with a study file, or for a run', async () => {
    const { env } = withPain()
    expect((await call('explain P1 PNAVGW a.csv', { env })).code).toBe(2)
    expect((await call('explain P1 PNAVGW --study study.yaml', { env })).code).toBe(2)
    expect((await call('explain P1 PNAVGW a.csv --study study.yaml --run 12', { env })).code).toBe(2)
  })
})

describe('afferent explain --run', () => {
  it('explains a run of an installation from the bytes and the study file it keeps', async () => {
    const data = temporaryFolder()
    const vault = await openVault({ root: join(data, 'vault') })
    const text = `id,day,pain\n${painRows.join('\n')}\n`
    const { run, files } = await answerOf(PAIN_STUDY, [givenText('diary.csv', text)])
    await vault.putObject(bytesOf(text))
    await vault.writeFolder(`runs/pain/${run}`, async (folder) => {
      for (const [name, bytes] of files) await folder.write(name, bytes)
    })
    await vault.append('pain', { kind: 'published', at: '2026-03-01T00:00:00Z', run, answers: 1, trigger: 'drop' })
    await vault.close()
    const id = run.slice('sha256-'.length, 20) as ContentId
    const { code, stdout, stderr } = await call(`explain P1 PNAVGW --visit 1 --run ${id} --data ${data}`)
    expect([code, stderr.trim()]).toEqual([0, ''])
    expect(stdout).toMatch(/day +1 +adds 4 +diary\.csv:9$/m)
    const unknown = await call(`explain P1 PNAVGW --run ffff --data ${data}`)
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('there is no run ffff')])
  })
})

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}
