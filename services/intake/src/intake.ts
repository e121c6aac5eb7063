import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Alarm } from './alarm.ts'
import { batchedOutcomes } from './batched-outcomes.ts'
import type { DeskTools } from './desk-tools.ts'
import { InFlight } from './in-flight.ts'
import { INTAKE_DEFAULTS, type IntakeOptions, type IntakePorts } from './intake-ports.ts'
import { listStudies } from './list-studies.ts'
import { checkMayRename, DropFolderError } from './may-rename.ts'
import { printable } from './printable.ts'
import { SaidOnce } from './said-once.ts'
import { StudyDesk } from './study-desk.ts'
import { Watchers } from './watchers.ts'

export interface Intake {
  /** Refuses a drop folder in which files cannot be moved, finishes what was begun, then watches. */
  start(): Promise<void>
  /** Stops taking; a file half copied stays in its slot for the next start. */
  stop(): Promise<void>
  /** Files of a study seen or being taken that the journal does not have yet: the planner waits for them. */
  taking(study: string): number
  /** Files in the vault that have no answer yet. */
  unanswered(study: string): number
}

const RING_EVERY_MS = 50

export function createIntake(dropRoot: string, given: IntakePorts, overrides: Partial<IntakeOptions> = {}): Intake {
  const ports = { ...given, outcomesOf: batchedOutcomes(given.outcomesOf) }
  const options = { ...INTAKE_DEFAULTS, ...overrides }
  const stopping = new AbortController()
  const said = new SaidOnce(ports)
  const desks = new Map<string, StudyDesk>()
  const alarm = new Alarm()
  const watchers = new Watchers(() => alarm.ring())
  let pausedUntil = 0
  let running: Promise<void> | null = null

  const tools: DeskTools = {
    ports,
    options,
    said,
    inFlight: new InFlight(options.inFlight),
    signal: stopping.signal,
    ring: ringRarely(ports),
    pause: () => {
      pausedUntil = ports.now() + options.retryMs
    },
    isPaused: () => ports.now() < pausedUntil,
    hint: () => alarm.ring(),
  }

  const openDesk = async (study: string): Promise<StudyDesk> => {
    const known = desks.get(study)
    if (known !== undefined) return known
    const folder = join(dropRoot, study)
    await checkMayRename(folder)
    const desk = new StudyDesk(study, folder, tools)
    desks.set(study, desk)
    await desk.recover()
    return desk
  }

  const lookAtAll = async (): Promise<number> => {
    let next = ports.now() + options.pollMs
    const folders = [dropRoot]
    for (const study of await studyFolders(dropRoot, said)) {
      if (stopping.signal.aborted) break
      try {
        const desk = await openDesk(study)
        next = Math.min(next, await desk.look(ports.now()))
        said.over(study, 'cannot-look', '')
        folders.push(...desk.folders)
      } catch (error) {
        said.say(study, 'cannot-look', '', whyNoLook(error))
      }
    }
    watchers.watchOnly(folders)
    return next
  }

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const began = ports.now()
      const next = await lookAtAll().catch((error: unknown) => {
        ports.log.error({ err: error }, 'the drop folder cannot be looked at; it is tried again')
        return ports.now() + options.retryMs
      })
      // A hint may come at once, but looking takes no more than a third of the time.
      const rest = Math.max(10, 2 * (ports.now() - began))
      await alarm.wait(rest, Math.max(rest, next - ports.now()))
    }
  }

  return {
    async start() {
      await mkdir(dropRoot, { recursive: true })
      await checkMayRename(dropRoot)
      for (const study of await studyFolders(dropRoot, said)) await openDesk(study)
      running = run()
    },
    async stop() {
      stopping.abort()
      watchers.close()
      alarm.ring()
      await running
      await tools.inFlight.stop()
      for (const desk of desks.values()) await desk.stop()
    },
    taking: (study) => desks.get(study)?.taking ?? 0,
    unanswered: (study) => desks.get(study)?.unanswered ?? 0,
  }
}

/** Folders that are studies; everything else at the top of the drop folder is said once, with what would be right. */
async function studyFolders(dropRoot: string, said: SaidOnce): Promise<string[]> {
  const { studies, others } = await listStudies(dropRoot)
  for (const { name, says } of others) said.say('', 'no-study', name, `${printable(name)} ${says}`)
  said.onlyLeft('', 'no-study', new Set(others.map((each) => each.name)))
  return studies
}

function whyNoLook(error: unknown): string {
  if (error instanceof DropFolderError) return `${error.message}; it is tried again`
  return `the folder cannot be looked at (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}); it is tried again`
}

/** The first ring of a study goes out at once, further ones within 50 ms become one. */
function ringRarely({ ring, log }: IntakePorts): (study: string) => void {
  const quiet = new Set<string>()
  const again = new Set<string>()
  const ringNow = (study: string): void => {
    quiet.add(study)
    void Promise.resolve(ring(study)).catch((error: unknown) => {
      log.warn({ study, err: error }, 'the queue did not hear a ring; the next minute makes up for it')
    })
    setTimeout(() => {
      quiet.delete(study)
      if (again.delete(study)) ringNow(study)
    }, RING_EVERY_MS)
  }
  return (study) => {
    if (quiet.has(study)) again.add(study)
    else ringNow(study)
  }
}
