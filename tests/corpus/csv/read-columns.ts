import {
  type CsvSniffOptions,
  type RangeInput,
  type RawTable,
  readCsvRange,
  type Sniffed,
  sniffCsv,
} from '@afferent/formats'
import type { BytesRef, TaskHost } from '@afferent/records'

/** Tasks of the corpus: the bare reader, without any study behind it. */
export const readColumns = (input: RangeInput<null>, host: TaskHost): RawTable =>
  readCsvRange(host.open(input.ref), host, input.dialect, input.requests, input.range)

export function sniffFile(
  input: { readonly ref: BytesRef; readonly options: CsvSniffOptions },
  host: TaskHost,
): { readonly size: number; readonly sniffed: Sniffed } {
  const source = host.open(input.ref)
  return { size: source.size, sniffed: sniffCsv(source, host, input.options) }
}
