import type { FastifyInstance } from 'fastify'
import { Problem, sendProblem } from './problem.ts'

/** Names by which a browser on this machine may address the portal. */
const OWN_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Whether a Host header names this machine and this port. A page elsewhere that resolves its own name to 127.0.0.1 (DNS
 * rebinding) sends its own name here, and is refused before anything is read.
 */
export function isOwnHost(host: string | undefined, port: number): boolean {
  const parts = /^(\[[0-9a-fA-F:]+\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(host ?? '')
  if (parts === null) return false
  const [, name = '', written] = parts
  return OWN_NAMES.has(name.toLowerCase()) && (written === undefined ? 80 : Number(written)) === port
}

/** Probes of an orchestrator come under the address of the container; they learn nothing but 'ready'. */
const PROBES: ReadonlySet<string> = new Set(['/livez', '/readyz'])

export function checkHosts(app: FastifyInstance, port: () => number): void {
  app.addHook('onRequest', async (request, reply) => {
    if (PROBES.has(request.url) || isOwnHost(request.headers.host, port())) return
    const detail = 'this portal answers only under localhost, 127.0.0.1 or [::1] and its own port'
    return sendProblem(request, reply, new Problem(421, detail))
  })
}
