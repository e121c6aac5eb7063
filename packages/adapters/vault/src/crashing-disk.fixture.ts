import { type Disk, type DiskFile, nodeDisk } from './disk.ts'

/** What a process sees that was stopped: nothing, ever again. */
export class Stopped extends Error {}

const CHANGES = ['link', 'symlink', 'copy', 'rename', 'unlink', 'makeFolder', 'removeTree', 'flush'] as const

/** A disk whose user is stopped just before its `n`th change; a write that is stopped has written half. */
export function crashingDisk(n: number): Disk & { readonly changes: () => number } {
  let done = 0
  const step = (): void => {
    if (++done >= n) throw new Stopped()
  }
  const disk: Record<string, unknown> = { ...nodeDisk, changes: () => done }
  for (const name of CHANGES) {
    const act = nodeDisk[name] as (...parts: unknown[]) => Promise<void>
    disk[name] = async (...parts: unknown[]) => {
      step()
      return act(...parts)
    }
  }
  disk.create = async (path: string): Promise<DiskFile> => {
    step()
    const file = await nodeDisk.create(path)
    return {
      async write(bytes) {
        try {
          step()
        } catch (stopped) {
          await file.write(bytes.subarray(0, bytes.length >> 1))
          throw stopped
        }
        await file.write(bytes)
      },
      async flush() {
        step()
        await file.flush()
      },
      close: () => file.close(),
    }
  }
  return disk as unknown as Disk & { changes: () => number }
}
