import { expect, test } from 'vitest'
import { board, row } from '../../../tests/board'
import type { ForecastIndex, ForecastStep } from '../../api/forecast'
import type { NowLine, NowList, StepRow } from '../../api/types'
import { clocksOf } from './clocks'
import { behindWords, emptyWords, floatWords, type Line, linesOf, sinceWords, troubleWords } from './now'

const now = Date.parse('2026-11-22T02:00:00Z')
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString()

const line = (of: StepRow, more: Partial<NowLine> = {}): NowLine => ({
  stepId: of.id, code: of.code, name: of.name, state: of.state, why: 'running', since: null, lateSeconds: 0, behindSeconds: 0,
  expectedAt: null, reason: null, team: null, ...more,
})
const listOf = (...items: NowLine[]): NowList => ({ seq: 10, now: at(0), total: items.length, items })
const both = (of: StepRow, more: Partial<NowLine> = {}): Line => ({ line: line(of, more), row: of })

test('the order is the server’s, and what has left somebody’s hands is gone at once', () => {
  const [failed, done, ready] = [row('A', { state: 'failed' }), row('B', { state: 'complete' }), row('C', { state: 'ready' })]
  const lines = linesOf(listOf(line(ready), line(done, { state: 'in_progress' }), line(failed)), board([failed, done, ready]))
  expect(lines.map(({ row: { code } }) => code)).toEqual(['C', 'A'])
  expect(linesOf(undefined, board([failed]))).toEqual([])
})

const foreseen = (...steps: [string, number][]): ForecastIndex =>
  new Map(steps.map(([code, totalFloatSeconds]): [string, ForecastStep] => [code, {
    code, start: at(0), end: at(0), assumed: false, totalFloatSeconds, freeFloatSeconds: 0, critical: totalFloatSeconds <= 0, late: false, atRisk: false, wave: 1,
    criticality: null, p80End: null, expectedSeconds: 600, delay: null,
  }]))

test('with a forecast what moves the finish stands first: in trouble, late, the rest, each by its float', () => {
  const rows = [row('FAILED', { state: 'failed' }), row('BLOCKED', { state: 'blocked' }), row('READY', { state: 'ready' }), row('RUNS', { state: 'in_progress', startedAt: at(-5) }), row('LATE', { state: 'ready' })]
  const on = board(rows)
  const list = listOf(...rows.map((one) => line(one)))
  const forecast = foreseen(['FAILED', 360], ['BLOCKED', 0], ['READY', 900], ['RUNS', 0], ['LATE', 7200])
  expect(linesOf(list, on, forecast, ({ code }) => (code === 'LATE' ? 1200 : 0)).map((one) => one.row.code)).toEqual(['BLOCKED', 'FAILED', 'LATE', 'RUNS', 'READY'])
  expect(linesOf(list, on).map((one) => one.row.code)).toEqual(rows.map(({ code }) => code))
  expect(['BLOCKED', 'FAILED', 'NONE'].map((code) => floatWords(code, forecast))).toEqual(['critical', '6 min of float', ''])
})

test('what waits behind a cancelled step is listed with the server’s word, until it moves', () => {
  const stuck = { state: 'not_ready', why: 'stuck', reason: 'A was cancelled: it can never become ready.' } as const
  const waiting = row('B', { state: 'not_ready', lastAt: at(-9) })
  const [found] = linesOf(listOf(line(waiting, stuck)), board([waiting]))
  expect(found && troubleWords(found, now, 'UTC')).toBe('A was cancelled: it can never become ready.')
  expect(found && sinceWords(found.row, now)).toBe('')
  const freed = row('B', { state: 'cancelled' })
  expect(linesOf(listOf(line(freed, stuck)), board([freed]))).toEqual([])
  expect(linesOf(listOf(line(waiting)), board([waiting]))).toEqual([])
})

test('a line shows the step as the board has it', () => {
  const started = row('A', { state: 'in_progress', startedAt: at(-4) })
  const [found] = linesOf(listOf(line(started, { state: 'ready', why: 'ready' })), board([started]))
  expect(found?.row.state).toBe('in_progress')
})

