import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { call, toCommand } from './call.fixture.ts'
import { CommandError } from './command-error.ts'
import { EXIT } from './exit-codes.ts'

const answers = toCommand((context) => {
  context.say('working')
  context.result({ n: 3 }, () => `n is ${context.paint('bold', '3')}\n`)
  return EXIT.ok
})

const fails = (error: unknown) =>
  toCommand(() => {
    throw error
  })

describe('the streams of a command', () => {
  it('carry results on standard output and everything else on standard error', async () => {
    expect(await call('try', { commands: [answers] })).toEqual({ code: 0, stdout: 'n is 3\n', stderr: 'working\n' })
  })

  it('carry one JSON document with its schema version when asked to', async () => {
    const { stdout } = await call('try --json', { commands: [answers] })
    expect(JSON.parse(stdout)).toEqual({ schemaVersion: 1, command: 'try', n: 3 })
  })

  it('carry a refusal as JSON as well, so that a script reads one document whatever happens', async () => {
    const refused = new CommandError(EXIT.refused, 'study-refused', 'study.yaml cannot be used', {
      details: ['study.yaml:3:1 perods is not a setting'],
      remedy: 'correct it',
    })
    const asJson = await call('try --json', { commands: [fails(refused)] })
    expect(JSON.parse(asJson.stdout).error).toEqual({
      code: 'study-refused',
      message: 'study.yaml cannot be used',
      details: ['study.yaml:3:1 perods is not a setting'],
      remedy: 'correct it',
      exitCode: 3,
    })
    const asText = await call('try', { commands: [fails(refused)] })
    expect(asText).toMatchObject({ code: 3, stdout: '' })
    expect(asText.stderr).toBe('error: study.yaml cannot be used\nstudy.yaml:3:1 perods is not a setting\ncorrect it\n')
  })
})

