import { expect, test } from 'vitest'
import { actions, board, event, row, waitsFor } from '../../../tests/board'
import { applyEvent } from './applyEvent'

const before = board([row('A', { state: 'in_progress' }), row('B', { blockedBy: waitsFor('A') }), row('Z', { dormant: true })])
const completed = event(11, {
  changes: {
    iteration: { progress: { percent: 33.3, done: 1, total: 3, counts: { complete: 1 } } },
    steps: [{ id: 'id-A', state: 'complete', version: 2 }, { id: 'id-B', state: 'ready', blockedBy: [] }],
  },
})

test('changed rows take what the event says, and what they allow is worked out anew', () => {
  const after = applyEvent(before, completed, actions)
  expect(after.seq).toBe(11)
  expect(after.steps[0]).toMatchObject({ state: 'complete', version: 2, allowedActions: [] })
  expect(after.steps[1]).toMatchObject({ state: 'ready', blockedBy: [], allowedActions: ['activate', 'start', 'skip'] })
  expect(after.iteration.progress.done).toBe(1)
  expect(after.iteration.name).toBe('CUTOVER')
})

test('rows that did not change stay the same objects', () => {
  const after = applyEvent(before, completed, actions)
  expect(after.steps[2]).toBe(before.steps[2])
  expect(applyEvent(before, event(11), actions).steps).toBe(before.steps)
})

test('an event that is already in the board changes nothing', () => {
  expect(applyEvent(before, event(10, { changes: { steps: [{ id: 'id-A', state: 'failed' }] } }), actions)).toBe(before)
})

test('a hold takes activate and start from every row at once', () => {
  const ready = board([row('A', { state: 'ready', allowedActions: ['activate', 'start', 'skip'] }), row('B')])
  const after = applyEvent(ready, event(11, { changes: { iteration: { state: 'on_hold' } } }), actions)
  expect(after.steps[0]?.allowedActions).toEqual(['skip'])
  expect(after.steps[1]).toBe(ready.steps[1])
})

test('a dormant row allows nothing, whatever its state says', () => {
  const after = applyEvent(before, event(11, { changes: { steps: [{ id: 'id-Z', state: 'ready' }] } }), actions)
  expect(after.steps[2]?.allowedActions).toEqual([])
})

test('a change for a step that is not on the board is let pass', () => {
  const after = applyEvent(before, event(11, { changes: { steps: [{ id: 'other', state: 'ready' }] } }), actions)
  expect(after.steps).toBe(before.steps)
  expect(after.seq).toBe(11)
})
