import type { FastifyInstance } from 'fastify'
import { mediaType } from './media-types.ts'
import { notFound, Problem } from './problem.ts'
import type { RunBook } from './run-book.ts'
import { sendFile } from './send-file.ts'

const PAGE = 100

interface Params {
  readonly study: string
  readonly run: string
  readonly file: string
}

/** Addresses that stay: a run's id never means other bytes, and `latest` is only ever a redirect to an id. */
export const runsAddress = (study: string): string => `/api/studies/${study}/runs`
export const runAddress = (study: string, run: string): string => `${runsAddress(study)}/${run}`
export const fileAddress = (study: string, run: string, file: string): string => `${runAddress(study, run)}/${file}`

export function addApi(app: FastifyInstance, book: RunBook): void {
  app.get('/api/studies', async () => {
    const studies = []
    for (const study of await book.studyNames()) {
      const latest = await book.latest(study)
      studies.push({ study, runs: runsAddress(study), latest: latest === null ? null : runAddress(study, latest) })
    }
    return { schemaVersion: 1, studies }
  })

  app.get<{ Params: Params; Querystring: { after?: string; limit?: string } }>(
    '/api/studies/:study/runs',
    async ({ params: { study }, query }) => {
      const all = await book.runs(study)
      const latest = await book.latest(study)
      const begin = query.after === undefined ? 0 : all.findIndex((each) => each.run === query.after) + 1
      if (query.after !== undefined && begin === 0) throw new Problem(400, 'after names a run that is not there')
      const limit = readLimit(query.limit)
      const page = all.slice(begin, begin + limit)
      const last = page.at(-1)
      const more = last !== undefined && begin + limit < all.length
      return {
        schemaVersion: 1,
        study,
        runs: page.map((each) => ({ ...each, latest: each.run === latest, address: runAddress(study, each.run) })),
        next: more ? `${runsAddress(study)}?after=${last.run}&limit=${limit}` : null,
      }
    },
  )

  app.get<{ Params: Params }>('/api/studies/:study/runs/:run', async ({ params: { study, run: written } }, reply) => {
    const { run, exact } = await book.resolve(study, written)
    if (!exact) return reply.header('cache-control', 'no-store').redirect(runAddress(study, run), 307)
    const files = (await book.files(study, run)).map((file) => ({
      ...file,
      mediaType: mediaType(file.name),
      address: fileAddress(study, run, file.name),
    }))
    return { schemaVersion: 1, study, run, files }
  })

  app.get<{ Params: Params }>('/api/studies/:study/runs/:run/:file', async (request, reply) => {
    const { study, run: written, file: name } = request.params
    const { run, exact } = await book.resolve(study, written)
    const file = (await book.files(study, run)).find((each) => each.name === name)
    if (file === undefined) throw notFound(`this run of ${study} has no such file`)
    if (!exact) return reply.header('cache-control', 'no-store').redirect(fileAddress(study, run, file.name), 307)
    return sendFile(request, reply, book.folder(study, run), file)
  })
}

function readLimit(written: string | undefined): number {
  if (written === undefined) return PAGE
  const limit = Number(written)
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1_000) return limit
  throw new Problem(400, 'limit is a whole number from 1 to 1000')
}
