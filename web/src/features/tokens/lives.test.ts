import { expect, test } from 'vitest'
import { expiryOf, lastUseOf } from './lives'

const now = Date.parse('2026-11-20T12:00:00Z')
const later = (hours: number) => new Date(now + hours * 3_600_000).toISOString()

test('a token that has expired is never said to live', () => {
  expect(expiryOf({ expiresAt: later(0) }, now, 'UTC')).toEqual({ text: 'Expired Fri 20 Nov', tone: 'over' })
  expect(expiryOf({ expiresAt: later(-30) }, now, 'UTC').tone).toBe('over')
})

test('the last week is counted down', () => {
  expect(expiryOf({ expiresAt: later(3) }, now, 'UTC')).toEqual({ text: 'Expires in 3 h', tone: 'soon' })
  expect(expiryOf({ expiresAt: later(26.5) }, now, 'UTC').text).toBe('Expires in 1 d 2 h')
  expect(expiryOf({ expiresAt: later(24 * 7 - 0.1) }, now, 'UTC').text).toBe('Expires in 6 d 23 h')
  expect(expiryOf({ expiresAt: later(24 * 30) }, now, 'UTC')).toEqual({ text: 'Until Sun 20 Dec', tone: 'fine' })
  expect(expiryOf({ expiresAt: null }, now, 'UTC').text).toBe('Until it is revoked')
})

test('use is said in whole minutes', () => {
  expect(lastUseOf({ lastUsedAt: null }, now)).toBe('Never used')
  expect(lastUseOf({ lastUsedAt: later(-0.01) }, now)).toBe('Used just now')
  expect(lastUseOf({ lastUsedAt: later(-2) }, now)).toBe('Used 2 h ago')
})
