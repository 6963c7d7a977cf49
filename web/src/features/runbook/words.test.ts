import { expect, test } from 'vitest'
import { board, row, waitsFor } from '../../../tests/board'
import { afterWords, fixedNote, linkMark, linkWords, waitNote, waits, whyWaiting } from './words'

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

test('how long a step has been running is never said to be nothing', () => {
  expect(waitNote(a, now, 'UTC')).toBe('for 7 min')
  const begun = { startedAt: '2026-11-22T01:04:30+00:00' }
  expect(waitNote({ ...a, ...begun }, now, 'UTC')).toBe('for <1 min')
})

test('a lag says when it opens', () => {
  expect(waitNote(row('L', { opensAt: '2026-11-22T01:30:00+00:00' }), now, 'UTC')).toBe('opens 01:30')
})

test('a link says its kind and lag where they are not what people expect', () => {
  expect(linkMark({ kind: 'FS', lagSeconds: 0 })).toBe('')
  expect(linkMark({ kind: 'SS', lagSeconds: 600 })).toBe('SS +10 min')
  expect(linkMark({ kind: 'FS', lagSeconds: -300 })).toBe('FS −5 min')
  expect(linkWords({ kind: 'FF', lagSeconds: -300 })).toBe('from its end to the end, 5 min earlier')
})

test('a group says what all of it waits for, with how much of that is left', () => {
  const links = [{ code: 'A', kind: 'SS', lagSeconds: 600, waived: false } as const, { code: 'A1', kind: 'FS', lagSeconds: 0, waived: false } as const, { code: 'R', kind: 'FS', lagSeconds: 0, waived: false } as const]
  expect(afterWords(board([a, b, row('C', { state: 'complete' })]), links).split('\n')).toEqual([
    'Waits for A Name of A, in progress (from its start to the start, 10 min later).',
    'Waits for chapter A1 Stop: 2 of 3 steps are not done.',
    'Waits for macro-phase R Rollback: 0 of 0 steps are not done.',
  ])
})

test('what is out of scope waits for nothing and says what it is', () => {
  const out = row('O', { inScope: false, blockedBy: waitsFor('A') })
  expect([waitNote(out, now, 'UTC'), waits(out), waits(b)]).toEqual(['', false, true])
  expect(whyWaiting(night, out, now, 'UTC')[0]).toContain('Out of scope')
})

test('a fixed start is a clock, with its day where that is another', () => {
  expect(fixedNote(row('F', { fixedStart: '2026-11-22T06:00:00Z' }), 'UTC', false)).toBe('06:00')
  expect(fixedNote(row('F', { fixedStart: '2026-11-23T06:00:00Z' }), 'UTC', false)).toBe('Mon 23 Nov 06:00')
  expect(fixedNote(row('F', { fixedStart: '2026-11-22T06:00:00Z' }), 'UTC', true)).toBe('Sun 06:00')
  expect(fixedNote(row('F'), 'UTC', false)).toBe('')
})
