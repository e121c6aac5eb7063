import { describe, expect, it } from 'vitest'
import { NOTHING, toTestVerdict } from './tests.ts'
import { total, toVerdict } from './verdict.ts'

describe('a gate', () => {
  it('passes when it examined something and found it well, and then says nothing more', () => {
    expect(toVerdict('lint', 212, 'files', true, 'Checked 212 files')).toEqual({
      name: 'lint',
      examined: '212 files',
      passed: 1,
      failed: 0,
      skipped: [],
      output: '',
    })
  })

  it('fails when it examined nothing, although the tool reported success', () => {
    const verdict = toVerdict('lint', 0, 'files', true, '')
    expect(verdict).toMatchObject({ passed: 0, failed: 1 })
    expect(verdict.output).toContain('examined nothing')
  })

  it('shows what the tool said when it fails', () => {
    expect(toVerdict('lint', 3, 'files', false, 'x.ts:1 wrong')).toMatchObject({ failed: 1, output: 'x.ts:1 wrong' })
  })
})

describe('the tests', () => {
  it('fail when vitest broke down before it could report, or ran nothing', () => {
    expect(toTestVerdict(NOTHING, 1).failed).toBe(1)
    expect(toTestVerdict(NOTHING, 0).failed).toBe(1)
  })

  it('fail when vitest ended badly although every test passed', () => {
    expect(toTestVerdict({ ...NOTHING, passed: 5, files: 1 }, 1)).toMatchObject({ passed: 5, failed: 1 })
  })

  it('count an error outside of a test, such as a file that does not load, as failed', () => {
    expect(toTestVerdict({ ...NOTHING, passed: 5, files: 2, errors: 1 }, 1)).toMatchObject({ passed: 5, failed: 1 })
  })

  it('keep every skipped test with its reason', () => {
    const skipped = [{ name: 'queue on Redis', reason: 'redis-server is not on the PATH' }]
    const verdict = toTestVerdict({ ...NOTHING, passed: 5, files: 1, skipped }, 0)
    expect(total([verdict, toVerdict('lint', 1, 'files', true, '')])).toEqual({ passed: 6, failed: 0, skipped })
    expect(verdict.examined).toBe('6 tests in 1 files')
  })
})
