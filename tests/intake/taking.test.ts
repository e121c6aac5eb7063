import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { makeStudy, makeWorld } from './harness.ts'

describe('a file dropped into a study', () => {
  it('is taken, put into accepted and answered by one receipt', async () => {
    const world = await makeStudy()
    world.put('trial/diary.csv', 'day\n1\n')
    await world.until('answered', () => existsSync(join(world.drop, 'trial/accepted/diary.csv.receipt.json')))
    await world.until('put away', () => world.intake.unanswered('trial') === 0)
    expect(world.list('trial')).toEqual(['.judging', '.taking', 'accepted'])
    expect(world.list('trial/.taking')).toEqual([])
    expect(world.list('trial/.judging')).toEqual([])
    expect(readFileSync(join(world.drop, 'trial/accepted/diary.csv'), 'utf8')).toBe('day\n1\n')
    const [study, data] = await world.received()
    expect(study).toMatchObject({ number: 1, name: 'study.yaml', role: 'study', via: 'drop' })
    expect(data).toMatchObject({ number: 2, name: 'diary.csv', role: 'data', size: 6 })
    expect(world.receipt('trial/accepted/diary.csv')).toEqual({
      schemaVersion: 1,
      state: 'new',
      study: 'trial',
      name: 'diary.csv',
      number: 2,
      object: data?.object,
      size: 6,
      receivedAt: data?.at,
      supersedes: null,
      says: 'diary.csv is in force as upload 2: 2 rows read, 2 used',
      rows: { read: 2, used: 2, quarantined: 0, excluded: 0 },
      findings: [],
    })
    expect(world.rings).toContain('trial')
    expect(world.intake.taking('trial')).toBe(0)
    expect(world.intake.unanswered('trial')).toBe(0)
  })

  it('counts as a duplicate when its bytes are in force under that name, and changes nothing', async () => {
    const world = await makeStudy()
    world.put('trial/a.csv', 'x\n')
    await world.until('answered', () => world.list('trial/accepted').includes('a.csv.receipt.json'))
    world.put('trial/a.csv', 'x\n')
    await world.until('answered again', () => world.list('trial/accepted').includes('a.2.csv.receipt.json'))
    expect(world.receipt('trial/accepted/a.2.csv')).toMatchObject({ state: 'duplicate', number: 2, supersedes: null })
    expect(await world.received()).toHaveLength(2)
  })

  it('goes back to an older version: A, then B, then A of a file are three uploads', async () => {
    const world = await makeStudy()
    for (const [i, text] of ['A\n', 'B\n', 'A\n'].entries()) {
      world.put('trial/a.csv', text)
      const receipts = () => world.list('trial/accepted').filter((name) => name.endsWith('.receipt.json'))
      await world.until('answered', () => receipts().length === i + 2)
    }
    const receipts = ['a.csv', 'a.3.csv', 'a.4.csv'].map((name) => world.receipt(`trial/accepted/${name}`))
    expect(receipts.map((receipt) => receipt.state)).toEqual(['new', 'superseding', 'superseding'])
    expect(receipts.map((receipt) => receipt.supersedes)).toEqual([null, 2, 3])
  })

  it('does not replace a version in force when it is refused, and is new when it comes corrected', async () => {
    const world = await makeStudy()
    world.put('trial/a.csv', 'bad\n')
    await world.until('refused', () => world.list('trial/refused').includes('a.csv.receipt.json'))
    expect(world.receipt('trial/refused/a.csv')).toMatchObject({
      state: 'refused',
      number: 2,
      rows: null,
      says: 'a.csv is refused: no source fits',
    })
    world.put('trial/a.csv', 'good\n')
    await world.until('accepted', () => world.list('trial/accepted').includes('a.csv.receipt.json'))
    expect(world.receipt('trial/accepted/a.csv')).toMatchObject({ state: 'new', supersedes: null, number: 3 })
    world.put('trial/a.csv', 'bad again\n')
    await world.until('refused again', () => world.list('trial/refused').includes('a.4.csv.receipt.json'))
    world.put('trial/a.csv', 'good\n')
    await world.until('known', () => world.list('trial/accepted').includes('a.3.csv.receipt.json'))
    expect(world.receipt('trial/accepted/a.3.csv').state).toBe('duplicate')
  })

  it('is empty when it holds no byte', async () => {
    const world = await makeStudy()
    world.put('trial/none.csv', '')
    await world.until('answered', () => world.list('trial/refused').includes('none.csv.receipt.json'))
    expect(world.receipt('trial/refused/none.csv')).toMatchObject({ state: 'empty', size: 0, number: 2 })
  })

  it('keeps the path of its sub-folder in its name and in its answer', async () => {
    const world = await makeStudy()
    world.put('trial/site 04/week 1/a.csv', 'x\n')
    await world.until('answered', () => world.list('trial/accepted/site 04/week 1').length === 2)
    expect((await world.received())[1]?.name).toBe('site 04/week 1/a.csv')
  })

  it('brings its findings beside it', async () => {
    const group = { rule: 'x', severity: 'error', count: 1, examples: ['a.csv:2 pain="11"'], remedy: 'correct it' }
    const csv = [new TextEncoder().encode('RULE\n'), new TextEncoder().encode('out-of-range\n')]
    const world = await makeStudy({ findingsOf: async () => ({ groups: [group], csv }) })
    world.put('trial/a.csv', 'x\n')
    await world.until('answered', () => world.list('trial/accepted').includes('a.csv.receipt.json'))
    expect(readFileSync(join(world.drop, 'trial/accepted/a.csv.findings.csv'), 'utf8')).toBe('RULE\nout-of-range\n')
    expect(world.receipt('trial/accepted/a.csv').findings).toEqual([group])
  })
})

