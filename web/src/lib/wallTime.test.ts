import { expect, test } from 'vitest'
import { momentOf } from './wallTime'

const paris = 'Europe/Paris'
const at = (iso: string) => Date.parse(iso)
const iso = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString())

test('a time of day is the last one that is over, or the next one to come', () => {
  const now = at('2026-11-22T00:30:00Z') // 01:30 in Paris
  expect(iso(momentOf('01:10', now, paris, 'past'))).toBe('2026-11-22T00:10:00.000Z')
  expect(iso(momentOf('23:50', now, paris, 'past'))).toBe('2026-11-21T22:50:00.000Z')
  expect(iso(momentOf('02:10', now, paris, 'future'))).toBe('2026-11-22T01:10:00.000Z')
  expect(iso(momentOf('0110', now, paris, 'future'))).toBe('2026-11-23T00:10:00.000Z')
})

test('what is no time of day is none', () => {
  for (const text of ['', '25:00', '12:60', 'soon', '1:2']) expect(momentOf(text, 0, paris, 'past')).toBeNull()
})

test('in the night the clocks are set back it is the nearer of the two', () => {
  const second = at('2026-10-25T01:45:00Z') // 02:45 for the second time
  expect(iso(momentOf('02:30', second, paris, 'past'))).toBe('2026-10-25T01:30:00.000Z')
  const first = at('2026-10-25T00:45:00Z')
  expect(iso(momentOf('02:30', first, paris, 'past'))).toBe('2026-10-25T00:30:00.000Z')
  expect(iso(momentOf('02:30', first, paris, 'future'))).toBe('2026-10-25T01:30:00.000Z')
})

test('a time that the clocks leave out has none that night', () => {
  const before = at('2026-03-29T00:30:00Z') // 01:30; at 02:00 it is 03:00
  expect(iso(momentOf('02:30', before, paris, 'future'))).toBe('2026-03-30T00:30:00.000Z')
})