test('since when, in words', () => {
  expect(sinceWords(row('A', { state: 'in_progress', startedAt: at(-41), durationSeconds: 58 * 60 }), now)).toBe('for 41 min of 58 min')
  expect(sinceWords(row('A', { state: 'ready', readyAt: at(-0.5) }), now)).toBe('for under a minute')
  expect(sinceWords(row('A', { state: 'blocked', lastAt: at(-12) }), now)).toBe('for 12 min')
  expect(sinceWords(row('A', { state: 'blocked', lastAt: null }), now)).toBe('')
})

test('trouble says why, and when it should go on; never a time that nobody gave', () => {
  const blocked = { state: 'blocked', reason: 'Vendor locked' } as const
  expect(troubleWords(both(row('A', { ...blocked, expectedAt: at(40) })), now, 'UTC')).toBe('“Vendor locked” · back at 02:40')
  expect(troubleWords(both(row('A', { ...blocked, expectedAt: at(-5) })), now, 'UTC')).toBe('“Vendor locked” · was to be back 01:55, is not')
  expect(troubleWords(both(row('A', { ...blocked, expectedAt: null })), now, 'UTC')).toBe('“Vendor locked” · no time of unblocking known')
  expect(troubleWords(both(row('A', { state: 'failed', reason: 'Disk full' })), now, 'UTC')).toBe('“Disk full”')
  expect(troubleWords(both(row('A', { state: 'activated', takenAt: null }), { why: 'not_taken' }), now, 'UTC')).toBe('told, but not taken')
  expect(troubleWords(both(row('A', { state: 'activated', takenAt: at(-1), takenBy: 'Dana' }), { why: 'late' }), now, 'UTC')).toBe('Dana has it')
  expect(troubleWords(both(row('A', { state: 'verifying', tasksTotal: 3, tasksDone: 2, evidenceRequired: true, evidenceCount: 0, controlsOpen: 1 })), now, 'UTC'))
    .toBe('1 task open · evidence missing · 1 critical control not passed')
})

test('work behind a step is said as a span, and nothing as nothing', () => {
  expect(behindWords(line(row('A'), { behindSeconds: 65 * 60 }))).toBe('1 h 05 of work behind it')
  expect(behindWords(line(row('A')))).toBe('nothing waits for it')
})

test('an empty list says why it is empty', () => {
  const of = (change: Parameters<typeof board>[1]) => emptyWords(board([row('A')], change)).title
  const { iteration } = board([row('A')])
  expect(of({ iteration: { ...iteration, startedAt: null } })).toBe('Nothing runs yet')
  expect(of({ iteration: { ...iteration, endedAt: at(0) } })).toBe('Nothing to do any more')
  expect(of({ iteration: { ...iteration, progress: { ...iteration.progress, done: 1, total: 1 } } })).toBe('Every step is done')
  expect(of({})).toBe('Nothing is in hand')
})

test('the clocks: before, within and over the window', () => {
  const { iteration } = board([])
  const words = (minutes: number, change: Partial<typeof iteration> = {}) =>
    clocksOf({ ...iteration, ...change }, Date.parse('2026-11-22T01:00:00Z') + minutes * 60_000)?.rest.map(({ text, late }) => text + (late ? '!' : ''))
  expect(words(-30, { startedAt: null })).toEqual(['planned finish in 4 h 30', 'window ends in 5 h 30'])
  expect(words(60)).toEqual(['elapsed 1 h', 'planned finish in 3 h', 'window ends in 4 h'])
  expect(words(250)).toEqual(['elapsed 4 h 10', 'planned finish 10 min over!', 'window ends in 50 min'])
  expect(words(310, { windowEnd: null })).toEqual(['elapsed 5 h 10', 'planned finish 1 h 10 over!'])
  expect(words(60, { state: 'backing_out' })).toEqual(['elapsed 1 h', 'window ends in 4 h'])
  expect(words(400, { endedAt: '2026-11-22T05:30:00+00:00' })).toEqual(['took 4 h 30'])
})
