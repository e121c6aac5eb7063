import type { CsvSniffOptions, Sniffed } from '@afferent/formats'
import { sniffCsv } from '@afferent/formats'
import type { BytesRef, Task, TaskHost } from '@afferent/records'

export interface SniffInput {
  readonly ref: BytesRef
  readonly options: CsvSniffOptions
}

export type SniffedFile = Sniffed & { readonly size: number }

export const SNIFF_FILE: Task<SniffInput, SniffedFile> = {
  module: import.meta.url,
  name: 'sniffFile',
  types: sniffFile,
}

/** Task: how the bytes of a file are to be read. */
export function sniffFile({ ref, options }: SniffInput, host: TaskHost): SniffedFile {
  const source = host.open(ref)
  return { ...sniffCsv(source, host, options), size: source.size }
}
