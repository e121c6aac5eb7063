import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createIntake, DropFolderError, type IntakePorts } from '@afferent/intake'
import { VaultError } from '@afferent/vault'
import { describe, expect, it } from 'vitest'
import { makeStudy, type World } from './harness.ts'

const receipts = (world: World, folder = 'accepted') =>
  world.list(`trial/${folder}`).filter((name) => name.endsWith('.receipt.json') && !name.startsWith('.'))

/** A vault in which one call fails as long as `how` says so. */
function failing(call: 'putObject' | 'append', how: () => Error | null) {
  return (world: World): Pick<IntakePorts, 'vault'> => {
    const { vault } = world
    const fail = async (...given: unknown[]) => {
      const error = how()
      if (error !== null) throw error
      return (vault[call] as (...parts: unknown[]) => Promise<unknown>)(...given)
    }
    return { vault: { ...vault, [call]: fail } as IntakePorts['vault'] }
  }
}

describe('an intake that was killed', () => {
  it.each([
    ['before the file reached the vault', '.taking', false],
    ['after the journal had it', '.taking', true],
    ['while it waited for its verdict', '.judging', true],
  ])(
    '%s finishes the file at the next start: one upload, one receipt, not a duplicate of itself',
    async (_, state, known) => {
      const world = await makeStudy()
      await world.intake.stop()
      const slot = join(world.drop, 'trial', state, '0mrn6x2-0000-a1')
      mkdirSync(slot, { recursive: true })
      writeFileSync(join(slot, 'a.csv'), 'x\n')
      writeFileSync(join(slot, '.origin.json'), JSON.stringify({ name: 'site/a.csv', from: 'site/a.csv', after: 1 }))
      if (known) {
        const { id: object, size } = await world.vault.putObject(
          (async function* () {
            yield new TextEncoder().encode('x\n')
          })(),
        )
        const at = '2026-03-01T08:00:00.000Z'
        await world.vault.append('trial', {
          kind: 'received',
          at,
          object,
          name: 'site/a.csv',
          size,
          role: 'data',
          via: 'drop',
        })
      }
      await world.restart()
      await world.until('answered', () => world.list('trial/accepted/site').includes('a.csv.receipt.json'))
      expect(world.receipt('trial/accepted/site/a.csv')).toMatchObject({ state: 'new', number: 2 })
      expect(await world.received()).toHaveLength(2)
      expect(world.list(`trial/${state}`)).toEqual([])
    },
  )

  it('between the move and the receipt writes the receipt where it was planned', async () => {
    const world = await makeStudy()
    world.hold = true
    world.put('trial/a.csv', 'x\n')
    await world.until(
      'taken',
      () => world.intake.unanswered('trial') === 1 && world.list('trial/.judging').length === 1,
    )
    await world.intake.stop()
    const slot = join(world.drop, 'trial/.judging', world.list('trial/.judging')[0] as string)
    const answer = { target: 'accepted/a.csv', answerBase: 'a.csv', receipt: { state: 'new', number: 2 } }
    writeFileSync(join(slot, '.origin.json'), JSON.stringify({ name: 'a.csv', from: 'a.csv', after: 1, answer }))
    renameSync(join(slot, 'a.csv'), join(world.drop, 'trial/accepted/a.csv'))
    world.hold = false
    await world.restart()
    await world.until('answered', () => receipts(world).includes('a.csv.receipt.json'))
    expect(world.receipt('trial/accepted/a.csv')).toMatchObject({ state: 'new', number: 2 })
    expect(receipts(world)).toHaveLength(2)
    expect(world.list('trial/.judging')).toEqual([])
    expect(await world.received()).toHaveLength(2)
  })

  it('with a note torn in half still knows the file by its own name', async () => {
    const world = await makeStudy()
    await world.intake.stop()
    const slot = join(world.drop, 'trial/.taking/0mrn6x2-0000-a1')
    mkdirSync(slot, { recursive: true })
    writeFileSync(join(slot, 'a.csv'), 'x\n')
    writeFileSync(join(slot, '.origin.json'), '{"name":')
    await world.restart()
    await world.until('answered', () => receipts(world).includes('a.csv.receipt.json'))
  })

  it('stopped in order, with files waiting, answers them after the next start', async () => {
    const world = await makeStudy()
    world.hold = true
    for (const name of ['a', 'b', 'c']) world.put(`trial/${name}.csv`, 'x\n')
    await world.until('taken', async () => (await world.received()).length === 4)
    await world.intake.stop()
    world.hold = false
    await world.restart()
    await world.until('answered', () => receipts(world).length === 4)
    expect(await world.received()).toHaveLength(4)
  })
})

