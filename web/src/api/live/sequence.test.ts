import { expect, test } from 'vitest'
import { event } from '../../../tests/board'
import { sequence } from './sequence'

const seqs = (result: ReturnType<typeof sequence>) => result.apply.map(({ seq }) => seq)

test('sorts, drops what is known, and says where it is', () => {
  const result = sequence(3, [event(5), event(2), event(4)])
  expect(seqs(result)).toEqual([4, 5])
  expect(result).toMatchObject({ last: 5, hole: false })
})

test('numbers of other iterations lie between: only a forerunner not seen is a hole', () => {
  expect(sequence(3, [event(9, { prev: 2 })])).toMatchObject({ last: 9, hole: false })
  expect(sequence(3, [event(9, { prev: 8 })])).toMatchObject({ last: 3, hole: true, apply: [] })
})

test('what comes before the hole is applied, what comes after it is not', () => {
  const result = sequence(3, [event(4), event(6), event(7)])
  expect(seqs(result)).toEqual([4])
  expect(result.hole).toBe(true)
})
