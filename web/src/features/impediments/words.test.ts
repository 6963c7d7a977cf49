import { expect, test } from 'vitest'
import { expectedWords } from './words'

const now = Date.parse('2026-11-22T01:00:00Z')
const at = (iso: string | null, state: 'open' | 'resolved' = 'open') => expectedWords({ expectedAt: iso, state }, now)

test('how long still, and since when it is overdue', () => {
  expect(at('2026-11-22T01:40:10Z')).toEqual({ words: 'in 40 min', overdue: false })
  expect(at('2026-11-22T01:00:20Z')).toEqual({ words: 'in less than a minute', overdue: false })
  expect(at('2026-11-21T23:55:00Z')).toEqual({ words: '1 h 05 overdue', overdue: true })
  expect(at('2026-11-22T00:59:50Z')).toEqual({ words: 'just overdue', overdue: true })
})

test('nothing is said where nobody has said it, or where it is resolved', () => {
  expect(at(null)).toBeNull()
  expect(at('2026-11-21T23:55:00Z', 'resolved')).toBeNull()
})