describe('a file that is not finished', () => {
  it('is left while it grows, and taken once when it rests', async () => {
    const world = await makeStudy()
    const path = world.put('trial/slow.csv', 'day\n')
    for (let i = 0; i < 20; i++) {
      await pause(15)
      appendFileSync(path, `${i}\n`)
    }
    await world.until('answered', () => world.list('trial/accepted').includes('slow.csv.receipt.json'))
    const uploads = (await world.received()).slice(1)
    expect(uploads).toHaveLength(1)
    expect(readFileSync(await world.vault.objectPath(uploads[0]!.object), 'utf8')).toMatch(/^day\n0\n[\d\n]*19\n$/)
  })

  it('is taken again as a new version when its writer had only paused', async () => {
    const world = await makeStudy()
    const path = world.put('trial/slow.csv', 'first half\n')
    const { openSync, writeSync, closeSync } = await import('node:fs')
    const writer = openSync(path, 'a')
    await world.until('answered', () => world.list('trial/accepted').includes('slow.csv.receipt.json'))
    writeSync(writer, 'second half\n')
    closeSync(writer)
    await world.until('taken again', async () => (await world.received()).length === 3)
    await world.until('answered again', () => {
      const there = world.list('trial/accepted').includes('slow.csv.receipt.json')
      return there && world.receipt('trial/accepted/slow.csv').number === 3
    })
    expect(world.receipt('trial/accepted/slow.csv')).toMatchObject({ state: 'superseding', supersedes: 2, size: 23 })
    expect(readFileSync(join(world.drop, 'trial/accepted/slow.csv'), 'utf8')).toBe('first half\nsecond half\n')
    expect(world.list('trial/accepted').filter((name) => name.startsWith('slow'))).toHaveLength(2)
  })

  it('gets one answer, for all of it, when it grows while it is being judged', async () => {
    const world = await makeStudy()
    world.hold = true
    world.put('trial/slow.csv', 'first half\n')
    await world.until('taken', () => world.list('trial/.judging').length === 1)
    const slot = join(world.drop, 'trial/.judging', world.list('trial/.judging')[0] as string, 'slow.csv')
    await pause(100)
    appendFileSync(slot, 'second half\n')
    world.hold = false
    await world.until('answered', () => world.list('trial/accepted').includes('slow.csv.receipt.json'))
    expect(world.receipt('trial/accepted/slow.csv')).toMatchObject({ number: 3, size: 23 })
  })

  it('is left under the name of an unfinished transfer, and taken under its own', async () => {
    const world = await makeStudy()
    const path = world.put('trial/big.csv.part', 'x\n')
    await pause(250)
    expect(await world.received()).toHaveLength(1)
    renameSync(path, join(world.drop, 'trial/big.csv'))
    await world.until('answered', () => world.list('trial/accepted').includes('big.csv.receipt.json'))
  })

  it('leaves nothing behind when it goes away again', async () => {
    const world = await makeStudy()
    const path = world.put('trial/gone.csv', 'x\n')
    rmSync(path)
    await pause(200)
    world.hold = true
    world.put('trial/gone.csv', 'x\n')
    await world.until('taken', () => world.list('trial/.judging').length === 1)
    expect(world.logged.filter((line) => line.includes('err'))).toEqual([])
  })
})

