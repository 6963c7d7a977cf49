import { expect, test } from 'vitest'
import { ApiProblem, asProblem, unreachable } from './problem'

test('names of HTTP become words; a title of the server’s own stays', () => {
  expect(new ApiProblem(409, { title: 'Conflict', code: 'wrong_state' }).title).toBe('Not done')
  expect(new ApiProblem(409, { title: 'Conflict', code: 'step_changed' }).title).toBe('Somebody was faster')
  expect(new ApiProblem(409, { title: 'The plan changed' }).title).toBe('The plan changed')
})

test('no answer to a change is not called a failure: it may have been done', () => {
  expect(unreachable(true).detail).toContain('not known yet')
  expect(unreachable(false).hint).toContain('Nothing you did is lost')
})

test('anything thrown can be shown', () => {
  const known = new ApiProblem(403, { detail: 'No.' })
  expect(asProblem(known)).toBe(known)
  expect(asProblem(new Error('odd'))).toMatchObject({ detail: 'odd', code: 'page_error' })
})
