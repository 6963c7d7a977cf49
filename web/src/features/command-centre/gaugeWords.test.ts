import { expect, test } from 'vitest'
import type { Gauge } from '../../api/forecast'
import { gaugeSentence, waysBack } from './gaugeWords'

const now = Date.parse('2026-11-22T02:00:00Z')
const gauge: Gauge = {
  state: 'open', sentence: 'In the zone of the migration.', lastSafeDecision: '2026-11-29T10:06:00Z', beforeStepCode: null, decider: 'Ann', decisionSeconds: 1800, rollbackSeconds: 21_211,
  windowEnd: '2026-11-30T14:00:00Z', backoutNow: '2026-11-22T04:00:00Z', backoutDecided: '2026-11-22T04:30:00Z', backoutAtWorst: '2026-11-30T15:00:00Z', pointOfNoReturn: null,
}

test('the sentence is in the chosen zone, with the days', () => {
  expect(gaugeSentence(gauge, false, now, 'UTC')).toBe(
    'Decide by Sun 29 Nov 10:06 to be back inside the window at Mon 30 Nov 14:00 UTC: deciding takes 30 min, the way back 5 h 54 of work in 95 of 100 cases.',
  )
  expect(gaugeSentence({ ...gauge, beforeStepCode: 'TRT-1' }, false, now, 'America/Los_Angeles')).toContain(
    'Decide before TRT-1 begins, forecast Sun 29 Nov 02:06, to be back inside the window at Mon 30 Nov 06:00 PST',
  )
})

test('what has passed says so, by the server or by the clock', () => {
  const passed = gaugeSentence(gauge, true, now, 'UTC')
  expect(passed).toBe('Too late to be back inside the window at Mon 30 Nov 14:00 UTC: with 30 min to decide from now on, the way back would end 04:30.')
})

test('behind the point of no return there is only forward; what has no figures keeps the server’s sentence', () => {
  const forward: Gauge = { ...gauge, state: 'forward_only', pointOfNoReturn: { stepCode: 'TRT-1', begunAt: '2026-11-21T21:19:00Z' } }
  expect(gaugeSentence(forward, false, now, 'UTC')).toBe('TRT-1 began at Sat 21 Nov 21:19: the point of no return is behind you. There is only forward.')
  expect(gaugeSentence({ ...gauge, state: 'no_window', windowEnd: null }, false, now, 'UTC')).toBe(gauge.sentence)
})

test('the ways back, with the time to decide and what is past the window; before the night only the worst', () => {
  expect(waysBack(gauge, true, now, 'UTC')).toEqual([
    { when: 'Turned back at once', end: '04:00', past: null },
    { when: 'after 30 min to decide', end: '04:30', past: null },
    { when: 'at the worst moment', end: 'Mon 30 Nov 15:00', past: '1 h' },
  ])
  expect(waysBack(gauge, false, now, 'UTC')).toEqual([{ when: 'Turned back at the worst moment', end: 'Mon 30 Nov 15:00', past: '1 h' }])
  const marked: Gauge = { ...gauge, pointOfNoReturn: { stepCode: 'TRT-1', begunAt: null } }
  expect(waysBack(marked, false, now, 'UTC')[0]?.when).toBe('Turned back just before TRT-1, the point of no return')
})