describe('what is not an export', () => {
  it('is left and said once: links, dot-files, files outside a study, folders with bad names', async () => {
    const world = await makeStudy()
    world.put('trial/.hidden.csv', 'x')
    world.put('outside.csv', 'x')
    world.put('Étude 1/a.csv', 'x')
    symlinkSync('/etc/hostname', join(world.drop, 'trial/link.csv'))
    await world.until('said', () => world.said.length >= 4)
    await pause(300)
    expect(world.said.sort()).toEqual([
      ': outside.csv lies outside any study; drop it into the folder of its study',
      ': Étude 1 is not the name of a study: a study folder has lower-case letters, digits, - and _ in its name, at most 63; rename it, for example to etude-1',
      'trial: .hidden.csv begins with a dot and is left alone; rename it if it is an export',
      'trial: link.csv is a link; links are not followed, drop the file itself',
    ])
    expect(world.logged.join()).not.toContain('hidden')
    expect(await world.received()).toHaveLength(1)
  })

  it('is refused with a receipt when it is a folder named like a file', async () => {
    const world = await makeStudy()
    world.put('trial/x.csv/inside.csv', 'x')
    await world.until('refused', () => world.list('trial/refused').includes('x.csv.receipt.json'))
    expect(world.receipt('trial/refused/x.csv')).toMatchObject({ state: 'refused', number: null })
    expect(world.list('trial/refused/x.csv')).toEqual(['inside.csv'])
    expect(await world.received()).toHaveLength(1)
  })
})

describe('names', () => {
  it('with a line end or a mark that turns the reading direction are taken and shown escaped', async () => {
    const world = await makeStudy()
    const name = 'di\nary\u202Evsc.csv'
    world.put(`trial/${name}`, 'x\n')
    await world.until('answered', () => world.list('trial/accepted').includes(`${name}.receipt.json`))
    const receipt = world.receipt(`trial/accepted/${name}`)
    expect(receipt.name).toBe(name)
    expect(receipt.says).toContain('di\\u000aary\\u202evsc.csv is in force')
  })

  it('are compared in NFC, however the disk writes them', async () => {
    const world = await makeStudy()
    world.put(`trial/${'Mu\u0308ller.csv'}`, 'x\n')
    await world.until('answered', async () => (await world.received()).length === 2)
    world.put(`trial/${'M\u00fcller.csv'}`, 'y\n')
    await world.until('answered', async () => (await world.received()).length === 3)
    const names = (await world.received()).slice(1).map((entry) => entry.name)
    expect(names).toEqual(['M\u00fcller.csv', 'M\u00fcller.csv'])
  })

  it('too long for their answer are shortened with their hash', async () => {
    const world = await makeStudy()
    const name = `${'ä'.repeat(124)}.csv` // 252 bytes: a legal name, but not with .receipt.json behind it
    world.put(`trial/${name}`, 'x\n')
    await world.until('answered', () => world.list('trial/accepted').some((each) => /^ä.*receipt/.test(each)))
    const receipt = world.list('trial/accepted').find((each) => each.startsWith('ä') && each.endsWith('.receipt.json'))
    expect(receipt).toMatch(/^ä+~[0-9a-f]{8}\.csv\.receipt\.json$/)
    expect(Buffer.byteLength(receipt as string)).toBeLessThanOrEqual(255)
    expect(world.list('trial/accepted')).toContain(name)
  })
})

