import type { IntakePorts } from './intake-ports.ts'

/** Says each thing once: again only after it was over. The log gets the kind and the study, never a file's name. */
export class SaidOnce {
  private readonly ports: Pick<IntakePorts, 'say' | 'log'>
  private readonly said = new Set<string>()

  constructor(ports: Pick<IntakePorts, 'say' | 'log'>) {
    this.ports = ports
  }

  say(study: string, kind: string, about: string, says: string): void {
    const key = keyOf(study, kind, about)
    if (this.said.has(key)) return
    this.said.add(key)
    this.ports.say({ study, says })
    this.ports.log.warn({ study, kind }, 'something in the drop folder needs a person')
  }

  over(study: string, kind: string, about: string): void {
    this.said.delete(keyOf(study, kind, about))
  }

  /** Everything of a kind is over, but for what is still there. */
  onlyLeft(study: string, kind: string, still: ReadonlySet<string>): void {
    const prefix = keyOf(study, kind, '')
    for (const key of this.said) {
      if (key.startsWith(prefix) && !still.has(key.slice(prefix.length))) this.said.delete(key)
    }
  }
}

const keyOf = (study: string, kind: string, about: string): string => `${study}\n${kind}\n${about}`
