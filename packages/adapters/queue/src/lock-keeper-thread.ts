import { parentPort, workerData } from 'node:worker_threads'
import type { Queue } from 'bullmq'
import { openBackend } from './backend.ts'
import { type KeeperData, type KeeperMessage, secondsNow } from './lock-keeper.ts'
import { OpenedOnce } from './opened-once.ts'

/** The thread behind `LockKeeper`. What it cannot renew now it tries again a moment later. */
const { url, namespace, lockMs, hangLimitMs, beats } = workerData as KeeperData
const silent = { info: () => {}, warn: () => {}, error: () => {} }
const tokens = new Map<string, string>()
const count = new Int32Array(beats)
const steps = new OpenedOnce<Queue>(async () => (await openBackend(url, namespace, silent)).queue('steps'))

parentPort?.on('message', (message: KeeperMessage) => {
  if ('keep' in message) tokens.set(message.keep, message.token)
  else tokens.delete(message.drop)
})
setInterval(() => void renew().catch(() => {}), lockMs / 4)
steps
  .get()
  .catch(() => {})
  .then(() => parentPort?.postMessage('ready'))

async function renew(): Promise<void> {
  const silentForMs = (secondsNow() - Atomics.load(count, 0)) * 1_000
  if (silentForMs > hangLimitMs) process.kill(process.pid, 'SIGKILL')
  if (tokens.size === 0) return
  const backend = (await steps.get()).getBackend()
  await backend.extendLocks([...tokens.keys()], [...tokens.values()], lockMs)
}
