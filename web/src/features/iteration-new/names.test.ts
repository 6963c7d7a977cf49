import { expect, test } from 'vitest'
import { nextName } from './names'

test('names count up within their kind and skip what is taken', () => {
  expect(nextName('run', [])).toBe('RUN1')
  expect(nextName('run', ['run1', 'RUN2', 'DR1'])).toBe('RUN3')
  expect(nextName('dress_rehearsal', ['DR1', 'DR3'])).toBe('DR2')
  expect(nextName('cutover', ['RUN1'])).toBe('CUTOVER')
  expect(nextName('cutover', ['CUTOVER'])).toBe('CUTOVER2')
})