describe('the exit code', () => {
  it('is 4 and a sentence when the system refuses: a missing file, a full disk', async () => {
    const missing = Object.assign(new Error('ENOENT'), { code: 'ENOENT', path: '/trial/diary.csv' })
    const { code, stderr } = await call('try', { commands: [fails(missing)] })
    expect(code).toBe(4)
    expect(stderr).toContain('/trial/diary.csv: there is no file or folder')
    expect(stderr).not.toContain('    at ')
  })

  it('is 4 for every refusal of the system that a path can provoke: it is never called a bug of ours', async () => {
    for (const code of ['ELOOP', 'ENAMETOOLONG', 'EIO', 'EDQUOT', 'ENOTDIR', 'EROFS']) {
      const refusal = Object.assign(new Error(code), { code, path: '/trial/diary.csv' })
      const answer = await call('try', { commands: [fails(refusal)] })
      expect(answer, code).toMatchObject({ code: 4, stderr: expect.stringContaining('error: /trial/diary.csv: ') })
    }
  })

  it('names the address of a port that is taken', async () => {
    const taken = Object.assign(new Error('x'), { code: 'EADDRINUSE', address: '127.0.0.1', port: 8080 })
    const { stderr } = await call('try', { commands: [fails(taken)] })
    expect(stderr).toContain('error: 127.0.0.1:8080: the port is taken by another process')
  })

  it('is the one of the fault behind an error, where a thread or a stage has wrapped it', async () => {
    const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', path: '/out/adeff.csv' })
    const { code, stderr } = await call('try', { commands: [fails(new Error('task failed', { cause: full }))] })
    expect(code).toBe(4)
    expect(stderr).toContain('/out/adeff.csv: the disk is full')
  })

  it('keeps the sentence of an adapter, which names what to do', async () => {
    const inUse = Object.assign(new Error('process 4711 uses this folder'), { name: 'VaultError', code: 'in-use' })
    const { code, stderr } = await call('try', { commands: [fails(inUse)] })
    expect(code).toBe(4)
    expect(stderr).toBe('error: process 4711 uses this folder\n')
  })

  it('is 70 and shows the stack when the fault is ours', async () => {
    const { code, stderr } = await call('try', { commands: [fails(new TypeError('x is not a function'))] })
    expect(code).toBe(70)
    expect(stderr).toContain('this is a bug in Afferent')
    expect(stderr).toContain('run.test.ts')
  })

  it('is 6 when a person interrupts, and what was opened is closed first', async () => {
    const signals = new EventEmitter()
    const closed: string[] = []
    const long = toCommand(async (context) => {
      context.shutdown.onShutdown('vault', () => closed.push('vault'))
      setTimeout(() => signals.emit('SIGINT'), 5)
      await new Promise((resolve) => context.shutdown.signal.addEventListener('abort', resolve))
      throw new Error('stopped half way')
    })
    const { code, stderr } = await call('try', { commands: [long], signals })
    expect(code).toBe(6)
    expect(closed).toEqual(['vault'])
    expect(stderr).toBe('interrupted; the same call again does what is left\n')
  })

  it('comes after everything that was opened has been closed, also when nobody interrupts', async () => {
    const closed: string[] = []
    const opens = (end: () => 0) =>
      toCommand((context) => {
        context.shutdown.onShutdown('vault', () => closed.push('vault'))
        context.shutdown.onShutdown('queue', () => closed.push('queue'))
        return end()
      })
    expect(await call('try', { commands: [opens(() => EXIT.ok)] })).toEqual({ code: 0, stdout: '', stderr: '' })
    const broken = opens(() => {
      throw new CommandError(EXIT.refused, 'refused', 'no')
    })
    expect((await call('try', { commands: [broken] })).code).toBe(3)
    expect(closed).toEqual(['queue', 'vault', 'queue', 'vault'])
  })

  it('is 0 when a person ends what runs until Ctrl-C', async () => {
    const signals = new EventEmitter()
    const serve = toCommand(
      async (context) => {
        setTimeout(() => signals.emit('SIGINT'), 5)
        await new Promise((resolve) => context.shutdown.signal.addEventListener('abort', resolve))
        return EXIT.ok
      },
      { interruptedCode: EXIT.ok },
    )
    expect(await call('try', { commands: [serve], signals })).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})

describe('a wrong call', () => {
  it('shows control characters of a file name escaped, so that no name can rewrite the screen', async () => {
    for (const line of [['inspect', 'a\u001b[31m.csv'], ['\u001b[31mrun']]) {
      const { stderr } = await call(line)
      expect(stderr).toContain('\\u{1b}[31m')
      expect(stderr).not.toContain('\u001b')
    }
  })

  it('is a JSON document that names its command, where JSON was asked for', async () => {
    const { code, stdout } = await call('analyze --json')
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ command: 'analyze', error: { code: 'usage', exitCode: 2 } })
  })

  it('names the command or option that was meant', async () => {
    const command = await call('dcotor')
    expect(command).toMatchObject({ code: 2, stdout: '' })
    expect(command.stderr).toContain("unknown command 'dcotor' (Did you mean doctor?)")
    const option = await call('doctor --dta x')
    expect(option.code).toBe(2)
    expect(option.stderr).toContain("unknown option '--dta' (Did you mean --data?)")
    expect(option.stderr).toContain('see: afferent doctor --help')
  })

  it('says so as JSON when JSON was asked for', async () => {
    const { stdout, stderr, code } = await call('doctor --dta --json')
    expect(code).toBe(2)
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, error: { code: 'usage', exitCode: 2 } })
  })

  it('shows the page of all commands when nothing was asked', async () => {
    const { code, stdout, stderr } = await call('')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('Commands:')
  })

  it('shows the commands of a group when only the group was named', async () => {
    const { code, stderr } = await call('config')
    expect(code).toBe(2)
    expect(stderr).toContain('show the settings in force')
  })

  it('names the limits of a number', async () => {
    const commands = [
      toCommand(
        (context, given) => {
          const subjects = given.number('subjects', { min: 1, max: 100, whole: true })
          context.result({ subjects }, () => `${subjects}\n`)
          return EXIT.ok
        },
        { options: [{ flags: '--subjects <n>', says: 'how many' }] },
      ),
    ]
    expect((await call('try --subjects 40', { commands })).stdout).toBe('40\n')
    for (const wrong of ['0', '101', '4.5', 'many', '""']) {
      const { code, stderr } = await call(`try --subjects ${wrong}`, { commands })
      expect(code, wrong).toBe(2)
      expect(stderr).toContain('a whole number from 1 to 100')
    }
  })
})

describe('what a person typed', () => {
  it('reaches the command by its long name, arguments by theirs', async () => {
    const commands = [
      toCommand(
        (context, given) => {
          const { text, flag, list } = given
          context.result(
            { study: text('study'), dry: flag('dry-run'), other: flag('other'), files: list('file') },
            String,
          )
          return EXIT.ok
        },
        {
          name: 'group try',
          arguments: [{ name: '<file...>', says: 'files' }],
          options: [
            { flags: '--study <file>', says: 'the study' },
            { flags: '--dry-run', says: 'change nothing' },
            { flags: '--other', says: 'not given' },
          ],
        },
      ),
    ]
    const { stdout } = await call('group try a.csv --study s.yaml b.csv --dry-run --json', { commands })
    expect(JSON.parse(stdout)).toMatchObject({ study: 's.yaml', dry: true, other: false, files: ['a.csv', 'b.csv'] })
  })

  it('is a path seen from where it was typed, although pnpm changed the folder', async () => {
    const commands = [
      toCommand((context) => {
        context.result({}, () => context.path('diary.csv'))
        return EXIT.ok
      }),
    ]
    const { stdout } = await call('try', { commands, env: { INIT_CWD: '/home/ann/trial' } })
    expect(stdout).toBe('/home/ann/trial/diary.csv')
  })
})
