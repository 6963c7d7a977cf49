import { expect, test } from 'vitest'
import { rowRange } from './moments'

const at = (clock: string) => Date.parse(`2026-11-22T${clock}Z`)

test('a row says minutes; a step of seconds says its start to the second and how long it takes', () => {
  expect(rowRange(at('02:10:00'), at('02:40:00'), 1800, 'UTC', false)).toBe('02:10–02:40')
  expect(rowRange(at('02:10:05'), at('02:10:45'), 40, 'UTC', false)).toBe('02:10:05 · 40 s')
  expect(rowRange(at('02:10:05'), at('02:10:45'), 40, 'UTC', true)).toBe('Sun 02:10:05 · 40 s')
  expect(rowRange(at('02:10:05'), null, 40, 'UTC', false)).toBe('02:10:05–')
  expect(rowRange(null, null, 40, 'UTC', false)).toBe('–')
  expect(rowRange(at('02:10:00'), at('02:10:00'), 0, 'UTC', false)).toBe('02:10')
})
