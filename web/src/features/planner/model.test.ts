import { expect, test } from 'vitest'
import type { IterationSchedule, ScheduledChapter } from '../../api/schedule'
import { pressed } from './ChapterBar'
import { axisOf, bodyOf, changed, decided, type Draft, endMoved, lastOf, moved, overtaken, rowOf, savedBody, seenOf, startMoved } from './model'
import { timesAt } from './useDrag'
import { fittedWords, minutesIn } from './words'

const at = (clock: string) => Date.parse(`2026-11-21T${clock}:00Z`)
const span = (start: string, end: string) => ({ start: new Date(at(start)).toISOString(), end: new Date(at(end)).toISOString() })
const minute = 60_000

function chapter(code: string, more: Partial<ScheduledChapter> = {}): ScheduledChapter {
  return {
    code, name: code, dormant: false, steps: 2, planned: span('20:00', '21:00'), typed: false, endTyped: false, baseline: null, actual: { start: null, end: null },
    begun: false, derived: span('20:00', '21:00'), minimumSeconds: 3600, conflicts: [], ...more,
  }
}
const a = chapter('A')
const typed = chapter('B', { typed: true, endTyped: true })
const none: Draft = new Map()
const first = at('19:30')

function schedule(...chapters: ScheduledChapter[]): IterationSchedule {
  return {
    seq: 1, version: 1, zone: 'UTC', windowStart: null, windowEnd: null, planned: span('19:30', '23:00'), baseline: null, actual: { start: null, end: null },
    macroPhases: [{ code: 'P', name: 'P', planned: null, baseline: null, actual: { start: null, end: null }, chapters }], conflicts: [], lastChanges: [], allowedActions: ['type'], whyNot: null,
  }
}

test('a derived chapter that is moved has its start typed and its end still derived', () => {
  expect(moved(rowOf(a, none), 5 * minute, first)).toEqual({ start: at('20:05'), end: null })
  const draft = changed(none, a, { start: at('20:05'), end: null })
  expect(rowOf(a, draft)).toMatchObject({ span: { start: at('20:05'), end: at('21:05') }, typed: true, endTyped: false, changed: true })
})

test('one with a typed end takes it along, and nothing goes before the iteration', () => {
  expect(moved(rowOf(typed, none), -20 * minute, first)).toEqual({ start: at('19:40'), end: at('20:40') })
  expect(moved(rowOf(typed, none), -90 * minute, first)).toEqual({ start: at('19:30'), end: at('20:30') })
})

test('ends move by themselves, and never past each other', () => {
  expect(endMoved(rowOf(a, none), 30 * minute)).toEqual({ start: at('20:00'), end: at('21:30') })
  expect(endMoved(rowOf(a, none), -90 * minute)).toEqual({ start: at('20:00'), end: at('20:05') })
  expect(startMoved(rowOf(a, none), 90 * minute, first)).toEqual({ start: at('20:55'), end: at('21:00') })
  expect(startMoved(rowOf(a, none), -90 * minute, first)).toEqual({ start: at('19:30'), end: at('21:00') })
})

test('a drag snaps to whole five minutes', () => {
  expect(timesAt(rowOf(a, none), 'all', 7 * minute, first)).toEqual({ start: at('20:05'), end: null })
  expect(timesAt(rowOf(a, none), 'end', 8 * minute, first)).toEqual({ start: at('20:00'), end: at('21:10') })
})

test('arrows move by five minutes, with Shift by an hour, with Ctrl the end', () => {
  const key = (name: string, more: Partial<{ shiftKey: boolean; ctrlKey: boolean }> = {}) =>
    pressed(rowOf(a, none), { key: name, shiftKey: false, ctrlKey: false, metaKey: false, ...more }, first)
  expect(key('ArrowRight')).toEqual({ start: at('20:05'), end: null })
  expect(key('ArrowRight', { shiftKey: true })).toEqual({ start: at('21:00'), end: null })
  expect(key('ArrowLeft', { ctrlKey: true })).toEqual({ start: at('20:00'), end: at('20:55') })
  expect(key('x')).toBeNull()
})

