import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { lookIntoDrop } from '@afferent/intake'
import { expect, it } from 'vitest'
import { makeStudy } from './harness.ts'

it('says of every file that got no answer where it is and why', async () => {
  const world = await makeStudy()
  world.hold = true
  world.put('trial/judged.csv', 'x\n')
  world.put('waiting/a.csv', 'x\n')
  world.put('trial/half.csv.part', 'x\n')
  world.put('Bad Name/a.csv', 'x\n')
  symlinkSync('/etc/hostname', join(world.drop, 'trial/link.csv'))
  await world.until('in the vault', () => world.list('trial/.judging').length === 1)
  const { studies, others } = await lookIntoDrop(world.drop)
  expect(studies).toEqual([
    {
      study: 'trial',
      waiting: [],
      taking: 0,
      judging: 1,
      left: [
        {
          name: 'half.csv.part',
          says: 'has the ending of an unfinished transfer and is left alone until it is renamed',
        },
        { name: 'link.csv', says: 'is a link; links are not followed, drop the file itself' },
      ],
    },
    { study: 'waiting', waiting: ['a.csv'], taking: 0, judging: 0, left: [] },
  ])
  expect(others.map((each) => each.name)).toEqual(['Bad Name'])
})
