import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { SealedFile } from '@afferent/vault'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { readRange } from './byte-range.ts'
import { mediaType } from './media-types.ts'
import { Problem } from './problem.ts'

/**
 * One file of a run. Its hash is its ETag, so a file fetched once is never sent again, and a download that broke off goes
 * on where it stopped (Range with If-Range). A run's files never change: caches may keep them, though only the user's own.
 */
export function sendFile(request: FastifyRequest, reply: FastifyReply, folder: string, file: SealedFile): FastifyReply {
  const etag = `"${file.sha256}"`
  reply.headers({
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=31536000, immutable',
    'content-disposition': `attachment; filename="${file.name}"`,
  })
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()
  reply.type(mediaType(file.name))

  const condition = request.headers['if-range']
  const mayPart = condition === undefined || condition === etag
  const range = mayPart ? readRange(request.headers.range, file.bytes) : 'whole'
  if (range === 'unsatisfiable') {
    const says = `${file.name} has ${file.bytes} bytes; the range begins behind its end`
    throw new Problem(416, says, { 'content-range': `bytes */${file.bytes}` })
  }
  const path = join(folder, file.name)
  if (range === 'whole') return reply.header('content-length', file.bytes).send(createReadStream(path))
  const { from, to } = range
  return reply
    .code(206)
    .headers({ 'content-range': `bytes ${from}-${to}/${file.bytes}`, 'content-length': to - from + 1 })
    .send(createReadStream(path, { start: from, end: to }))
}

function isKnown(header: string | undefined, etag: string): boolean {
  const known = (header ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''))
  return known.includes('*') || known.includes(etag)
}