test('what is as it was saved is no change', () => {
  const moved = changed(none, typed, { start: at('20:30'), end: at('21:30') })
  expect(moved.size).toBe(1)
  expect(changed(moved, typed, { start: at('20:00'), end: at('21:00') }).size).toBe(0)
  expect(changed(none, a, { start: null, end: null }).size).toBe(0)
  expect(changed(none, typed, { start: null, end: null }).size).toBe(1)
})

test('what is sent stands in the order of the schedule, with offsets', () => {
  const draft = changed(changed(none, typed, { start: null, end: null }), a, { start: at('20:05'), end: null })
  expect(bodyOf(draft, schedule(a, typed))).toEqual([
    { chapterCode: 'A', start: '2026-11-21T20:05:00.000Z', end: null },
    { chapterCode: 'B', start: null, end: null },
  ])
})

test('all that is shown lies on the axis', () => {
  const of = { ...schedule(a), windowEnd: new Date(at('23:30')).toISOString() }
  const late = changed(none, a, { start: at('22:50'), end: null })
  const axis = axisOf(of, [rowOf(a, late)], at('18:00'))
  expect(axis.start).toBeLessThan(at('18:00'))
  expect(axis.end).toBeGreaterThan(at('23:50'))
})

test('what somebody else changed under a draft is found, and decided one way or the other', () => {
  const mine = changed(none, a, { start: at('20:05'), end: null })
  const again = changed(mine, a, { start: at('20:10'), end: null })
  expect(overtaken(again, schedule(a, typed))).toEqual([])
  const theirs = chapter('A', { typed: true, planned: span('22:00', '23:00') })
  const now = schedule(theirs, typed)
  expect(overtaken(again, now).map(({ code }) => code)).toEqual(['A'])
  // Moved once more, it is still not what was seen at first.
  expect(overtaken(changed(again, theirs, { start: at('20:15'), end: null }), now)).toHaveLength(1)
  expect(savedBody(again, now)).toEqual([{ chapterCode: 'A', start: '2026-11-21T20:10:00.000Z', end: null, seen: seenOf(a) }])
  expect(decided(again, theirs, 'theirs').size).toBe(0)
  const kept = decided(again, theirs, 'mine')
  expect(overtaken(kept, now)).toEqual([])
  expect(kept.get('A')).toMatchObject({ start: at('20:10'), seen: { start: theirs.planned?.start, typed: true } })
})

test('an end that follows from the steps is nobody\u2019s change', () => {
  const mine = changed(none, chapter('C', { typed: true }), { start: at('20:30'), end: null })
  expect(overtaken(mine, schedule(chapter('C', { typed: true, planned: span('20:00', '22:00') })))).toEqual([])
})

test('who changed a chapter last may have planned all of it anew', () => {
  const told = (chapterCode: string | null, by: string, clock: string) => ({ chapterCode, by, at: new Date(at(clock)).toISOString() })
  const of = { ...schedule(a), lastChanges: [told('A', 'Marco', '19:00'), told('B', 'Dana', '19:30'), told(null, 'Priya', '18:00')] }
  expect(lastOf(of, 'A')?.by).toBe('Marco')
  expect(lastOf(of, 'X')?.by).toBe('Priya')
})

test('minutes are whole ones, with either minus, and a year at most', () => {
  expect(['30', ' -15 ', '−15', '+5', '527040'].map(minutesIn)).toEqual([30, -15, -15, 5, 527_040])
  for (const text of ['', '-', '0', '1.5', '1,5', '1e3', '527041', '99999999', 'x']) expect(minutesIn(text)).toBeNull()
})

test('fitting says what was moved, and that nothing was', () => {
  const before = schedule(a)
  expect(fittedWords(before, before, 'UTC')).toBe('It fits already: nothing was moved.')
  expect(fittedWords(before, { ...before, version: 2, planned: span('20:00', '23:30') }, 'UTC')).toMatch(/it starts Sat 21 Nov.* 20:00 instead of Sat 21 Nov.* 19:30; it ends Sat 21 Nov.* 23:30\.$/)
})
