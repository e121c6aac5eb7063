import { expect, it } from 'vitest'
import { toPaint, wantsColor } from './paint.ts'

it('colours a terminal and nothing else, unless told otherwise', () => {
  expect(wantsColor({ isTTY: true, env: {}, refused: false })).toBe(true)
  expect(wantsColor({ isTTY: false, env: {}, refused: false })).toBe(false)
  expect(wantsColor({ isTTY: true, env: { TERM: 'dumb' }, refused: false })).toBe(false)
  expect(wantsColor({ isTTY: false, env: { FORCE_COLOR: '1' }, refused: false })).toBe(true)
  expect(wantsColor({ isTTY: true, env: { FORCE_COLOR: '0' }, refused: false })).toBe(false)
})

it('follows NO_COLOR and --no-color before FORCE_COLOR; an empty NO_COLOR says nothing', () => {
  expect(wantsColor({ isTTY: true, env: { NO_COLOR: '1', FORCE_COLOR: '1' }, refused: false })).toBe(false)
  expect(wantsColor({ isTTY: true, env: { FORCE_COLOR: '1' }, refused: true })).toBe(false)
  expect(wantsColor({ isTTY: true, env: { NO_COLOR: '' }, refused: false })).toBe(true)
})

it('leaves a text as it is where colours are not wanted', () => {
  expect(toPaint(false)('red', 'error')).toBe('error')
  expect(toPaint(true)('red', 'error')).toBe('\u001b[31merror\u001b[39m')
})
