import type { ShardResult } from '@afferent/records'

const weights = new WeakMap<ShardResult, ArrayBuffer>()

/**
 * The shard itself. The engine keeps no account of shared memory, so gigabytes of it wait for a collection that nothing calls for.
 * Ordinary memory of the same size, which costs nothing as it is never touched, is accounted for and goes when the shard goes: for
 * shards that pass one after the other.
 */
export function weigh(shard: ShardResult): ShardResult {
  const bytes = Object.values(shard.effects.columns).reduce((sum, { values }) => sum + values.byteLength, 0)
  weights.set(shard, new ArrayBuffer(bytes))
  return shard
}
