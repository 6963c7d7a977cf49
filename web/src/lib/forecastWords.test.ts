import { expect, test } from 'vitest'
import { assumptionWords, chanceText, conflictWords } from './forecastWords'

test('a chance is a share of draws: never certain, and never none', () => {
  expect([0, 0.004, 0.01, 0.29, 0.99, 0.996, 1].map(chanceText)).toEqual(['under 1 %', 'under 1 %', '1 %', '29 %', '99 %', 'above 99 %', 'above 99 %'])
})

test('a conflict is told in the chosen zone, with its days', () => {
  const now = Date.parse('2026-11-21T12:00:00Z')
  const conflict = { code: 'fixed_start_missed', stepCode: 'TRT-3', sentence: 's', wanted: '2026-11-21T19:00:00Z', possible: '2026-12-01T16:59:00Z', beforeCode: 'TRT-2', beforeName: 'Load' }
  expect(conflictWords(conflict, now, 'Europe/Berlin')).toBe('TRT-3 is to start at 20:00, but what it waits for, TRT-2 “Load” last, holds it until Tue 1 Dec 17:59.')
  expect(conflictWords({ ...conflict, beforeCode: null }, now, 'UTC')).toBe('TRT-3 is to start at 19:00, but it cannot start before Tue 1 Dec 16:59.')
  expect(conflictWords({ ...conflict, code: 'no_working_time', stepCode: null }, now, 'UTC')).toBe('Blackouts cover the whole window from 19:00 to Tue 1 Dec 16:59: nothing can run in it.')
  expect(conflictWords({ ...conflict, code: 'another' }, now, 'UTC')).toBe('s')
})

test('an assumption names its moment in the chosen zone, and has its own sentence without one', () => {
  const now = Date.parse('2026-11-21T21:12:00Z')
  const past = { code: 'blocked_past', stepCode: 'TRT-0810', sentence: 's', at: '2026-11-21T20:43:00Z' }
  expect(assumptionWords(past, now, 'Europe/Berlin')).toBe('TRT-0810 was to go on at 21:43 and is blocked still; it is taken to go on now.')
  expect(assumptionWords({ code: 'starts_now', stepCode: null, sentence: 's', at: '2026-11-20T18:00:00Z' }, now, 'UTC')).toBe('It was to begin at Fri 20 Nov 18:00; it is taken to begin now.')
  expect(assumptionWords({ ...past, code: 'failed_redone', at: null }, now, 'UTC')).toBe('s')
})
