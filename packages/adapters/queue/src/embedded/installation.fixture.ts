import { z } from 'zod'
import { openQueue } from '../open-queue.ts'

/** A process that opens the embedded queue of a folder, adds a step and stays until it is killed. */
const silent = { info: () => {}, warn: () => {}, error: () => {} }
const step = z.object({ kind: z.string(), study: z.string(), makes: z.string() })
const queue = await openQueue({ embedded: { dataDir: process.argv[2] ?? '' }, step, log: silent })
await queue.add([{ step: { kind: 'validate', study: 's', makes: 'one' }, children: [] }])
process.send?.({ url: queue.url })
process.once('disconnect', () => void queue.close())
