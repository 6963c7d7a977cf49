import { expect, test } from 'vitest'
import type { Substitute } from '../../../api/types'
import { actingWords, inOrder, stageOf, whenText } from './words'

const now = Date.parse('2026-11-21T23:00:00Z')
const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString()
const one = (id: string, from: number, until: number, change: Partial<Substitute> = {}): Substitute => ({
  id, absent: { id: 'd', name: 'Dana Ruiz' }, substitute: { id: 'n', name: 'Nora Lind' }, iterationId: null, iterationName: null,
  from: at(from), until: at(until), madeBy: 'Adam Osei', madeAt: at(-30), endedAt: null, active: from <= 0 && until > 0, ...change,
})

test('what was ended early is over, although its time is not', () => {
  expect(stageOf(one('a', -2, 5), now)).toBe('active')
  expect(stageOf(one('a', -2, 5, { active: false, endedAt: at(-1) }), now)).toBe('over')
  expect(stageOf(one('a', 2, 5), now)).toBe('coming')
  expect(stageOf(one('a', 2, 5, { endedAt: at(-1) }), now)).toBe('over')
  expect(stageOf(one('a', -5, -2), now)).toBe('over')
})

test('the ones that count stand first, the oldest last', () => {
  const order = inOrder([one('old', -50, -40), one('late', 20, 21), one('soon', 2, 3), one('now', -1, 1), one('recent', -5, -2)], now)
  expect(order.map(({ id }) => id)).toEqual(['now', 'soon', 'late', 'recent', 'old'])
})

test('a time says its zone, and the day again only when it is another', () => {
  expect(whenText(one('a', -1, 6), 'Europe/Berlin')).toBe('Sat 21 Nov 23:00 – Sun 22 Nov 06:00 CET')
  expect(whenText(one('a', -3, -1), 'Europe/Berlin')).toBe('Sat 21 Nov 21:00 – 23:00 CET')
  expect(whenText(one('a', -3, 5, { endedAt: at(-2) }), 'Europe/Berlin')).toBe('Sat 21 Nov 21:00 – 22:00 CET')
  expect(whenText(one('a', 2, 5, { endedAt: at(-2) }), 'Europe/Berlin')).toBe('Sun 22 Nov 02:00 CET, called off')
})

test('the banner names whom one acts for, and goes when the time has come', () => {
  const acting = { migrationId: 'm', name: 'Dana Ruiz', until: at(6) }
  expect(actingWords([acting], now, 'Europe/Berlin')).toBe('You act for Dana Ruiz until 06:00')
  expect(actingWords([acting, { ...acting, name: 'Ben Carter', until: at(-1) }], now, 'UTC')).toBe('You act for Dana Ruiz until Sun 22 Nov 05:00')
  expect(actingWords([acting, { ...acting, name: 'Ben Carter' }], now, 'Europe/Berlin')).toBe('You act for Dana Ruiz until 06:00 and Ben Carter until 06:00')
  expect(actingWords([acting], now + 7 * 3_600_000, 'UTC')).toBeNull()
})
