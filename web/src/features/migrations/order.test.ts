import { expect, test } from 'vitest'
import type { IterationSummary } from '../../api/types'
import { inOrder, iterationClock, overText, rolesText, windowText } from './order'

const now = Date.parse('2026-11-20T23:00:00Z')
const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString()
const one = (name: string, state: IterationSummary['state'], more: Partial<IterationSummary> = {}): IterationSummary => ({
  id: name, migrationId: 'm', name, kind: 'run', state, comms: null, plannedStart: at(5), plannedEnd: at(9), windowEnd: null,
  startedAt: null, endedAt: null, stateSince: at(0), stateBy: 'Priya Nair', stateReason: null, takeSeconds: 300, upcomingSeconds: 900, version: 1, progress: { percent: 0, done: 0, total: 4, counts: {} }, ...more,
})

test('what runs is first, what comes next follows, what is over is last with the newest before', () => {
  const sorted = inOrder([
    one('RUN1', 'complete', { startedAt: at(-900) }),
    one('LATER', 'scheduled', { plannedStart: at(50) }),
    one('DRAFT', 'planning', { plannedStart: at(1) }),
    one('RUN2', 'complete', { startedAt: at(-300) }),
    one('SOON', 'scheduled', { plannedStart: at(2) }),
    one('HELD', 'on_hold', { startedAt: at(-2) }),
  ])
  expect(sorted.map(({ name }) => name)).toEqual(['HELD', 'SOON', 'LATER', 'DRAFT', 'RUN2', 'RUN1'])
})

test('the clock counts to the start, from the start, and then says how long it took', () => {
  expect(iterationClock(one('A', 'scheduled', { plannedStart: at(2) }), now, 'UTC')).toEqual({ big: 'T−02:00:00', small: 'to Sat 21 Nov 01:00', late: false })
  expect(iterationClock(one('A', 'live', { startedAt: at(-1.5) }), now, 'UTC')).toEqual({ big: 'T+01:30:00', small: 'since 21:30', late: false })
  expect(iterationClock(one('A', 'complete', { startedAt: at(-11), endedAt: at(-1) }), now, 'UTC')).toEqual({ big: '10 h', small: 'ended Fri 20 Nov 22:00', late: false })
})

test('a start that has passed is said so, and only where somebody was to start it', () => {
  expect(iterationClock(one('A', 'scheduled', { plannedStart: at(-1) }), now, 'UTC')).toMatchObject({ big: 'T+01:00:00', late: true, small: 'the planned start has passed' })
  expect(iterationClock(one('A', 'planning', { plannedStart: at(-1) }), now, 'UTC').late).toBe(false)
})

test('a window says its zone, and the same day once', () => {
  expect(windowText(one('A', 'live', { plannedStart: at(-5), windowEnd: at(6) }), 'Europe/Berlin')).toBe('Fri 20 Nov 19:00 – Sat 21 Nov 06:00 CET')
  expect(windowText(one('A', 'live', { plannedStart: at(-5), windowEnd: at(-1) }), 'Europe/Berlin')).toBe('Fri 20 Nov 19:00 – 23:00 CET')
  expect(windowText(one('A', 'live'), 'UTC')).toBe('Sat 21 Nov 04:00 – 08:00 UTC')
})

test('roles are said in words', () => {
  expect(rolesText([])).toContain('no role')
  expect(rolesText(['pilot'])).toBe('You are pilot here.')
  expect(rolesText(['data_lead', 'pilot', 'approver'])).toBe('You are data lead, pilot and approver here.')
})

test('a migration that is over says since when, by whom and why', () => {
  const over = { status: 'failed', statusAt: at(0), statusBy: 'Priya', statusReason: 'The vendor is gone.' } as const
  expect(overText(over, 'UTC')).toBe('Failed Fri 20 Nov 23:00 UTC by Priya: The vendor is gone.')
  expect(overText({ ...over, status: 'completed', statusReason: null }, 'UTC')).toBe('Completed Fri 20 Nov 23:00 UTC by Priya')
  expect(overText({ status: 'in_progress', statusAt: null, statusBy: null, statusReason: null }, 'UTC')).toBe('')
})
