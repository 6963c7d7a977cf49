import { expect, test } from 'vitest'
import { board, row, waitsFor } from '../../../tests/board'
import { waitNote, whyNot, whyWaiting } from './words'

const now = Date.parse('2026-11-22T01:05:00+00:00')
const a = row('A', { state: 'in_progress', lastAt: '2026-11-22T00:58:00+00:00', startedAt: '2026-11-22T00:58:00+00:00' })
const b = row('B', { blockedBy: waitsFor('A', 'C') })
const night = board([a, b])

test('a waiting step names its predecessor, who has it, and since when', () => {
  expect(waitNote(b, now, 'UTC')).toBe('A +1')
  expect(whyWaiting(night, b, now, 'Europe/Berlin')).toEqual([
    'Waits for A Name of A (Database), in progress since 01:58.',
    'Waits for C.',
  ])
})

test('a key that does nothing says why', () => {
  expect(whyNot(night, b, 'start', now, 'UTC')).toContain('B is not ready. Waits for A')
  expect(whyNot(night, row('R', { dormant: true }), 'start', now, 'UTC')).toContain('dormant')
  const held = { ...night, iteration: { ...night.iteration, state: 'on_hold' as const } }
  expect(whyNot(held, a, 'activate', now, 'UTC')).toContain('on hold')
  expect(whyNot(night, { ...a, relation: 'none' }, 'complete', now, 'UTC')).toContain('another team')
})

test('a lag says when it opens', () => {
  expect(waitNote(row('L', { opensAt: '2026-11-22T01:30:00+00:00' }), now, 'UTC')).toBe('opens 01:30')
})
