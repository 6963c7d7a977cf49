import { expect, test } from 'vitest'
import { ApiProblem, unreachable } from '../../api/problem'
import { refusalOf } from './refusal'

const refused = (code: string, status = 401) => new ApiProblem(status, { code, title: 'T', detail: 'D', hint: 'H' })

test('each reason why a link does not work has its own words, and none offers the dead link again', () => {
  const titles = ['link_used', 'link_expired', 'link_unknown'].map((code) => refusalOf(refused(code)))
  expect(new Set(titles.map(({ title }) => title)).size).toBe(3)
  expect(titles.every(({ again, todo }) => !again && todo.length > 20)).toBe(true)
})

test('no answer is not a refusal: the same link is offered again', () => {
  expect(refusalOf(unreachable(true)).again).toBe(true)
  expect(refusalOf(refused('unavailable', 503)).again).toBe(true)
})

test('too many tries have a title of their own and say how long to wait', () => {
  const problem = new ApiProblem(429, { code: 'too_many_attempts', title: 'Too Many Requests', detail: 'There were too many tries.', hint: 'Wait 12 s.' })
  expect(refusalOf(problem)).toEqual({ title: 'Too many tries', what: 'There were too many tries.', todo: 'Wait 12 s.', again: true })
})

test('an unforeseen refusal is said as the server said it', () => {
  expect(refusalOf(refused('user_disabled', 403))).toEqual({ title: 'T', what: 'D', todo: 'H', again: false })
})
