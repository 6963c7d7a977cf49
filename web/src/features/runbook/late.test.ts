import { describe, expect, it, test } from 'vitest'
import { board, row } from '../../../tests/board'
import type { ForecastIndex, ForecastStep } from '../../api/forecast'
import { facetsOf, filterOf } from './filters'
import { delayAt, isCritical, isLate, openLateness } from './late'

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
  expect(openLateness(board(steps), at('01:09:00'))).toEqual({ count: 2, code: 'A-3', seconds: 2340, ended: 1, chapters: new Map([['c1', 2]]) })
  expect(facetsOf(board(steps), at('01:09:00')).late).toBe(3)
  expect(openLateness(board([]), at('01:09:00'))).toBeNull()
})

describe('with a forecast', () => {
  const coming = (end: string, change: Partial<ForecastStep> = {}): ForecastIndex => new Map([['A-1', {
    code: 'A-1', start: end, end, assumed: false, totalFloatSeconds: 0, freeFloatSeconds: 0, critical: true, late: false, atRisk: false, wave: 1, criticality: null, p80End: null,
    expectedSeconds: 600, delay: null, ...change,
  }]])
  const open = row('A-1', { plannedStart: '2026-11-22T01:00:00+00:00', plannedEnd: '2026-11-22T01:10:00+00:00' })

  it('what is open is as late as it is forecast to end', () => {
    expect(delayAt(open, at('00:30:00'), coming('2026-11-22T01:25:00+00:00'))).toBe(900)
    expect(isLate(open, at('00:30:00'), coming('2026-11-22T01:11:00+00:00'))).toBe(false)
    expect(delayAt(open, at('00:30:00'), coming('2026-11-22T01:05:00+00:00'))).toBe(-300)
  })
  it('time that has passed since it was made counts too', () => {
    expect(delayAt({ ...open, state: 'in_progress', startedAt: '2026-11-22T01:00:00+00:00' }, at('01:20:00'), coming('2026-11-22T01:15:00+00:00'))).toBe(600)
  })
  it('what is over keeps the delay of its end, and is on no path any more', () => {
    const over = { ...open, state: 'complete' as const, delaySeconds: -60 }
    expect(delayAt(over, at('01:20:00'), coming('2026-11-22T01:25:00+00:00'))).toBe(-60)
    expect(isCritical(over, coming('2026-11-22T01:25:00+00:00'))).toBe(false)
  })
  it('the filters late and critical go by it', () => {
    const night = board([open, row('A-2')])
    const flags = coming('2026-11-22T01:25:00+00:00')
    expect(filterOf(night, { critical: true }, at('00:30:00'), flags)?.(open)).toBe(true)
    expect(filterOf(night, { late: true }, at('00:30:00'), flags)?.(open)).toBe(true)
    expect(filterOf(night, { critical: true }, at('00:30:00'))?.(open)).toBe(false)
    expect(facetsOf(night, at('00:30:00'), flags)).toMatchObject({ late: 1, critical: 1 })
  })
})
