// Entry of a worker thread of a bundle: the same chunks that the process which started it has loaded.
import { workerData } from 'node:worker_threads'
import { openBundle } from './open-bundle.js'

openBundle(new URL(workerData.chunks)).load('thread.cjs')
