import type { Health } from '@afferent/runtime'
import type { FastifyInstance } from 'fastify'

export interface Version {
  readonly name: 'afferent'
  readonly version: string
  readonly node: string
}

/** `/livez`: a restart would help if not 200. `/readyz`: whether to send requests here; names what is missing. */
export function addHealth(app: FastifyInstance, health: Pick<Health, 'state'>, version: Version): void {
  app.get('/livez', async (_request, reply) => {
    const { live } = health.state()
    return reply.code(live ? 200 : 503).send({ status: live ? 'ok' : 'failing' })
  })
  app.get('/readyz', async (_request, reply) => {
    const { ready, parts } = health.state()
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'not ready', parts })
  })
  app.get('/version', async () => version)
}
