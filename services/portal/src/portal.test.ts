import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContentId } from '@afferent/ledger'
import { createHealth, type Health } from '@afferent/runtime'
import { type LocalVault, openVault } from '@afferent/vault'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPortal, type Portal } from './index.ts'

const OLD: ContentId = `sha256-${'a'.repeat(64)}`
const NEW: ContentId = `sha256-${'b'.repeat(64)}`
const CSV = 'USUBJID,AVAL\n1,10\n2,20\n'
const hash = createHash('sha256').update(CSV).digest('hex')

let root: string
let vault: LocalVault
let portal: Portal
let health: Health
let faults: string[]

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'portal-'))
  vault = await openVault({ root })
  faults = []
  for (const [i, run] of [OLD, NEW].entries()) {
    await vault.writeFolder(`runs/trial/${run}`, async (folder) => {
      await folder.write('adeff.csv', new TextEncoder().encode(CSV))
      await folder.write('adeff.arrow', new Uint8Array([65, 82, 82, 79, 87, 49]))
      await folder.write('manifest.json', new TextEncoder().encode('{}'))
    })
    const at = `2026-03-0${i + 1}T08:00:00.000Z`
    await vault.append('trial', { kind: 'published', at, run, answers: i, trigger: 'drop' })
    await vault.advanceLatest('trial', { run, number: i, version: 1, judged: 1 })
  }
  health = createHealth()
  const log = { info: () => {}, warn: () => {}, error: (_: object, text: string) => void faults.push(text) }
  portal = createPortal({ vault, health, version: { name: 'afferent', version: '0.1.0', node: 'v24' }, log })
})
afterEach(async () => {
  await portal.close()
  rmSync(root, { recursive: true, force: true })
})

const get = (url: string, headers: Record<string, string> = {}) => portal.app.inject({ method: 'GET', url, headers })
const file = (run: string, name: string) => `/api/studies/trial/runs/${run}/${name}`

describe('the listing', () => {
  it('names studies, runs newest first, and the files of a run with their hashes', async () => {
    expect((await get('/api/studies')).json()).toEqual({
      schemaVersion: 1,
      studies: [{ study: 'trial', runs: '/api/studies/trial/runs', latest: `/api/studies/trial/runs/${NEW}` }],
    })
    const { runs, next } = (await get('/api/studies/trial/runs')).json()
    expect(runs.map((each: { run: string; latest: boolean }) => [each.run, each.latest])).toEqual([
      [NEW, true],
      [OLD, false],
    ])
    expect(next).toBeNull()
    const { files } = (await get(`/api/studies/trial/runs/${OLD}`)).json()
    expect(files.map((each: { name: string }) => each.name)).toEqual(['adeff.arrow', 'adeff.csv', 'manifest.json'])
    expect(files[1]).toEqual({
      name: 'adeff.csv',
      bytes: CSV.length,
      sha256: hash,
      mediaType: 'text/csv; charset=utf-8; header=present',
      address: file(OLD, 'adeff.csv'),
    })
  })

  it('comes page by page', async () => {
    const first = (await get('/api/studies/trial/runs?limit=1')).json()
    expect(first.runs).toHaveLength(1)
    const second = (await get(first.next)).json()
    expect(second.runs[0].run).toBe(OLD)
    expect(second.next).toBeNull()
    expect((await get('/api/studies/trial/runs?limit=0')).statusCode).toBe(400)
    expect((await get('/api/studies/trial/runs?after=nobody')).statusCode).toBe(400)
  })
})

describe('a download', () => {
  it('under latest leads to the run that is in force, so that two files fetched in turn belong together', async () => {
    const answer = await get(file('latest', 'adeff.arrow'))
    expect(answer.statusCode).toBe(307)
    expect(answer.headers.location).toBe(file(NEW, 'adeff.arrow'))
    expect(answer.headers['cache-control']).toBe('no-store')
    expect((await get(file('b'.repeat(12), 'adeff.arrow'))).headers.location).toBe(file(NEW, 'adeff.arrow'))
    expect((await get('/api/studies/trial/runs/latest')).headers.location).toBe(`/api/studies/trial/runs/${NEW}`)
  })

  it('carries its hash as ETag and is not sent to whoever has it', async () => {
    const answer = await get(file(OLD, 'adeff.csv'))
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toBe(CSV)
    expect(answer.headers).toMatchObject({
      etag: `"${hash}"`,
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-length': String(CSV.length),
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      'content-disposition': 'attachment; filename="adeff.csv"',
    })
    const again = await get(file(OLD, 'adeff.csv'), { 'if-none-match': `"other", W/"${hash}"` })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    const arrow = await get(file(OLD, 'adeff.arrow'))
    expect(arrow.headers['content-type']).toBe('application/vnd.apache.arrow.file')
  })

  it('goes on where it stopped', async () => {
    const part = (range: string, more = {}) => get(file(OLD, 'adeff.csv'), { range, ...more })
    const middle = await part('bytes=8-11')
    expect([middle.statusCode, middle.body, middle.headers['content-range']]).toEqual([206, 'AVAL', 'bytes 8-11/23'])
    expect((await part('bytes=18-')).body).toBe('2,20\n')
    expect((await part('bytes=-5')).body).toBe('2,20\n')
    expect((await part('bytes=20-999')).headers['content-range']).toBe('bytes 20-22/23')
    const behind = await part('bytes=23-')
    expect([behind.statusCode, behind.headers['content-range']]).toEqual([416, 'bytes */23'])
    expect((await part('bytes=0-1', { 'if-range': '"another"' })).statusCode).toBe(200)
    expect((await part('bytes=0-1,4-5')).statusCode).toBe(200)
    expect((await part('bytes=5-2')).statusCode).toBe(200)
  })

  it('answers HEAD with the same headers and no bytes', async () => {
    const answer = await portal.app.inject({ method: 'HEAD', url: file(OLD, 'adeff.csv') })
    expect(answer.headers).toMatchObject({ etag: `"${hash}"`, 'content-length': String(CSV.length) })
    expect(answer.body).toBe('')
  })
})

