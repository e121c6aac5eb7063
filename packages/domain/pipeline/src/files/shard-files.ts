import type { FolderWriter } from '@afferent/ledger'
import type { ShardResult } from '@afferent/records'
import type { ReadFile } from './findings-file.ts'
import { type Packer, unpack } from './packed.ts'

/** A shard as a vault folder of one file: a big study has thousands of them. Written to be read by this package alone. */

const SHARD = 'shard.packed'

export const writeShard = (folder: FolderWriter, shard: ShardResult, packer: Packer): Promise<void> =>
  folder.write(SHARD, packer.pack(shard))

export async function readShard(read: ReadFile): Promise<ShardResult> {
  return unpack(await read(SHARD)) as ShardResult
}
