import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { CATALOGUE } from './catalogue.ts'
import { endpointsReference } from './endpoints-reference.ts'

const file = new URL('../../ENDPOINTS.md', import.meta.url)

it('ENDPOINTS.md describes every parameter as the catalogue has it (UPDATE_ENDPOINTS=1 writes it anew)', () => {
  const text = endpointsReference()
  if (process.env.UPDATE_ENDPOINTS === '1') writeFileSync(file, text)
  expect(readFileSync(file, 'utf8')).toBe(text)
  for (const { code } of CATALOGUE) expect(text).toContain(`\n### ${code}: `)
})
