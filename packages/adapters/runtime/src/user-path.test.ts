import { expect, it } from 'vitest'
import { resolveUserPath } from './user-path.ts'

it('reads a path from the folder where it was typed, not from the one pnpm changed to', () => {
  expect(resolveUserPath('diary.csv', { INIT_CWD: '/home/ann/trial' }, '/opt/afferent')).toBe(
    '/home/ann/trial/diary.csv',
  )
  expect(resolveUserPath('/data/diary.csv', { INIT_CWD: '/home/ann/trial' }, '/opt/afferent')).toBe('/data/diary.csv')
  expect(resolveUserPath('diary.csv', {}, '/opt/afferent')).toBe('/opt/afferent/diary.csv')
})
