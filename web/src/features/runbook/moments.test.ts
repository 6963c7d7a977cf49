import { expect, test } from 'vitest'
import { rowRange } from './moments'

const at = (clock: string) => Date.parse(`2026-11-22T${clock}Z`)

test('a row says minutes; a step of seconds says its start to the second and how long it takes', () => {
  expect(rowRange(at('02:10:00'), at('02:40:00'), 1800, 'UTC', false)).toBe('02:10–02:40')
  expect(rowRange(at('02:10:05'), at('02:10:45'), 40, 'UTC', false)).toBe('02:10:05 · 40 s')
  expect(rowRange(at('02:10:05'), at('02:10:45'), 40, 'UTC', true)).toBe('Sun 02:10:05 · 40 s')
  expect(rowRange(at('02:10:05'), at('02:11:35'), 90, 'UTC', false)).toBe('02:10:05 · 90 s')
  expect(rowRange(at('02:10:05'), at('02:15:17'), 90, 'UTC', false)).toBe('02:10:05 · 5 min')
  expect(rowRange(Date.parse('2026-10-25T00:30:05Z'), Date.parse('2026-10-25T00:30:45Z'), 40, 'Europe/Berlin', false)).toBe('02:30:05 CEST · 40 s')
  expect(rowRange(at('02:10:05'), null, 40, 'UTC', false)).toBe('02:10:05–')
  expect(rowRange(null, null, 40, 'UTC', false)).toBe('–')
  expect(rowRange(at('02:10:00'), at('02:10:00'), 0, 'UTC', false)).toBe('02:10')
})
