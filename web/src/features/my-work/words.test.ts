import { expect, test } from 'vitest'
import { row, waitsFor } from '../../../tests/board'
import type { StepRow, Task, WorkItem } from '../../api/types'
import { comesNext, doneHint, dueWords, gatesFirst, stuckWords, takenWords, untilWords, waitingWords, whenWords } from './words'

const now = Date.parse('2026-11-20T23:00:00Z')
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString()
const step = (more: Partial<StepRow>): StepRow =>
  row('TRT-1', { id: 's', teamId: 't', state: 'ready', relation: 'team', plannedStart: at(12), plannedEnd: at(22), allowedActions: ['start'], ...more })
const task = (required: boolean, state: Task['state']): Task => ({
  id: 'k', stepId: 's', code: 'TRT-1-1', title: 'Stop', instructions: '', teamId: null, required, state, nominee: null, controls: [], doneBy: null, doneAt: null, reason: null, version: 1, allowedActions: [],
})
const item = (more: Partial<StepRow>, tasks: Task[] = [], state: WorkItem['iteration']['state'] = 'live'): WorkItem => ({
  iteration: { id: 'i', name: 'DR1', state, migrationId: 'm', migrationName: 'ERP', zone: 'UTC' }, step: step(more), teamName: 'DBA', tasks, instructions: '', before: [],
})

test('a planned time is said by its distance', () => {
  expect(untilWords(now + 12 * 60_000, now)).toBe('in 12 min')
  expect(untilWords(now - 30_000, now)).toBe('now')
  expect(untilWords(now - 125 * 60_000, now)).toBe('2 h 05 late')
})

test('what runs says for how long and until when; what is overdue is marked', () => {
  expect(whenWords(step({ state: 'in_progress', startedAt: at(-4) }), now, 'UTC')).toEqual({ text: 'running 4 min · due 23:22', late: false })
  expect(whenWords(step({ state: 'in_progress', startedAt: at(-40), plannedEnd: at(-10) }), now, 'UTC')).toEqual({ text: 'running 40 min · 10 min late', late: true })
  expect(whenWords(step({ plannedStart: at(-3) }), now, 'UTC')).toEqual({ text: 'planned 22:57 · 3 min late', late: true })
  expect(whenWords(step({ plannedStart: null }), now, 'UTC').text).toBe('no planned time')
})

test('only what is not ready waits', () => {
  expect(waitingWords(step({ state: 'not_ready', blockedBy: waitsFor('A') }), now, 'UTC')).toBe('Waits for A')
  expect(waitingWords(step({ state: 'not_ready', blockedBy: waitsFor('A', 'B', 'C', 'D') }), now, 'UTC')).toBe('Waits for A, B and 2 more')
  expect(waitingWords(step({ state: 'not_ready', opensAt: at(5) }), now, 'UTC')).toBe('Opens 23:05 · in 5 min')
  expect(waitingWords(step({ state: 'ready', blockedBy: waitsFor('A') }), now, 'UTC')).toBe('')
})

test('Done says beforehand that open required tasks keep the step in verifying; optional ones do not', () => {
  const done = { state: 'in_progress', allowedActions: ['complete', 'fail'] } satisfies Partial<StepRow>
  expect(doneHint(item(done, [task(false, 'open'), task(true, 'done')]))).toBe('')
  expect(doneHint(item(done, [task(true, 'open')]))).toContain('One required task is open. After Done')
  expect(doneHint(item({ state: 'verifying', allowedActions: ['fail'] }, [task(true, 'open'), task(true, 'failed')]))).toContain('completes by itself when they are ticked')
  expect(doneHint(item({ state: 'ready' }, [task(true, 'open')]))).toBe('')
})

test('where nothing can be pressed, it says who goes on', () => {
  expect(stuckWords(item({}, [], 'on_hold'))).toContain('DR1 is on hold')
  expect(stuckWords(item({ state: 'failed', reason: 'Disk full' }))).toBe('Failed: Disk full. The pilot decides whether it is tried again or skipped.')
  expect(stuckWords(item({ state: 'in_progress' }, [], 'on_hold'))).toBe('')
  expect(stuckWords(item({}))).toBe('')
})

test('a blocked step says when it should go on, and by how much that is over', () => {
  const blocked = row('A', { state: 'blocked', expectedAt: '2026-11-22T01:20:00Z' })
  expect(waitingWords(blocked, Date.parse('2026-11-22T01:05:00Z'), 'UTC')).toBe('Should go on 01:20 · in 15 min')
  expect(waitingWords(blocked, Date.parse('2026-11-22T01:30:00Z'), 'UTC')).toBe('Should go on 01:20 · 10 min late')
  expect(waitingWords({ ...blocked, expectedAt: null }, 0, 'UTC')).toBe('')
})

test('what comes next is the earliest of next, and only without any the earliest of later', () => {
  const early = item({ id: 'early', plannedStart: at(5) })
  const late = item({ id: 'late', plannedStart: at(50) })
  const unplanned = item({ id: 'none', plannedStart: null })
  expect(comesNext({ doNow: [], next: [late, unplanned], later: [early] })?.step.id).toBe('late')
  expect(comesNext({ doNow: [], next: [], later: [unplanned, late, early] })?.step.id).toBe('early')
  expect(comesNext({ doNow: [early], next: [], later: [] })).toBeNull()
})

test('a gate that waits for my answer stands before all else', () => {
  const gate = item({ id: 'gate', behaviour: 'gate', allowedActions: ['decide'] })
  expect(gatesFirst([item({ id: 'a' }), gate, item({ id: 'b' })]).map(({ step: { id } }) => id)).toEqual(['gate', 'a', 'b'])
})

test('what comes next says when its first is due', () => {
  expect(dueWords([item({ plannedStart: at(40) }), item({ plannedStart: at(12) }), item({ plannedStart: null })], now)).toBe('in 12 min')
  expect(dueWords([item({ plannedStart: null })], now)).toBe('')
})

test('who has said that they have it is named until the work begins', () => {
  expect(takenWords(item({ state: 'activated', takenAt: at(-1), takenBy: 'Dana Kim' }))).toContain('Dana Kim has it')
  expect(takenWords(item({ state: 'activated', takenAt: null }))).toBe('')
  expect(takenWords(item({ state: 'in_progress', takenAt: at(-1), takenBy: 'Dana Kim' }))).toBe('')
})