describe('a full disk', () => {
  it('is said once; files stay or go back where they were, and are taken when there is room again', async () => {
    let full = true
    const world = await makeStudy()
    const ports = failing('putObject', () =>
      full ? new VaultError('disk-full', 'the disk of the vault is full') : null,
    )
    await world.restart(ports(world))
    for (const name of ['a', 'b', 'c']) world.put(`trial/${name}.csv`, 'x\n')
    await world.until('said', () => world.said.length > 0)
    await pause(500)
    expect(world.said).toEqual([': the disk is full: files stay where they are and are taken when there is room again'])
    await world.until('back', () => ['a', 'b', 'c'].every((name) => existsSync(join(world.drop, `trial/${name}.csv`))))
    full = false
    await world.until('answered', () => receipts(world).length === 4)
    expect(await world.received()).toHaveLength(4)
  })

  it('in the middle of the journal loses nothing and makes no duplicate', async () => {
    let failures = 2
    const world = await makeStudy()
    const { append } = world.vault
    const vault = {
      ...world.vault,
      async append(...given: Parameters<typeof append>) {
        const entry = await append(...given)
        if (failures-- > 0) throw new VaultError('disk-full', 'the folder could not be flushed')
        return entry
      },
    }
    await world.restart({ vault })
    world.put('trial/a.csv', 'x\n')
    await world.until('answered', () => receipts(world).length === 2)
    expect(world.receipt('trial/accepted/a.csv')).toMatchObject({ state: 'new', number: 2 })
    expect(await world.received()).toHaveLength(2)
  })
})

describe('a file that may not be read', () => {
  it('gets a receipt that says so, and the others go on', async () => {
    let first = true
    const world = await makeStudy()
    const denied = () => {
      const error = first ? Object.assign(new Error('permission denied'), { code: 'EACCES' }) : null
      first = false
      return error
    }
    await world.restart(failing('putObject', denied)(world))
    world.put('trial/a.csv', 'x\n')
    await world.until('refused', () => receipts(world, 'refused').length === 1)
    expect(world.receipt('trial/refused/a.csv')).toMatchObject({ state: 'unreadable', number: null, size: 2 })
    world.put('trial/b.csv', 'x\n')
    await world.until('answered', () => receipts(world).length === 2)
  })

  it('for a reason nobody foresaw is tried again, and the log names no file', async () => {
    let failures = 2
    const world = await makeStudy()
    await world.restart(failing('putObject', () => (failures-- > 0 ? new Error('odd') : null))(world))
    world.put('trial/secret-name.csv', 'x\n')
    await world.until('answered', () => receipts(world).length === 2)
    expect(world.logged.join()).toContain('tried again')
    expect(world.logged.join()).not.toContain('secret-name')
  })
})

describe('a drop folder in which files cannot be moved', () => {
  it('is refused at the start, with a sentence', async () => {
    const world = await makeStudy()
    await world.intake.stop()
    for (const state of ['.taking', '.judging']) rmSync(join(world.drop, 'trial', state), { recursive: true })
    writeFileSync(join(world.drop, 'trial/.taking'), 'in the way')
    const intake = createIntake(world.drop, { vault: world.vault } as unknown as IntakePorts)
    await expect(intake.start()).rejects.toBeInstanceOf(DropFolderError)
    await expect(intake.start()).rejects.toThrow(`files cannot be moved within ${join(world.drop, 'trial')}`)
  })
})

describe('many files', () => {
  it('dropped at once are all taken and answered, with few rings and no more than 16 in flight', async () => {
    const world = await makeStudy()
    const { putObject } = world.vault
    let now = 0
    let most = 0
    const vault = {
      ...world.vault,
      async putObject(parts: AsyncIterable<Uint8Array>) {
        most = Math.max(most, ++now)
        try {
          return await putObject(parts)
        } finally {
          now--
        }
      },
    }
    await world.restart({ vault })
    for (let i = 0; i < 300; i++) world.put(`trial/site ${i % 7}/diary-${i}.csv`, `${i}\n`)
    const rings = world.rings.length
    await world.until('taken', async () => (await world.received()).length === 301)
    await world.until('answered', () => world.intake.unanswered('trial') === 0 && world.intake.taking('trial') === 0)
    expect(most).toBeLessThanOrEqual(16)
    expect(world.rings.length - rings).toBeLessThan(150)
    expect(world.list('trial/accepted/site 3').filter((name) => name.endsWith('.receipt.json'))).toHaveLength(43)
  })

  it('of one name, each dropped as soon as the last is gone, enter the journal in the order they came', async () => {
    const world = await makeStudy()
    const { putObject } = world.vault
    let pauseMs = 350
    const slowFirst: typeof putObject = async (parts) => {
      const stored = await putObject(parts)
      pauseMs -= 50
      await pause(pauseMs) // a later version would overtake an earlier one
      return stored
    }
    await world.restart({ vault: { ...world.vault, putObject: slowFirst } })
    for (let i = 0; i < 6; i++) {
      world.put('trial/.next', `version ${i}\n`)
      renameSync(join(world.drop, 'trial/.next'), join(world.drop, 'trial/a.csv'))
      await world.until('gone', () => !existsSync(join(world.drop, 'trial/a.csv')))
    }
    await world.until('answered', async () => (await world.received()).length === 7 && receipts(world).length === 7)
    const texts = []
    for (const entry of (await world.received()).slice(1)) {
      texts.push(new TextDecoder().decode(await world.vault.readObject(entry.object)))
    }
    expect(texts).toEqual(Array.from({ length: 6 }, (_, i) => `version ${i}\n`))
  })
})
