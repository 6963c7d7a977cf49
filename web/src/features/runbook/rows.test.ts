import { expect, test } from 'vitest'
import { board, row, waitsFor } from '../../../tests/board'
import type { ForecastStep } from '../../api/forecast'
import type { RunsheetSearch } from '../../lib/paths'
import { figuresOf, plannedPercent } from './groups'
import { isLate } from './late'
import { itemsOf, sheetOf } from './rows'
import { firstFolds, moved } from './useRows'

const now = Date.parse('2026-11-22T01:05:00+00:00')
const night = board([
  row('B', { position: 2, teamId: 't2', blockedBy: waitsFor('A') }),
  row('A', { position: 1, state: 'in_progress', startedAt: '2026-11-22T01:03:00+00:00', delaySeconds: 180 }),
  row('R', { chapterId: 'c2', dormant: true }),
])
const list = (search: RunsheetSearch = {}, folds = new Map<string, boolean>(), of = night) => itemsOf(of, sheetOf(of, now), search, folds, now)
const codes = (search: RunsheetSearch = {}, folds = new Map<string, boolean>(), of = night) =>
  list(search, folds, of).items.map((item) => (item.kind === 'step' ? item.row.code : item.code))

test('the tree is in its order, and a sleeping rollback is folded', () => {
  expect(codes()).toEqual(['A', 'A1', 'A', 'B', 'R'])
  expect(codes({}, new Map([['m2', false], ['c2', false]]))).toEqual(['A', 'A1', 'A', 'B', 'R', 'R1', 'R'])
})

test('filters by text, state, team, mine and late show what passes, with its groups', () => {
  expect(codes({ q: 'network' })).toEqual(['A', 'A1', 'B'])
  expect(codes({ state: ['in_progress'] })).toEqual(['A', 'A1', 'A'])
  expect(codes({ team: ['NET'] })).toEqual(['A', 'A1', 'B'])
  expect(codes({ mine: true })).toEqual(['A', 'A1', 'A', 'R', 'R1', 'R'])
  expect(codes({ late: true })).toEqual(['A', 'A1', 'A', 'B'])
  expect(codes({ q: 'nothing is called this' })).toEqual([])
})

test('macro-phases, chapters and labels filter; words of one list widen, lists narrow each other', () => {
  const labelled = board([row('A', { labels: ['go'] }), row('B', { labels: ['go', 'bank'] }), row('R', { chapterId: 'c2' })])
  const some = (search: RunsheetSearch) => codes(search, new Map(), labelled)
  expect(some({ phase: ['R'] })).toEqual(['R', 'R1', 'R'])
  expect(some({ chapter: ['A1', 'R1'] })).toEqual(['A', 'A1', 'A', 'B', 'R', 'R1', 'R'])
  expect(some({ label: ['bank', 'none'] })).toEqual(['A', 'A1', 'B'])
  expect(some({ label: ['go'], phase: ['R'] })).toEqual([])
  expect(some({ q: 'bank' })).toEqual(['A', 'A1', 'B'])
  expect(list({ label: ['go'] }, new Map(), labelled)).toMatchObject({ steps: 2, of: 3 })
})

test('what is out of scope is not listed and not counted, unless it is asked for', () => {
  const partly = board([row('A'), row('B', { inScope: false, delaySeconds: 900 }), row('R', { chapterId: 'c2', inScope: false })])
  expect(codes({}, new Map(), partly)).toEqual(['A', 'A1', 'A'])
  expect(codes({ out: true }, new Map(), partly)).toEqual(['A', 'A1', 'A', 'B', 'R', 'R1', 'R'])
  expect(list({}, new Map(), partly)).toMatchObject({ steps: 1, of: 1 })
  expect(list({ out: true, late: true }, new Map(), partly)).toMatchObject({ steps: 1, of: 3 })
  expect(list({ out: true }, new Map(), partly).items[1]).toMatchObject({ figures: { total: 1 } })
  expect(plannedPercent(board([row('A'), row('B', { inScope: false, durationSeconds: 99 })]), Date.parse('2026-11-22T02:00:00Z'))).toBe(100)
})

test('dormant steps are in no figure', () => {
  const rollback = list().items.find((item) => item.id === 'm2')
  expect(rollback).toMatchObject({ dormant: true, figures: { done: 0, total: 0 } })
})

test('a group that is ahead says how far its forecast end is, not the delay of a step that is done', () => {
  const steps = [
    row('A', { state: 'complete', startedAt: '2026-11-22T00:30:00Z', endedAt: '2026-11-22T00:49:00Z', delaySeconds: -21 * 60 }),
    row('B', { state: 'in_progress', startedAt: '2026-11-22T00:49:00Z', plannedStart: '2026-11-22T01:10:00Z', plannedEnd: '2026-11-22T01:30:00Z' }),
  ]
  const end = (code: string, at: string): [string, ForecastStep] => [code, {
    code, start: at, end: at, assumed: false, totalFloatSeconds: 0, freeFloatSeconds: 0, critical: true, late: false, atRisk: false, wave: 1, criticality: null, p80End: null, expectedSeconds: 0, delay: null,
  }]
  expect(figuresOf(steps, now, new Map([end('B', '2026-11-22T01:14:00Z')])).delaySeconds).toBe(-16 * 60)
  expect(figuresOf(steps, now, new Map([end('B', '2026-11-22T01:36:00Z')])).delaySeconds).toBe(6 * 60)
  expect(figuresOf(steps, now).delaySeconds).toBe(-21 * 60)
  const woken = row('R', { plannedStart: null, plannedEnd: null, state: 'ready' })
  expect(figuresOf([...steps, woken], now, new Map([end('B', '2026-11-22T01:14:00Z'), end('R', '2026-11-22T03:00:00Z')])).delaySeconds).toBe(-16 * 60)
})

test('late: by the last fact, or because the time has passed without one', () => {
  expect(isLate(row('X', { delaySeconds: 61 }), now)).toBe(true)
  expect(isLate(row('X', { delaySeconds: 60, state: 'complete' }), now)).toBe(false)
  expect(isLate(row('X'), Date.parse('2026-11-22T01:01:00+00:00'))).toBe(false)
  expect(isLate(row('X'), Date.parse('2026-11-22T01:01:01+00:00'))).toBe(true)
  expect(isLate(row('X', { dormant: true, delaySeconds: 900 }), now)).toBe(false)
})

test('the plan by now is weighted by duration and leaves dormant steps out', () => {
  const plan = board([row('A', { durationSeconds: 300, plannedEnd: '2026-11-22T01:05:00+00:00' }), row('B', { durationSeconds: 900 }), row('R', { dormant: true })])
  expect(plannedPercent(plan, now)).toBe(25)
  expect(plannedPercent(board([]), now)).toBeNull()
})

test('what is over when the sheet is opened is folded; a finished iteration is shown whole', () => {
  const over = board([row('A', { state: 'complete' })])
  expect(firstFolds(over).get('m1')).toBe(true)
  expect(firstFolds(board([row('A')])).size).toBe(0)
  expect(firstFolds({ ...over, iteration: { ...over.iteration, endedAt: '2026-11-22T05:00:00+00:00' } }).size).toBe(0)
})

test('moving stays inside and begins at the top', () => {
  const { items } = list()
  expect(moved(items, null, 1)?.id).toBe('m1')
  expect(moved(items, 'm1', -1)?.id).toBe('m1')
  expect(moved(items, 'm1', 99)?.id).toBe('m2')
})
