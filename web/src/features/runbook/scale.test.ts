import { expect, test } from 'vitest'
import { board } from '../../../tests/board'
import { bar, place, scaleOf, ticks } from './scale'

const { iteration } = board([])
const hour = 3_600_000

test('the scale holds plan, window and a night that runs over', () => {
  const start = Date.parse('2026-11-22T01:00:00+00:00')
  expect(scaleOf(iteration, start)).toEqual({ start, end: start + 5 * hour })
  expect(scaleOf(iteration, start + 5 * hour + 1).end).toBe(start + 5.25 * hour)
})

test('places are kept on the scale', () => {
  const scale = { start: 0, end: 100 }
  expect([place(scale, -5), place(scale, 25), place(scale, 900)]).toEqual([0, 25, 100])
  expect(bar(scale, 10, 30)).toEqual({ left: 10, width: 20 })
  expect(bar(scale, 10, null)).toBeNull()
})

test('ticks are round moments', () => {
  expect(ticks({ start: 10 * 60_000, end: 5 * hour }, 4)).toEqual([2 * hour, 4 * hour])
  expect(ticks({ start: 0, end: 9 * 24 * hour }, 3).length).toBeLessThanOrEqual(4)
})
