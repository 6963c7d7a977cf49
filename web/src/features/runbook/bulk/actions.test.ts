import { expect, test } from 'vitest'
import { row } from '../../../../tests/board'
import { bulkNeedsReason, offers } from './actions'

test('what at least one of them allows is offered, with how many do', () => {
  const rows = [row('A', { allowedActions: ['activate', 'skip'] }), row('B', { allowedActions: ['skip', 'override'] }), row('C')]
  expect(offers(rows)).toEqual([{ action: 'activate', count: 1 }, { action: 'skip', count: 2 }])
  expect(offers([])).toEqual([])
})

test('what leaves something out or stops it takes a reason', () => {
  expect([bulkNeedsReason('skip'), bulkNeedsReason('start')]).toEqual([true, false])
})