describe('an address that leads nowhere', () => {
  it.each([
    file(OLD, 'seal.json'),
    file(OLD, '..%2F..%2Flatest'),
    file(OLD, '%2e%2e'),
    file('sha256-1', 'adeff.csv'),
    '/api/studies/..%2F..%2Fetc/runs',
    '/api/studies/unknown/runs',
    '/api/studies/Trial/runs',
    '/studies/unknown',
    '/etc/passwd',
  ])('%s is a problem as RFC 9457 writes it', async (url) => {
    const answer = await get(url)
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(answer.json()).toMatchObject({ type: 'about:blank', title: 'Not Found', status: 404 })
    expect(faults).toEqual([])
  })

  it('says nothing about a fault of ours, but the log hears of it', async () => {
    await vault.removeFolder(`runs/trial/${NEW}`)
    expect((await get(`/api/studies/trial/runs/${NEW}`)).statusCode).toBe(404)
    const broken = { ...vault, studies: () => Promise.reject(new Error('secret path')) }
    const log = { info: () => {}, warn: () => {}, error: (_: object, text: string) => void faults.push(text) }
    const other = createPortal({ vault: broken, health, version: { name: 'afferent', version: '0', node: '' }, log })
    const answer = await other.app.inject('/api/studies')
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('secret')
    expect(faults).toEqual(['a request failed'])
    await other.close()
  })
})

describe('whoever asks', () => {
  it.each(['localhost', '127.0.0.1:80', '[::1]', 'LOCALHOST:80'])('under %s is answered', async (host) => {
    expect((await get('/api/studies', { host })).statusCode).toBe(200)
  })

  it.each(['evil.example', 'localhost:8081', '127.0.0.1.evil.example', '192.168.0.4', 'localhost@evil.example'])(
    'under %j is refused before anything is read',
    async (host) => {
      const answer = await get('/api/studies', { host })
      expect(answer.statusCode).toBe(421)
      expect(answer.json().status).toBe(421)
    },
  )

  it('gets no route that changes anything', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'] as const) {
      expect((await portal.app.inject({ method, url: '/api/studies' })).statusCode).toBe(404)
    }
  })
})

describe('pages', () => {
  it('list studies, runs and files, with headers that let nothing else in', async () => {
    const start = await get('/')
    expect(start.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(start.headers['content-security-policy']).toContain("default-src 'none'")
    expect(start.body).toContain('<a href="/studies/trial">trial</a>')
    const study = await get('/studies/trial')
    expect(study.body).toContain(`<a href="/studies/trial/runs/${NEW}"><code>${'b'.repeat(12)}</code></a>`)
    const run = await get(`/studies/trial/runs/${NEW}`)
    expect(run.body).toContain(hash)
    expect((await get('/studies/trial/runs/latest')).headers.location).toBe(`/studies/trial/runs/${NEW}`)
    expect((await get('/style.css')).headers['content-type']).toBe('text/css; charset=utf-8')
  })

  it('tell of each file of a run what it holds', async () => {
    const { body } = await get(`/studies/trial/runs/${NEW}`)
    expect(body).toMatch(/adeff\.csv<\/a><\/th>\s*<td>a row per patient, parameter and visit/)
  })

  it('show how each table is read in R, Python and DuckDB, with its own address', async () => {
    const csv = (await get(`/studies/trial/runs/${NEW}/adeff.csv`, { host: 'localhost' })).body
    for (const tool of ['R', 'Python', 'DuckDB']) expect(csv).toContain(`<h2>${tool}</h2>`)
    expect(csv).toContain(`http://localhost${file(NEW, 'adeff.csv')}`)
    const arrow = (await get(`/studies/trial/runs/${NEW}/adeff.arrow`)).body
    expect(arrow).toContain('arrow::read_ipc_file(&quot;adeff.arrow&quot;)')
    expect(arrow).not.toContain('<h2>DuckDB</h2>')
  })
})

describe('health', () => {
  it('is live at once, ready when every part is, and answers probes under any name', async () => {
    const part = health.part('vault')
    expect((await get('/livez', { host: '10.0.0.7:8080' })).statusCode).toBe(200)
    expect((await get('/readyz', { host: '10.0.0.7:8080' })).statusCode).toBe(503)
    part.up()
    expect((await get('/readyz')).json()).toMatchObject({ status: 'ok' })
    health.dead('broken')
    expect((await get('/livez')).statusCode).toBe(503)
    expect((await get('/version')).json()).toEqual({ name: 'afferent', version: '0.1.0', node: 'v24' })
  })
})

describe('over a real socket', () => {
  it('serves a file on 127.0.0.1 and refuses a foreign Host header with its own port', async () => {
    const address = await portal.listen('127.0.0.1', 0)
    const { port } = new URL(address)
    const followed = await fetch(new URL(file('latest', 'adeff.csv'), address))
    expect(followed.url).toBe(new URL(file(NEW, 'adeff.csv'), address).href)
    expect(await followed.text()).toBe(CSV)
    expect(await statusFor(port, 'evil.example')).toBe(421)
    expect(await statusFor(port, `evil.example:${port}`)).toBe(421)
    expect(await statusFor(port, 'localhost')).toBe(421) // port 80 is somebody else
    expect(await statusFor(port, `localhost:${port}`)).toBe(200)
  })
})

function statusFor(port: string, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: '/', headers: { host } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    asked.on('error', reject).end()
  })
}
