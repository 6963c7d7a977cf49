import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { atMostOnceASecond } from './atMost'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

test('a burst is answered at once and once more at its end', () => {
  const done: number[] = []
  for (let i = 0; i < 50; i += 1) atMostOnceASecond('a burst', () => done.push(i))
  expect(done).toEqual([0])
  vi.advanceTimersByTime(999)
  expect(done).toEqual([0])
  vi.advanceTimersByTime(1)
  expect(done).toEqual([0, 49])
  vi.advanceTimersByTime(10_000)
  expect(done).toEqual([0, 49])
  atMostOnceASecond('a burst', () => done.push(100))
  expect(done).toEqual([0, 49, 100])
  vi.advanceTimersByTime(1_000)
})

test('what has another name does not wait', () => {
  const done: string[] = []
  atMostOnceASecond('one', () => done.push('one'))
  atMostOnceASecond('other', () => done.push('other'))
  expect(done).toEqual(['one', 'other'])
  vi.advanceTimersByTime(1_000)
})
