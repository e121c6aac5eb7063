import { openCompute } from '@afferent/compute'
import { createLook, createPerform, type Ports, type Step } from '@afferent/pipeline'
import { digest } from '@afferent/runtime'
import { memoryVault } from '@afferent/vault'

/** The real stages over a vault in memory, driven by hand. */
export class StagesByHand {
  readonly vault = memoryVault()
  private clock = Date.parse('2026-06-01T00:00:00Z')
  readonly ports: Ports
  private readonly study: string
  private look = createLook()
  private perform = createPerform()
  performed = 0

  constructor(study: string, ports: Partial<Pick<Ports, 'compute' | 'sizes'>> = {}) {
    this.study = study
    this.ports = {
      vault: this.vault,
      compute: openCompute({ threads: 1 }),
      log: { info: () => {}, warn: () => {}, error: () => {} },
      digest,
      zoneData: process.versions.tz ?? '',
      now: () => this.clock,
      ...ports,
    }
  }

  async receive(name: string, content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    const { id, size } = await this.vault.putObject(
      (async function* () {
        yield bytes
      })(),
    )
    const role = name === 'study.yaml' ? 'study' : 'data'
    const at = new Date(this.clock).toISOString()
    await this.vault.append(this.study, { kind: 'received', at, object: id, name, size, role, via: 'drop' })
  }

  async steps(): Promise<Step[]> {
    this.clock += 70_000
    const { steps } = await this.look(this.study, this.ports, 0)
    return steps.flatMap(({ step, children }) => [...children, step])
  }

  async do(step: Step): Promise<void> {
    this.performed++
    await this.perform(step, this.ports)
  }

  /** A new process: nothing remembered. */
  restart(): void {
    this.look = createLook()
    this.perform = createPerform()
  }

  async settle(): Promise<void> {
    let left: readonly Step[] = []
    for (let round = 0; round < 50; round++) {
      left = await this.steps()
      if (left.length === 0) return
      for (const step of left) await this.do(step)
    }
    throw new Error(`the planner never comes to rest: ${JSON.stringify(left)}`)
  }

  async tables(): Promise<Map<string, string>> {
    const latest = await this.vault.latest(this.study)
    if (latest === null) throw new Error('nothing was published')
    const name = `runs/${this.study}/${latest.run}` as const
    const out = new Map<string, string>()
    for (const file of await this.vault.listFiles(name)) out.set(file, digest(await this.vault.readFile(name, file)))
    return out
  }

  close(): Promise<void> {
    return this.vault.close()
  }
}
