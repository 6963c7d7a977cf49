import { expect, test } from 'vitest'
import { event } from '../../../../tests/board'
import type { Attempt } from '../../../api/types'
import { attemptWords, takenBack } from './attempts'

const now = Date.parse('2026-11-22T03:00:00Z')
const undone = event(7, { type: 'step.done_undone', at: '2026-11-22T02:10:00Z' })
const over = (attempt: number, change: Partial<Attempt> = {}): Attempt => ({
  attempt, outcome: 'complete', readyAt: null, activatedAt: null, startedAt: '2026-11-22T02:00:00Z', endedAt: '2026-11-22T02:09:00Z', reason: null, ...change,
})

test('after an undo it is said what happened, and not that it is tried again', () => {
  expect(attemptWords({ attempt: 2, startCarried: true }, [undone], now, 'UTC')).toBe('Done taken back at 02:10; start kept')
  expect(attemptWords({ attempt: 2, startCarried: true }, [], now, 'UTC')).toBe('Done taken back; start kept')
  expect(attemptWords({ attempt: 2, startCarried: false }, [undone], now, 'UTC')).toBe('attempt 2')
  expect(attemptWords({ attempt: 1, startCarried: false }, [], now, 'UTC')).toBe('')
})

test('which attempts ended by a Done that was taken back: the next one has their start', () => {
  const carried = { attempt: 2, startedAt: '2026-11-22T02:00:00Z', startCarried: true }
  expect([...takenBack({ ...carried, attempts: [over(1)] })]).toEqual([1])
  expect([...takenBack({ ...carried, startCarried: false, startedAt: null, attempts: [over(1)] })]).toEqual([])
  expect([...takenBack({ attempt: 3, startedAt: null, startCarried: false, attempts: [over(1), over(2, { outcome: 'failed' })] })]).toEqual([1])
})
