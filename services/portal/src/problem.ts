import { STATUS_CODES } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** An error as RFC 9457 writes it: `title` is the status' own phrase, `detail` a sentence for this case. */
export class Problem extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail)
    this.status = status
    this.headers = headers
  }
}

export const notFound = (detail: string): Problem => new Problem(404, detail)

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, message: detail, headers } = problem
  const body = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, instance: request.url }
  return reply
    .code(status)
    .headers({ 'cache-control': 'no-store', ...headers })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(body))
}

/** Every error leaves as a problem; what we did not foresee says nothing about its cause. */
export function useProblems(app: FastifyInstance, onFault: (error: unknown) => void): void {
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, notFound('nothing has this address')))
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, asProblem(error, onFault)))
}

function asProblem(error: unknown, onFault: (error: unknown) => void): Problem {
  if (error instanceof Problem) return error
  const status = (error as { statusCode?: number }).statusCode ?? 500
  if (status >= 400 && status < 500) return new Problem(status, 'the request cannot be understood')
  onFault(error)
  return new Problem(500, 'something went wrong here; the log of the portal says more')
}
