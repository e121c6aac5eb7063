import { execFile, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { VERSION } from './version.ts'

const main = fileURLToPath(new URL('./main.js', import.meta.url))
const run = (...args: string[]) => promisify(execFile)(process.execPath, [main, ...args])

it('runs as a process of its own: results on standard output, exit code 0', async () => {
  expect(await run('--version')).toEqual({ stdout: `${VERSION}\n`, stderr: '' })
})

it('gives its exit code to the caller', async () => {
  await expect(run('dcotor')).rejects.toMatchObject({ code: 2, stdout: '' })
})

it('writes a long result whole into a pipe before it ends', async () => {
  const { stdout } = await run('schema', '--json')
  expect(stdout.length).toBeGreaterThan(10_000)
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, command: 'schema' })
})

it('ends without a word when its reader has seen enough', async () => {
  const host = new URL('./host.ts', import.meta.url).href
  const endless = `const { stdout } = (await import('${host}')).thisProcess(); setInterval(() => stdout.write('row\\n'), 2)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', endless], { stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text))
  child.stdout.once('data', () => child.stdout.destroy())
  const code = await new Promise((resolve) => child.once('close', resolve))
  expect([code, said.join('')]).toEqual([0, ''])
})
