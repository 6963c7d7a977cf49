import { expect, test } from 'vitest'
import type { Decision } from '../../api/types'
import { answerWord, dueWords, voicesOf } from './words'

const asked = [
  { userId: 'a', name: 'Arno', role: 'sponsor', answered: true },
  { userId: 'b', name: 'Bea', role: 'IT', answered: false },
]
const answers: Decision['answers'] = [
  { userId: 'a', user: 'Arno', role: 'sponsor', answer: 'go', reason: 'Green', at: '2026-11-21T01:00:00Z', dissent: false },
  { userId: 'c', user: 'Cleo for Arno', role: null, answer: 'no_go', reason: 'No', at: '2026-11-21T01:01:00Z', dissent: true },
]

test('who answered comes first, who is missing last; whoever answered beside those asked is not lost', () => {
  expect(voicesOf({ asked, answers, status: 'open' }, true).map(({ name }) => name)).toEqual(['Arno', 'Cleo for Arno', 'Bea'])
})

test('of a role, nobody is missing once it is decided; of the named, whoever said nothing stays', () => {
  expect(voicesOf({ asked, answers, status: 'decided' }, false).map(({ name }) => name)).not.toContain('Bea')
  expect(voicesOf({ asked, answers, status: 'decided' }, true).map(({ name }) => name)).toContain('Bea')
})

test('a deadline is said from now on, and as past when it is', () => {
  expect(dueWords(null, 0)).toBeNull()
  expect(dueWords(3_600_000, 0)).toEqual({ text: 'in 1 h', soon: false })
  expect(dueWords(300_000, 0)).toMatchObject({ soon: true })
  expect(dueWords(0, 120_000)?.text).toMatch(/ago$/)
})

test('a second person signs, everybody else says go', () => {
  expect(answerWord('second_signature', 'go')).toBe('Sign')
  expect(answerWord('poll', 'no_go')).toBe('No-go')
})
