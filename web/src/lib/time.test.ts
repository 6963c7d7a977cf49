import { expect, test } from 'vitest'
import { ago, changeWords, clock, clockSeconds, dayClock, delay, near, range, span, tClock, zoneName, zoneNames } from './time'

const at = Date.parse('2026-11-22T01:10:05Z')
const berlin = 'Europe/Berlin'
const of = (iso: string) => Date.parse(iso)


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
  expect([45, 180, 185, 599, 720, 750, 3599, 3600, 3900, 4365, 183_600].map(span)).toEqual(['45 s', '3 min', '3 min 05 s', '9 min 59 s', '12 min', '13 min', '1 h', '1 h', '1 h 05', '1 h 13', '2 d 3 h'])
})

test('delays are signed, small ones in seconds', () => {
  expect([0, 40, -40, 840, -60, 4200, -597_600].map(delay)).toEqual(['0', '+40 s', '−40 s', '+14 min', '−1 min', '+1 h 10', '−6 d 22 h'])
})

test('a delay has one rounding, to the nearest, and never says sixty of anything', () => {
  expect([0.4, -0.4, 59.4, 59.6, 89, 90, 3570, 4365, -4365, 172_799].map(delay)).toEqual(['0', '0', '+59 s', '+1 min', '+1 min', '+2 min', '+1 h', '+1 h 13', '−1 h 13', '+2 d'])
})

test('the year is said where it is not this one', () => {
  expect(dayClock(of('2027-11-22T01:10:00Z'), berlin)).toBe('Mon 22 Nov 2027 02:10')
  expect(dayClock(of('2026-12-31T23:30:00Z'), berlin)).toBe('Fri 1 Jan 2027 00:30')
  expect(near(of('2027-11-22T01:10:00Z'), at, berlin)).toBe('Mon 22 Nov 2027 02:10')
})

test('in the night the clocks are set, times name their zone where they would mislead', () => {
  const night = (start: string, end: string, zone = berlin, days = false) => range(of(start), of(end), zone, days)
  expect(night('2026-10-25T00:30:00Z', '2026-10-25T01:15:00Z')).toBe('02:30 CEST–02:15 CET')
  expect(night('2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z')).toBe('02:30 CEST–02:30 CET')
  expect(night('2026-10-25T01:30:00Z', '2026-10-25T01:45:00Z', berlin, true)).toBe('Sun 02:30–02:45 CET')
  expect(night('2026-10-25T01:50:00Z', '2026-10-25T02:10:00Z')).toBe('02:50–03:10 CET')
  expect(night('2026-10-25T03:00:00Z', '2026-10-25T03:30:00Z')).toBe('04:00–04:30')
  expect(night('2027-03-28T00:30:00Z', '2027-03-28T01:15:00Z')).toBe('01:30 CET–03:15 CEST')
  expect(night('2026-11-01T05:30:00Z', '2026-11-01T06:15:00Z', 'America/New_York')).toBe('01:30 EDT–01:15 EST')
  // Half an hour on Lord Howe Island.
  expect(night('2027-04-03T14:40:00Z', '2027-04-03T15:20:00Z', 'Australia/Lord_Howe')).toBe('01:40 LHDT–01:50 LHST')
  expect(near(of('2026-10-25T01:30:00Z'), of('2026-10-25T02:30:00Z'), berlin)).toBe('02:30 CET')
  expect([zoneNames(berlin, at, at + 60_000), zoneNames(berlin, of('2026-10-24T20:00:00Z'), at)]).toEqual(['CET', 'CEST → CET'])
})

test('how the clocks are set is said in words, also by half an hour', () => {
  const night = (start: string, end: string, zone: string) => changeWords(zone, of(start), of(end))
  expect(night('2026-10-24T20:00:00Z', '2026-10-25T05:00:00Z', berlin)).toEqual(['The clocks are set back by 1 h that night, to Sun 02:00 CET.'])
  expect(night('2027-04-03T10:00:00Z', '2027-04-03T20:00:00Z', 'Australia/Lord_Howe')).toEqual(['The clocks are set back by 30 min that night, to Sun 01:30 LHST.'])
  expect(night('2026-11-20T20:00:00Z', '2026-11-21T05:00:00Z', berlin)).toEqual([])
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
