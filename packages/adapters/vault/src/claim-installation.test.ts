import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { claimInstallation } from './index.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'claim-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const claims = () => readdirSync(join(root, 'installation')).filter((name) => name.endsWith('.json'))

describe('two installations over one folder', () => {
  it('are refused, with the process that is there', async () => {
    const first = await claimInstallation(root)
    const refused = expect(claimInstallation(root)).rejects
    await refused.toMatchObject({ code: 'in-use' })
    await expect(claimInstallation(root)).rejects.toThrow(`process ${process.pid}) has worked in ${root} since`)
    await first.release()
    const second = await claimInstallation(root)
    expect([first.afterCrash, second.afterCrash]).toEqual([false, false])
    await second.release()
    expect(claims()).toHaveLength(1)
  })

  it('that start at the same moment: exactly one gets it', async () => {
    const started = await Promise.allSettled(Array.from({ length: 8 }, () => claimInstallation(root)))
    const got = started.filter((each) => each.status === 'fulfilled')
    expect(got).toHaveLength(1)
    for (const each of got) await each.value.release()
  })
})

describe('a claim left behind', () => {
  it('by a killed process is taken over, and the crash is told', async () => {
    const door = JSON.stringify(new URL('./index.ts', import.meta.url).href)
    const code = `const { claimInstallation } = await import(${door})
      await claimInstallation(${JSON.stringify(root)}); console.log('held'); setTimeout(() => {}, 60000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    await expect(claimInstallation(root)).rejects.toThrow(`process ${child.pid})`)
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
    const claim = await claimInstallation(root)
    expect(claim.afterCrash).toBe(true)
    await claim.release()
  })

  it('by another machine is taken over only when it shows no life', async () => {
    mkdirSync(join(root, 'installation'))
    const path = join(root, 'installation', '7.json')
    const other = { host: 'elsewhere', pid: 1, born: '5', since: '2026-03-01T08:00:00.000Z', held: true }
    writeFileSync(path, `${JSON.stringify(other)}\n`)
    let beats = 1
    const life = setInterval(() => utimesSync(path, beats, beats++), 20)
    await expect(claimInstallation(root, { beatMs: 50 })).rejects.toThrow('process 1 on elsewhere')
    clearInterval(life)
    const claim = await claimInstallation(root, { beatMs: 50 })
    expect(claim.afterCrash).toBe(true)
    await claim.release()
  })
})
