import { expect, test } from 'vitest'
import { askedOf, leftWords } from './asked'

const now = Date.parse('2026-11-22T02:00:00Z')

test('a deadline is said as what is left of it, and presses in its last ten minutes', () => {
  expect(leftWords(now + 25 * 60_000, now)).toEqual({ text: 'in 25 min', soon: false })
  expect(leftWords(now + 10 * 60_000, now)).toEqual({ text: 'in 10 min', soon: true })
  expect(leftWords(now, now)).toEqual({ text: 'it has passed', soon: true })
})

test('it says whose question it is, and of which step where it is of one', () => {
  expect(askedOf({ askedBy: 'Priya', stepCode: 'CHK-1' })).toBe('CHK-1 · asked by Priya')
  expect(askedOf({ askedBy: null, stepCode: null })).toBe('')
})
