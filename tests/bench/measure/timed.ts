/** What one part of a process took: wall, and user and system time of all its threads meanwhile. */
export interface Timed {
  readonly seconds: number
  readonly cpuSeconds: number
}

export async function timed(work: () => Promise<unknown>): Promise<Timed> {
  const [since, cpuSince] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(cpuSince)
  return { seconds: (performance.now() - since) / 1000, cpuSeconds: (user + system) / 1e6 }
}
