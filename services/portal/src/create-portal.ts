import type { AddressInfo } from 'node:net'
import type { Log } from '@afferent/pipeline'
import type { Health } from '@afferent/runtime'
import Fastify, { type FastifyInstance } from 'fastify'
import { addApi } from './api.ts'
import { addHealth, type Version } from './health-routes.ts'
import { checkHosts } from './host-check.ts'
import { addPages } from './pages.ts'
import { useProblems } from './problem.ts'
import { type PortalVault, RunBook } from './run-book.ts'
import { useSecurityHeaders } from './security-headers.ts'

export interface PortalOptions {
  readonly vault: PortalVault
  readonly health: Pick<Health, 'state'>
  readonly version: Version
  readonly log: Log
}

export interface Portal {
  readonly app: FastifyInstance
  /** Returns the address people open, e.g. `http://127.0.0.1:8080/`. */
  listen(host: string, port: number): Promise<string>
  close(): Promise<void>
}

/** Used until the portal listens: the port a Host header without one means. */
const HTTP_PORT = 80

/** Read-only: no route takes a body, and no method but GET and HEAD has a handler. */
export function createPortal({ vault, health, version, log }: PortalOptions): Portal {
  const app = Fastify({
    logger: false,
    bodyLimit: 1,
    routerOptions: { maxParamLength: 256 },
    forceCloseConnections: true,
  })
  const port = (): number => (app.server.address() as AddressInfo | null)?.port ?? HTTP_PORT
  useSecurityHeaders(app)
  checkHosts(app, port)
  useProblems(app, (error) => log.error({ err: error }, 'a request failed'))
  addHealth(app, health, version)
  const book = new RunBook(vault)
  addApi(app, book)
  addPages(app, book)
  return {
    app,
    async listen(host, wanted) {
      await app.listen({ host, port: wanted })
      return `http://127.0.0.1:${port()}/`
    },
    close: () => app.close(),
  }
}
