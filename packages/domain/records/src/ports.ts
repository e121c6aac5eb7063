/**
 * What pure code asks of the world: bytes to read, and threads to compute in. Adapters fill these in.
 */

/** Random access to the bytes of one file, synchronous: called in worker threads and in small command-line runs. */
export interface ByteSource {
  readonly size: number
  /** Fills `into` from `position` on; returns the bytes read, less than asked only at the end of the file. */
  read(into: Uint8Array, position: number): number
}

/** Names bytes so that a worker thread can open them itself. */
export type BytesRef =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'memory'; readonly bytes: Uint8Array }

/** What a task may use beside its input. */
export interface TaskHost {
  open(ref: BytesRef): ByteSource
  /** Whether the bytes are well-formed UTF-8 (native speed). */
  isUtf8(bytes: Uint8Array): boolean
  /** Keeps bytes, laid end to end, where they take no memory; to be opened by any task until the compute is closed. */
  putAside(parts: readonly Uint8Array[]): BytesRef
  /** Runs another task in this thread, within the one that asks. */
  run<I, O>(task: Task<I, O>, input: I): Promise<O>
}

/** A pure exported function, by the address of its module: `{ module: import.meta.url, name: 'deriveShard' }`. */
export interface Task<I, O> {
  readonly module: string
  readonly name: string
  /** May take seconds: it has a thread to itself, behind which no other task waits. */
  readonly long?: boolean
  /** Only for the type checker: ties input and output to the task. */
  readonly types?: (input: I, host: TaskHost) => O | Promise<O>
}

export interface Compute {
  /** Tasks that run at the same time. */
  readonly threads: number
  /**
   * Runs the task for every input; results in the order of inputs. Typed arrays on shared memory are not copied, nor is
   * memory that an input or a result names in `transfer` (HandedOver): its sender has no use for it any more.
   */
  map<I, O>(task: Task<I, O>, inputs: readonly I[]): Promise<O[]>
  /** Gives up bytes that were put aside and that no task opens any more. */
  discard(refs: readonly BytesRef[]): void
}

/** An input or a result of a task that gives ordinary memory away instead of having it copied. */
export interface HandedOver {
  readonly transfer: readonly ArrayBuffer[]
}
