import { expect, it } from 'vitest'
import { createHealth } from './health.ts'

it('is ready when every part it depends on has come up', () => {
  const health = createHealth()
  const vault = health.part('vault')
  const queue = health.part('queue')
  vault.up()
  expect(health.state()).toMatchObject({ live: true, ready: false })
  queue.up()
  expect(health.state().ready).toBe(true)
  queue.down('cannot be reached')
  expect(health.state()).toMatchObject({ live: true, ready: false })
  expect(health.state().parts).toContainEqual({ name: 'queue', ready: false, why: 'cannot be reached' })
})

it('is alive but not ready while it stops, and not alive when only a restart helps', () => {
  const health = createHealth()
  health.stopping()
  expect(health.state()).toMatchObject({ live: true, ready: false })
  health.dead('the event loop stands still')
  expect(health.state().live).toBe(false)
})
