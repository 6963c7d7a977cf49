import { expect, test } from 'vitest'
import { blackoutName, blackoutsOf, nameRooms, pauseWords } from './blackouts'

const at = (time: string) => Date.parse(`2026-11-29T${time}:00Z`)
const said = [
  { start: '2026-11-29T08:00:00+00:00', end: '2026-11-29T10:00:00+00:00', reason: 'Month end' },
  { start: '2026-11-29T12:00:00+00:00', end: '2026-11-29T12:30:00+00:00', reason: '' },
]

test('what a blackout stretches says by how much, and why', () => {
  const all = blackoutsOf(said)
  expect(all.map(blackoutName)).toEqual(['Blackout: Month end', 'Blackout'])
  expect(pauseWords(all, at('07:00'), at('08:00'))).toBeNull()
  expect(pauseWords(all, at('07:00'), at('11:00'))).toBe('Nobody works for 2 h of it: a blackout (Month end)')
  expect(pauseWords(all, at('09:00'), at('13:00'))).toBe('Nobody works for 1 h 30 of it: 2 blackouts (Month end)')
  expect(pauseWords(all, at('12:15'), at('12:20'))).toBe('Nobody works for 5 min of it: a blackout')
})

test('a name stands in its span where there is room, else beside it, never over the next', () => {
  const spans = [{ x: 0, width: 20 }, { x: 60, width: 20 }, { x: 90, width: 300 }, { x: 390, width: 5 }]
  const found = nameRooms(spans, () => 'Blackout: Month end', 400)
  expect(found.map(({ beside }) => beside)).toEqual([true, false, false, false])
  found.forEach(({ one, beside, room }, i) => expect(one.x + (beside ? one.width : 0) + room).toBeLessThanOrEqual(spans[i + 1]?.x ?? 400))
})