describe('the study file', () => {
  it('is waited for: exports stay where they are, with a proposal beside them', async () => {
    const asked: string[] = []
    const propose = async (_: string, files: readonly { name: string }[]) => {
      asked.push(files.map((file) => file.name).join())
      return 'study: proposed\n'
    }
    const world = await makeWorld({ propose })
    world.put('trial/a.csv', 'x\n')
    await world.until('proposed', () => world.list('trial').includes('study.proposed.yaml'))
    await pause(300)
    expect(world.list('trial')).toEqual(['a.csv', 'study.proposed.yaml'])
    expect(asked).toEqual(['a.csv'])
    renameSync(join(world.drop, 'trial/study.proposed.yaml'), join(world.drop, 'trial/study.yaml'))
    await world.until('answered', () => world.list('trial/accepted').includes('a.csv.receipt.json'))
    expect((await world.received()).map((entry) => entry.name)).toEqual(['study.yaml', 'a.csv'])
  })

  it('never loses what a person made of the proposal', async () => {
    let text = 'study: 1\n'
    const world = await makeWorld({ propose: async () => text })
    world.put('trial/a.csv', 'x\n')
    await world.until('proposed', () => world.list('trial').includes('study.proposed.yaml'))
    writeFileSync(join(world.drop, 'trial/study.proposed.yaml'), 'mine\n')
    text = 'study: 2\n'
    world.put('trial/b.csv', 'x\n')
    await pause(400)
    expect(readFileSync(join(world.drop, 'trial/study.proposed.yaml'), 'utf8')).toBe('mine\n')
  })

  it('is known in capitals and with the short ending', async () => {
    const world = await makeWorld()
    for (const [study, name] of [
      ['one', 'STUDY.YAML'],
      ['two', 'Study.yml'],
    ] as const) {
      world.put(`${study}/${name}`, 'study: 1\n')
      world.put(`${study}/a.csv`, 'x\n')
      await world.until('answered', () => world.list(`${study}/accepted`).includes('a.csv.receipt.json'))
      expect(world.receipt(`${study}/accepted/${name}`).says).toBe(`${name} is the study file in force`)
    }
  })

  it('dropped together with its data goes first', async () => {
    const world = await makeWorld()
    mkdirSync(join(world.drop, 'trial'))
    world.put('trial/a.csv', 'x\n')
    world.put('trial/study.yml', 'study: 1\n')
    await world.until('answered', () => world.list('trial/accepted').includes('a.csv.receipt.json'))
    expect((await world.received()).map((entry) => entry.name)).toEqual(['study.yml', 'a.csv'])
  })

  it('dropped with data while an older one is in force still goes first', async () => {
    const world = await makeStudy()
    const { putObject } = world.vault
    const slowStudy: typeof putObject = async (parts) => {
      const stored = await putObject(parts)
      if (stored.size > 8) await pause(200)
      return stored
    }
    await world.restart({ vault: { ...world.vault, putObject: slowStudy } })
    world.put('trial/a.csv', 'x\n')
    world.put('trial/study.yaml', 'study: another\n')
    await world.until('answered', () => world.list('trial/accepted').includes('a.csv.receipt.json'))
    expect((await world.received()).map((entry) => entry.name)).toEqual(['study.yaml', 'study.yaml', 'a.csv'])
  })

  it('that is invalid is refused with its issues, and the old one stays in force', async () => {
    const world = await makeStudy()
    world.put('trial/study.yaml', 'wrong\n')
    await world.until('refused', () => world.list('trial/refused').includes('study.yaml.receipt.json'))
    expect(world.receipt('trial/refused/study.yaml')).toMatchObject({
      state: 'refused',
      says: 'study.yaml is refused: study.yaml:1:1 periods.cuont is not a setting',
    })
    world.put('trial/a.csv', 'x\n')
    await world.until('answered', () => world.list('trial/accepted').includes('a.csv.receipt.json'))
    world.put('trial/study.yaml', 'study: 2\n')
    await world.until('replaced', () => world.list('trial/accepted').includes('study.4.yaml.receipt.json'))
    expect(world.receipt('trial/accepted/study.4.yaml')).toMatchObject({ state: 'superseding', supersedes: 1 })
  })
})
