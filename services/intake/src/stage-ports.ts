import { createOutcomesOf, type Ports, proposeForFiles, uploadFindings } from '@afferent/pipeline'
import type { IntakePorts } from './intake-ports.ts'

/** Answers to the intake's questions by the real stages; only `ring` and `say` are left to whoever starts it. */
export function stagePorts(ports: Ports): Omit<IntakePorts, 'ring' | 'say'> {
  const { vault, compute, log, now } = ports
  const outcomesOf = createOutcomesOf()
  return {
    vault,
    log,
    now,
    outcomesOf: (study, numbers) => outcomesOf(study, numbers, ports),
    findingsOf: (dataset) => uploadFindings(vault, dataset),
    propose: (study, files) => {
      const inputs = files.map(({ name, path }) => ({ ref: { kind: 'file', path } as const, name }))
      return proposeForFiles(study, inputs, compute)
    },
  }
}
