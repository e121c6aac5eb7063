import { shortRun } from '@afferent/vault'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fileAddress, runsAddress } from './api.ts'
import { howToRead } from './how-to-read.ts'
import { html, page } from './html.ts'
import { notFound } from './problem.ts'
import type { PublishedRun, RunBook } from './run-book.ts'
import { STYLE } from './style.ts'
import { whatItHolds } from './what-it-holds.ts'

interface Params {
  readonly study: string
  readonly run: string
  readonly file: string
}

const TOP = ['/', 'Studies'] as const
const studyPage = (study: string): string => `/studies/${study}`
const runPage = (study: string, run: string): string => `/studies/${study}/runs/${run}`

/** The same listing as the API, for people: studies, runs, files, and how to read each file. */
export function addPages(app: FastifyInstance, book: RunBook): void {
  app.get('/style.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLE))

  app.get('/', async (_request, reply) => {
    const rows = []
    for (const study of await book.studyNames()) {
      const [newest] = await book.runs(study)
      rows.push(html`<tr><th scope="row"><a href="${studyPage(study)}">${study}</a></th>
<td>${newest === undefined ? 'no results yet' : when(newest)}</td></tr>`)
    }
    const table = html`<table><caption>Studies of this installation and when their results last changed</caption>
<thead><tr><th scope="col">Study</th><th scope="col">Results of</th></tr></thead><tbody>${rows}</tbody></table>`
    const empty = html`<p>No file has arrived yet. Drop exports into <code>drop/&lt;study&gt;/</code>.</p>`
    return send(reply, page('Studies', [], rows.length === 0 ? empty : table))
  })

  app.get<{ Params: Params }>('/studies/:study', async ({ params: { study } }, reply) => {
    const runs = await book.runs(study)
    const latest = await book.latest(study)
    const rows = runs.map(
      (
        each,
      ) => html`<tr><th scope="row"><a href="${runPage(study, each.run)}"><code>${shortRun(each.run)}</code></a></th>
<td>${when(each)}</td><td>${each.trigger}</td><td>${each.run === latest ? 'latest' : ''}</td></tr>`,
    )
    const body = html`<p>As JSON: <a href="${runsAddress(study)}"><code>${runsAddress(study)}</code></a></p>
<div class="scroll"><table><caption>Runs, newest first</caption>
<thead><tr><th scope="col">Run</th><th scope="col">Published</th><th scope="col">Because of</th>
<th scope="col">In force</th></tr></thead><tbody>${rows}</tbody></table></div>`
    return send(reply, page(study, [TOP], body))
  })

  app.get<{ Params: Params }>('/studies/:study/runs/:run', async ({ params: { study, run: written } }, reply) => {
    const { run, exact } = await book.resolve(study, written)
    if (!exact) return reply.header('cache-control', 'no-store').redirect(runPage(study, run), 307)
    const rows = (await book.files(study, run)).map(
      (file) => html`<tr><th scope="row"><a href="${runPage(study, run)}/${file.name}">${file.name}</a></th>
<td>${whatItHolds(file.name)}</td><td class="number">${file.bytes.toLocaleString('en')}</td>
<td><code>${file.sha256}</code></td></tr>`,
    )
    const body = html`<p>Run <code>${run}</code></p><div class="scroll"><table><caption>Files of this run</caption>
<thead><tr><th scope="col">File</th><th scope="col">Holds</th><th scope="col" class="number">Bytes</th>
<th scope="col">SHA-256</th></tr></thead><tbody>${rows}</tbody></table></div>`
    return send(reply, page(shortRun(run), [TOP, [studyPage(study), study]], body))
  })

  app.get<{ Params: Params }>('/studies/:study/runs/:run/:file', async (request, reply) => {
    const { study, run: written, file: name } = request.params
    const { run, exact } = await book.resolve(study, written)
    const file = (await book.files(study, run)).find((each) => each.name === name)
    if (file === undefined) throw notFound(`this run of ${study} has no such file`)
    if (!exact) return reply.header('cache-control', 'no-store').redirect(`${runPage(study, run)}/${file.name}`, 307)
    const address = `${origin(request)}${fileAddress(study, run, file.name)}`
    const recipes = howToRead(file.name, address).map(
      ({ tool, lines }) => html`<h2>${tool}</h2><pre><code>${lines.join('\n')}</code></pre>`,
    )
    const body = html`<p><a href="${fileAddress(study, run, file.name)}" download>Download ${file.name}</a>
(${file.bytes.toLocaleString('en')} bytes, SHA-256 <code>${file.sha256}</code>)</p>
<p>This address always gives these bytes: <code>${address}</code></p>
<p>The newest results: <code>${origin(request)}${fileAddress(study, 'latest', file.name)}</code></p>${recipes}`
    const trail = [TOP, [studyPage(study), study], [runPage(study, run), shortRun(run)]] as const
    return send(reply, page(file.name, trail, body))
  })
}

/** The Host header has been checked before. */
const origin = (request: FastifyRequest): string => `http://${request.headers.host ?? ''}`

const when = ({ publishedAt }: PublishedRun): string => `${publishedAt.slice(0, 16).replace('T', ' ')} UTC`

function send(reply: FastifyReply, text: string): FastifyReply {
  return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(text)
}
