import { expect, test } from 'vitest'
import { beginsWords, effectOnTimes, isFarOff, isOff, movesByDefault } from './startWords'

const plan = { plannedStart: '2026-11-27T17:00:00Z', plannedEnd: '2026-11-28T01:00:00Z', windowEnd: '2026-11-28T05:00:00Z' }
const early = -(6 * 86_400 + 22 * 3600)

test('how far off the plan is, decides what is asked, what is said first and what is chosen', () => {
  expect([isOff(59), isOff(-60), isFarOff(900), isFarOff(-901), movesByDefault(3600), movesByDefault(-3601)]).toEqual([false, true, false, true, false, true])
})

test('a plan that begins later or began earlier is said with its day', () => {
  expect(beginsWords(plan, early, 'Europe/Berlin')).toBe('This plan begins Fri 27 Nov 18:00 CET, in 6 d 22 h')
  expect(beginsWords(plan, 7230, 'UTC')).toBe('This plan began Fri 27 Nov 17:00 UTC, 2 h ago')
})

test('kept times count as early or late; moved ones say when they end, and what the window is then', () => {
  expect(effectOnTimes(plan, early, false, 'UTC')).toContain('count as 6 d 22 h early')
  expect(effectOnTimes(plan, 7200, false, 'UTC')).toContain('count as 2 h late')
  expect(effectOnTimes(plan, early, true, 'UTC')).toBe(
    'Started now with the times moved, it is planned to end Sat 21 Nov 03:00 UTC. Its window stays, and ends 7 d 2 h later: Sat 28 Nov 05:00 UTC.',
  )
  expect(effectOnTimes(plan, 5 * 3600, true, 'UTC')).toContain('That is 1 h after its window')
  expect(effectOnTimes(plan, 3600, true, 'UTC')).toBe('Started now with the times moved, it is planned to end Sat 28 Nov 02:00 UTC.')
  expect(effectOnTimes({ ...plan, windowEnd: null }, early, true, 'UTC')).not.toContain('window')
})
