import { expect, test } from 'vitest'
import { board, row, waitsFor } from '../../../tests/board'
import type { ActionTable, StepAction } from '../../api/types'
import { type Look, whyNot } from './whyNot'

const now = Date.parse('2026-11-22T01:05:00+00:00')
const a = row('A', { state: 'in_progress', lastAt: '2026-11-22T00:58:00+00:00' })
const b = row('B', { blockedBy: waitsFor('A') })
const night = board([a, b])
const work: NonNullable<NonNullable<ActionTable['live']>['work']> = {
  not_ready: { pilot: ['override', 'waive', 'skip'] },
  ready: { pilot: ['activate', 'start', 'skip'], team: ['start'] },
  activated: { pilot: ['start', 'complete', 'block', 'fail', 'skip', 'taken'], team: ['start', 'complete', 'block', 'fail', 'taken'] },
  in_progress: { pilot: ['complete', 'block', 'fail'], team: ['complete', 'block', 'fail'] },
  failed: { pilot: ['retry', 'skip'] },
  complete: { pilot: ['reopen', 'undo'], team: ['undo'] },
}
const gate = { ready: { approver: ['decide' as const] } }
const look: Look = { board: night, table: { live: { work, gate }, on_hold: { work } }, now, zone: 'UTC' }

test.each<[StepAction, string]>([
  ['retry', 'Retry is for steps in the state failed; B is not ready.'],
  ['fail', 'Fail is for steps in the state in progress or activated; B is not ready.'],
  ['block', 'Block is for steps in the state in progress or activated; B is not ready.'],
  ['reopen', 'Reopen is for steps in the state complete; B is not ready.'],
  ['complete', 'Done is for steps in the state in progress or activated; B is not ready.'],
])('%s on a step that waits answers what was asked, not what it waits for', (action, sentence) => {
  expect(whyNot(look, b, action)).toBe(sentence)
})

test('what begins it says what it waits for; override says which state it is for', () => {
  expect(whyNot(look, b, 'start')).toContain('B is not ready. Waits for A')
  expect(whyNot(look, a, 'override')).toBe('Start although not ready is for steps in the state not ready; A is in progress.')
})

test('a hold, a night that is over, a rollback that sleeps and what is out of scope come first', () => {
  const as = (state: 'on_hold' | 'complete') => ({ ...look, board: { ...night, iteration: { ...night.iteration, state } } })
  expect(whyNot(as('on_hold'), a, 'activate')).toContain('on hold')
  expect(whyNot(as('complete'), a, 'fail')).toBe('CUTOVER is complete, not live: nothing can be done to its steps.')
  expect(whyNot(look, row('R', { dormant: true }), 'start')).toContain('dormant')
  expect(whyNot(look, row('O', { inScope: false }), 'start')).toContain('out of scope of CUTOVER')
})

test('whoever may not do it is told who may, and a gate that it closes by its decision', () => {
  expect(whyNot(look, { ...a, relation: 'none' }, 'complete')).toContain('another team')
  expect(whyNot(look, { ...a, relation: 'team' }, 'skip')).toBe('Skip takes a pilot. You are not one here.')
  expect(whyNot(look, row('G', { behaviour: 'gate' }), 'start')).toContain('closes by its decision')
})

test('what is taken and whose Done it was is said of this very step', () => {
  const taken = row('T', { state: 'activated', takenBy: 'Dana', takenAt: '2026-11-22T01:00:00Z' })
  expect(whyNot(look, taken, 'taken')).toBe('Dana has had T since 01:00.')
  const done = row('D', { state: 'complete', doneById: 'x', endToldAt: '2026-11-22T01:00:00Z' })
  expect(whyNot(look, done, 'undo')).toContain('Only who said Done of D takes it back, until a minute after 01:00.')
})

test('while the table is on its way it still says what the step is', () => {
  expect(whyNot({ ...look, table: undefined }, b, 'retry')).toBe('Retry is not possible now; B is not ready.')
})
