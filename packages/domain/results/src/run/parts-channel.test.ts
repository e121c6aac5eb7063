import { describe, expect, it } from 'vitest'
import { PartsChannel } from './parts-channel.ts'

const part = (size: number): Uint8Array => new Uint8Array(size)

async function read(channel: PartsChannel): Promise<number> {
  let bytes = 0
  for await (const piece of channel) bytes += piece.byteLength
  return bytes
}

describe('the channel between maker and writer of a file', () => {
  it('hands on everything, in order, then ends', async () => {
    const channel = new PartsChannel(10)
    const reading = read(channel)
    for (let i = 0; i < 20; i++) await channel.push(part(7))
    channel.end()
    expect(await reading).toBe(140)
  })

  it('makes a fast maker wait for a slow writer', async () => {
    const channel = new PartsChannel(10)
    let pushed = 0
    const making = (async () => {
      for (; pushed < 5; pushed++) await channel.push(part(8))
      channel.end()
    })()
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(pushed).toBe(1) // the second part is over the limit and waits
    expect(await read(channel)).toBe(40)
    await making
  })

  it('tells the maker when the writer failed, and the writer when the maker did', async () => {
    const channel = new PartsChannel(10)
    await channel.push(part(5))
    const waiting = channel.push(part(50))
    channel.fail(new Error('no space left'))
    await expect(waiting).rejects.toThrow('no space left')
    await expect(read(channel)).rejects.toThrow('no space left')
  })
})
