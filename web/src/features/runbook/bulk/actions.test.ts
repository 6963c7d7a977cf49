import { expect, test } from 'vitest'
import { board, row } from '../../../../tests/board'
import { bulkNeedsReason, offers, split } from './actions'

test('what at least one of them allows is offered, with how many do', () => {
  const rows = [row('A', { allowedActions: ['activate', 'skip'] }), row('B', { allowedActions: ['skip', 'override'] }), row('C')]
  expect(offers(rows)).toEqual([{ action: 'activate', count: 1 }, { action: 'skip', count: 2 }])
  expect(offers([])).toEqual([])
})

test('what a second person must sign is not counted, and what is left out says why', () => {
  const rows = [
    row('A', { state: 'ready', allowedActions: ['skip', 'cancel'] }), row('B', { state: 'complete' }),
    row('C', { behaviour: 'checkpoint', state: 'ready', allowedActions: ['skip', 'cancel'] }),
  ]
  expect(offers(rows)).toEqual([{ action: 'skip', count: 1 }, { action: 'cancel', count: 2 }])
  const table = { live: { work: { ready: { pilot: ['skip' as const] } }, checkpoint: { ready: { pilot: ['skip' as const] } } } }
  const { able, left } = split(rows, 'skip', { board: board(rows), table, now: 0, zone: 'UTC' })
  expect(able.map(({ code }) => code)).toEqual(['A'])
  expect(left.map(({ why }) => why)).toEqual([
    'Skip is for steps in the state ready; B is complete.',
    'C is a checkpoint: it takes a second person to skip it, asked from the step itself.',
  ])
})

test('what leaves something out or stops it takes a reason', () => {
  expect([bulkNeedsReason('skip'), bulkNeedsReason('start')]).toEqual([true, false])
})
