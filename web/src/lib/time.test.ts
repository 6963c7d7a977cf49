import { expect, test } from 'vitest'
import { ago, clock, clockSeconds, dayClock, delay, near, range, span, tClock, zoneName } from './time'

const at = Date.parse('2026-11-22T01:10:05Z')
const berlin = 'Europe/Berlin'

test('24-hour clock, midnight is 00', () => {
  expect(clock(at, berlin)).toBe('02:10')
  expect(clock(Date.parse('2026-11-21T23:00:00Z'), berlin)).toBe('00:00')
  expect(clockSeconds(at, 'UTC')).toBe('01:10:05')
  expect(dayClock(at, berlin)).toBe('Sun 22 Nov 02:10')
})

test('the hour that comes twice in autumn is told apart by its zone', () => {
  const first = Date.parse('2026-10-25T00:30:00Z')
  const second = Date.parse('2026-10-25T01:30:00Z')
  expect(clock(first, berlin)).toBe(clock(second, berlin))
  expect(zoneName(berlin, first)).not.toBe(zoneName(berlin, second))
  expect(zoneName('UTC', first)).toBe('UTC')
  expect([zoneName(berlin, at), zoneName('America/Los_Angeles', at)]).toEqual(['CET', 'PST'])
})

test('another day is said, today is not', () => {
  expect(near(at, at + 3_600_000, berlin)).toBe('02:10')
  expect(near(at, at + 86_400_000, berlin)).toBe('Sun 22 Nov 02:10')
})

test('spans', () => {
  expect([45, 180, 185, 720, 3600, 3900, 183_600].map(span)).toEqual(['45 s', '3 min', '3 min 05 s', '12 min', '1 h', '1 h 05', '2 d 3 h'])
})

test('delays are signed, small ones in seconds', () => {
  expect([0, 40, -40, 840, -60, 4200, -597_600].map(delay)).toEqual(['0', '+40 s', '−40 s', '+14 min', '−1 min', '+1 h 10', '−6 d 22 h'])
})

test('T minus and T plus', () => {
  expect(tClock(at, at - 20_520_000)).toBe('T+05:42:00')
  expect(tClock(at, at + 59_000)).toBe('T−00:00:59')
  expect(tClock(at, at + 3 * 86_400_000 + 4.5 * 3_600_000)).toBe('T−3 d 04:30')
})

test('ago and ranges', () => {
  expect([0, 2, 185].map(ago)).toEqual(['now', '2 s ago', '3 min ago'])
  expect(range(at, at, berlin)).toBe('02:10')
  expect(range(at, null, berlin)).toBe('02:10–')
  expect(range(null, null, berlin)).toBe('–')
  expect(range(null, at, berlin)).toBe('ended 02:10')
  expect(range(at, at + 60_000, berlin, true)).toBe('Sun 02:10–02:11')
  expect(range(at, at + 86_400_000, berlin, true)).toBe('Sun 02:10–Mon 02:10')
})
