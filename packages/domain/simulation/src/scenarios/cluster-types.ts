import type { ResolvedOptions } from '../options.ts'
import { type Person, STREAM } from '../person.ts'
import { Random } from '../random.ts'
import type { SubjectColumn } from '../scenario.ts'

export type ClusterType = 'episodic' | 'chronic'

export const clusterTypeOf = ({ index }: Person, { seed }: ResolvedOptions): ClusterType =>
  new Random(seed, index, STREAM.clusterType).chance(0.5) ? 'episodic' : 'chronic'

export const clusterTypeColumn: SubjectColumn = {
  name: 'cluster_type',
  field: 'clusterType',
  cell: clusterTypeOf,
}
