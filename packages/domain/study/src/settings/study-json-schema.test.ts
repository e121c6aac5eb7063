import { describe, expect, it } from 'vitest'
import { studyJsonSchema } from './study-json-schema.ts'

interface Node {
  readonly properties?: Readonly<Record<string, Node>>
  readonly description?: string
  readonly additionalProperties?: unknown
  readonly required?: readonly string[]
}

describe('the JSON Schema of the study file', () => {
  const schema = studyJsonSchema() as unknown as Node & { $schema: string }

  it('is a draft that editors know, and refuses settings that nobody knows', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
    expect(schema.additionalProperties).toBe(false)
    expect(schema.required).toEqual(['study', 'sources'])
  })

  it('describes every setting at the top', () => {
    const settings = Object.entries(schema.properties ?? {})
    expect(settings.length).toBeGreaterThanOrEqual(20)
    expect(settings.filter(([, node]) => node.description === undefined).map(([name]) => name)).toEqual([])
  })
})
