import { notificationsStore } from '@mantine/notifications'
import { beforeEach, expect, test } from 'vitest'
import { say, sayProblem } from './notify'

const shown = () => notificationsStore.getState().notifications.map(({ id, message }) => [id, message])
beforeEach(() => notificationsStore.setState({ notifications: [], queue: [], defaultPosition: 'bottom-right', limit: 5 }))

test('the same word said again stands once, and its time begins anew', () => {
  say('TRT-1 is ready.')
  const [first] = notificationsStore.getState().notifications
  say('TRT-1 is ready.')
  const all = notificationsStore.getState().notifications
  expect(all).toHaveLength(1)
  expect(all[0]?.autoClose).not.toBe(first?.autoClose)
})

test('of what is about the same, the newer word stands', () => {
  say('It is ready.', 'orange', { about: 'TRT-1 start' })
  say('It is held.', 'orange', { about: 'TRT-1 start' })
  say('It is held.', 'orange', { about: 'TRT-2 start' })
  expect(shown()).toEqual([['TRT-1 start', 'It is held.'], ['TRT-2 start', 'It is held.']])
  const problem = { title: 'Refused', detail: 'At 02:10.', hint: null, status: 409 }
  sayProblem(problem, { about: 'TRT-1 step_changed', sticky: true })
  sayProblem({ ...problem, detail: 'At 02:11.' }, { about: 'TRT-1 step_changed', sticky: true })
  expect(shown()).toHaveLength(3)
})
