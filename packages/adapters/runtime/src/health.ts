/** One thing a process depends on: the vault, the queue, a worker. `why` is a constant sentence, never data. */
export interface HealthPart {
  readonly name: string
  readonly ready: boolean
  readonly why: string
}

export interface HealthState {
  /** False: only a restart helps. */
  readonly live: boolean
  /** All parts are ready, and the process is not on its way out. */
  readonly ready: boolean
  readonly parts: readonly HealthPart[]
}

export interface Health {
  /** A part counts as not ready from the moment it is named until `up`. */
  part(name: string): { up(): void; down(why: string): void }
  /** Takes the process out of service for good: it is stopping. */
  stopping(): void
  /** Says that the process cannot recover by itself. */
  dead(why: string): void
  state(): HealthState
}

/** What `/livez` and `/readyz` answer from. */
export function createHealth(): Health {
  const parts = new Map<string, HealthPart>()
  let live = true
  let leaving = false
  return {
    part(name) {
      parts.set(name, { name, ready: false, why: 'starting' })
      return {
        up: () => void parts.set(name, { name, ready: true, why: '' }),
        down: (why) => void parts.set(name, { name, ready: false, why }),
      }
    },
    stopping() {
      leaving = true
    },
    dead(why) {
      live = false
      parts.set('process', { name: 'process', ready: false, why })
    },
    state() {
      const all = [...parts.values()]
      return { live, ready: live && !leaving && all.every((part) => part.ready), parts: all }
    },
  }
}
