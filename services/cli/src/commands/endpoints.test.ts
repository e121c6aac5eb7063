import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../../../tests/testkit/temporary-folder.ts'
import { call } from '../call.fixture.ts'

const STUDY = `
study: trial
preset: chronic-pain
pain: { threshold: 5 }
responders: { missing: OC }
sources:
  - files: '*.csv'
    layout: daily
    columns: { subject: id, studyDay: day, painAvg: pain }
`

function withStudy(): { env: Record<string, string> } {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'study.yaml'), STUDY)
  return { env: { INIT_CWD: folder } }
}

const page = (path: string): string =>
  readFileSync(new URL(`../../../../packages/domain/${path}`, import.meta.url), 'utf8')

describe('afferent endpoints', () => {
  it('lists every parameter and analysis with its unit, direction, family and table', async () => {
    const { code, stdout } = await call('endpoints')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^MMD +Monthly migraine days \(d\/28 d\) +d\/28 d +lower +headache +adeff$/m)
    expect(stdout).toMatch(/^TTRESP .* pain +adtte$/m)
    expect(stdout).toMatch(/^WILSON .* cohort$/m)
  })

  it('shows one in full: all that the catalogue says, its conventions and the sentence of a protocol', async () => {
    const { stdout } = await call('endpoints ccd')
    for (const name of 'definition formula unit better window minimum missing reasons source mark convention protocol'.split(
      ' ',
    )) {
      expect(stdout, name).toMatch(new RegExp(`^  ${name}`, 'm'))
    }
    expect(stdout).toContain('[P]')
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThan(130)
  })

  it('puts the numbers of a study in, and says what that study does not compute', async () => {
    const { env } = withStudy()
    const of = async (code: string) => (await call(`endpoints ${code} --study study.yaml`, { env })).stdout
    expect(await of('PND4')).toContain('at least 5')
    expect(await of('PND4')).toContain('a missing value stays')
    expect(await of('MMD')).toContain('does not compute it')
    const { stdout } = await call('endpoints --study study.yaml', { env })
    expect(stdout).toContain('PNAVGW')
    expect(stdout).not.toContain('MMD')
  })

  it('refuses an unknown code or family with code 2 and what was probably meant', async () => {
    const { code, stderr } = await call('endpoints MMDD')
    expect(code).toBe(2)
    expect(stderr).toContain('did you mean MMD?')
    const family = await call('endpoints --family headach')
    expect([family.code, family.stderr]).toEqual([2, expect.stringContaining('did you mean headache?')])
  })

  it('shows one family alone', async () => {
    const { stdout } = await call('endpoints --family medication')
    expect(stdout).toContain('TRPD')
    expect(stdout).not.toContain('MMD')
  })

  it('gives the whole definition to a script', async () => {
    const { env } = withStudy()
    const { stdout } = await call('endpoints TTRESP WILSON --study study.yaml --json', { env })
    const { study, endpoints, analyses } = JSON.parse(stdout)
    expect(study).toBe('trial')
    expect(endpoints[0]).toMatchObject({
      code: 'TTRESP',
      table: 'adtte',
      computed: true,
      sentence: expect.stringContaining('TTRESP'),
    })
    expect(endpoints[0].conventions).toContainEqual(
      expect.objectContaining({ id: 'week.minObs', value: '4 of 7 days', applies: true }),
    )
    expect(analyses.map(({ code }: { code: string }) => code)).toEqual(['WILSON'])
  })

  it('prints the pages that stand in the repository, and with a study its methods', async () => {
    const { stdout } = await call('endpoints --markdown')
    expect(stdout).toContain(page('metrics/ENDPOINTS.md'))
    expect(stdout).toContain('# Analyses of the cohort')
    const { env } = withStudy()
    const methods = (await call('endpoints --study study.yaml --markdown', { env })).stdout
    expect(methods).toContain('# Methods of study trial')
    expect(methods).toMatch(/^\| `week\.minObs` +\|/m)
  })
})
