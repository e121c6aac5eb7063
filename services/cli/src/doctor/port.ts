import { createServer } from 'node:net'
import { type Check, fine, wrong } from './check.ts'

/** Whether this process may listen on the loopback address at all; which port is free shows when the portal starts. */
export function checkPort(): Promise<Check> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      const says = `cannot listen on 127.0.0.1 (${error.code ?? 'unknown error'})`
      resolve(wrong('network', says, 'allow loopback connections: queue and pages need them'))
    })
    server.listen(0, '127.0.0.1', () => server.close(() => resolve(fine('network', '127.0.0.1 can be listened on'))))
  })
}
