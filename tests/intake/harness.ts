import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createIntake, type Intake, type IntakeOptions, type IntakePorts } from '@afferent/intake'
import type { NumberedEntry, Receipt } from '@afferent/ledger'
import type { Outcome } from '@afferent/pipeline'
import { type LocalVault, openVault } from '@afferent/vault'
import { onTestFinished } from 'vitest'

type Received = Extract<NumberedEntry, { kind: 'received' }>

/**
 * A drop folder, a vault on a disk and an intake between them. In place of the stages stands a rule that is easy to see
 * through: a study file is valid when it says `study`, data are refused when they say `bad`, empty when they are.
 */
export interface World {
  readonly drop: string
  readonly vault: LocalVault
  readonly rings: string[]
  readonly said: string[]
  readonly logged: string[]
  readonly intake: Intake
  /** While true, no data file gets a verdict. */
  hold: boolean
  put(path: string, text: string): string
  receipt(path: string): Receipt
  list(path?: string): string[]
  received(study?: string): Promise<Received[]>
  until(what: string, holds: () => unknown): Promise<void>
  restart(ports?: Partial<IntakePorts>): Promise<Intake>
}

const QUICK: Partial<IntakeOptions> = { settleMs: 40, pollMs: 100, retryMs: 150 }

export async function makeWorld(
  ports: Partial<IntakePorts> = {},
  options: Partial<IntakeOptions> = {},
): Promise<World> {
  const root = mkdtempSync(join(tmpdir(), 'intake-'))
  const vault = await openVault({ root: join(root, 'vault') })
  const rings: string[] = []
  const said: string[] = []
  const logged: string[] = []
  const drop = join(root, 'drop')
  const log = (fields: Record<string, unknown>, text: string) => void logged.push(JSON.stringify({ ...fields, text }))
  const start = async (given: Partial<IntakePorts>): Promise<Intake> => {
    const all: IntakePorts = {
      vault,
      ring: (study) => rings.push(study),
      outcomesOf: (study, numbers) => outcomes(vault, study, numbers, world.hold),
      findingsOf: async () => ({ groups: [], csv: null }),
      propose: async () => null,
      say: (notice) => void said.push(`${notice.study}: ${notice.says}`),
      log: { info: log, warn: log, error: log },
      now: () => Date.now(),
      ...given,
    }
    const intake = createIntake(drop, all, { ...QUICK, ...options })
    await intake.start()
    return intake
  }
  const world = {
    drop,
    vault,
    rings,
    said,
    logged,
    hold: false,
    intake: undefined as unknown as Intake,
    put(path: string, text: string) {
      mkdirSync(dirname(join(drop, path)), { recursive: true })
      writeFileSync(join(drop, path), text)
      return join(drop, path)
    },
    receipt: (path: string) => JSON.parse(readFileSync(join(drop, `${path}.receipt.json`), 'utf8')) as Receipt,
    list: (path = '') => (existsSync(join(drop, path)) ? readdirSync(join(drop, path)).sort() : []),
    received: async (study = 'trial') =>
      (await vault.journal(study)).filter((entry): entry is Received => entry.kind === 'received'),
    async until(what: string, holds: () => unknown) {
      for (let i = 0; i < 400; i++) {
        if (await holds()) return
        await pause(20)
      }
      throw new Error(`not within 8 s: ${what}`)
    },
    async restart(again: Partial<IntakePorts> = {}) {
      await world.intake.stop()
      world.intake = await start({ ...ports, ...again })
      return world.intake
    },
  }
  onTestFinished(async () => {
    await world.intake?.stop()
    rmSync(root, { recursive: true, force: true })
  })
  world.intake = await start(ports)
  return world
}

/** A study with its study file answered, ready for data. */
export async function makeStudy(
  ports: Partial<IntakePorts> = {},
  options: Partial<IntakeOptions> = {},
): Promise<World> {
  const world = await makeWorld(ports, options)
  world.put('trial/study.yaml', 'study: 1\n')
  await world.until('the study file is answered', () => {
    return world.list('trial/accepted').length === 2 && world.list('trial/.judging').length === 0
  })
  return world
}

async function outcomes(vault: LocalVault, study: string, numbers: readonly number[], hold: boolean) {
  const entries = await vault.journal(study)
  const answers = new Map<number, Outcome>()
  for (const number of numbers) {
    const entry = entries.find((each) => each.number === number) as Received
    const text = new TextDecoder().decode(await vault.readObject(entry.object))
    answers.set(number, judge(entry, text, hold))
  }
  return answers
}

function judge(entry: Received, text: string, hold: boolean): Outcome {
  if (entry.role === 'study') {
    if (text.startsWith('study')) return { kind: 'study' }
    return { kind: 'refused', code: 'study-invalid', says: 'study.yaml:1:1 periods.cuont is not a setting' }
  }
  if (hold) return { kind: 'pending' }
  if (text === '') return { kind: 'refused', code: 'file-empty', state: 'empty', says: 'it holds no row' }
  if (text.startsWith('bad')) return { kind: 'refused', code: 'file-unmatched', says: 'no source fits' }
  const read = text.split('\n').length - 1
  return { kind: 'accepted', dataset: entry.object, rows: { read, used: read, quarantined: 0, excluded: 0 } }
}
