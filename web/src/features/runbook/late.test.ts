import { expect, test } from 'vitest'
import { board, row } from '../../../tests/board'
import { facetsOf } from './filters'
import { delayAt, isLate, openLateness } from './late'

const at = (clock: string) => Date.parse(`2026-11-22T${clock}Z`)

test('a step that has not begun grows late from its planned start', () => {
  const waiting = row('A-1')
  expect(delayAt(waiting, at('01:00:30'))).toBeNull()
  expect(delayAt(waiting, at('01:09:00'))).toBe(540)
  expect(isLate(waiting, at('01:09:00'))).toBe(true)
})

test('a running step has the delay of its start until its planned end has passed by more', () => {
  const running = row('A-1', { state: 'verifying', startedAt: '2026-11-22T01:02:00Z', delaySeconds: 120 })
  expect(delayAt(running, at('01:11:30'))).toBe(120)
  expect(delayAt(running, at('01:15:00'))).toBe(300)
})

test('what is over keeps the delay of its end, and what sleeps has none', () => {
  expect(delayAt(row('A-1', { state: 'complete', delaySeconds: -60 }), at('05:00:00'))).toBe(-60)
  expect(delayAt(row('A-1', { dormant: true }), at('05:00:00'))).toBeNull()
})

test('the night names the worst of what is late and open, and counts what ended late: together, what the filter lists', () => {
  const steps = [
    row('A-1', { state: 'complete', delaySeconds: 4000 }),
    row('A-2'),
    row('A-3', { plannedStart: '2026-11-22T00:30:00Z' }),
  ]
  expect(openLateness(board(steps), at('01:09:00'))).toEqual({ count: 2, code: 'A-3', seconds: 2340, ended: 1 })
  expect(facetsOf(board(steps), at('01:09:00')).late).toBe(3)
  expect(openLateness(board([]), at('01:09:00'))).toBeNull()
})
