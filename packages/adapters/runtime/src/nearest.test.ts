import { expect, it } from 'vitest'
import { nearest } from './nearest.ts'

it('finds the word that was meant through one swapped, missing, wrong or added letter', () => {
  const commands = ['analyze', 'validate', 'inspect', 'status']
  expect(nearest('anlayze', commands)).toBe('analyze')
  expect(nearest('validte', commands)).toBe('validate')
  expect(nearest('inspekt', commands)).toBe('inspect')
  expect(nearest('Statuss', commands)).toBe('status')
})

it('says nothing when no word is near', () => {
  expect(nearest('xyz', ['analyze', 'validate'])).toBeNull()
  expect(nearest('', ['analyze'])).toBeNull()
})
