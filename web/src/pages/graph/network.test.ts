import { describe, expect, it } from 'vitest'
import { board, row } from '../../../tests/board'
import { signsOf } from '../../features/graph/signs'
import { networkOf, nextOf } from './network'

const next = (...rows: ReturnType<typeof row>[]) => nextOf(networkOf(board(rows), null, 0))

describe('where the graph opens', () => {
  it('is what runs or stands still, else what comes next', () => {
    expect(next(row('A', { state: 'complete' }), row('B', { state: 'ready' }), row('C', { state: 'blocked' }))).toBe('C')
    expect(next(row('A', { state: 'complete' }), row('B', { state: 'not_ready' }), row('C', { state: 'ready' }))).toBe('C')
    expect(next(row('A', { state: 'complete' }), row('B', { state: 'not_ready' }))).toBe('B')
  })
  it('is its beginning before anything was done, and when all is over', () => {
    expect(next(row('A', { state: 'ready' }), row('B'))).toBeNull()
    expect(next(row('A', { state: 'complete' }))).toBeNull()
  })
})

it('says how many are in each state without colour', () => {
  const [chapter] = networkOf(board([row('A', { state: 'complete' }), row('B', { state: 'failed' }), row('C', { state: 'failed' })]), null, 0).chapters
  expect(chapter && signsOf(chapter)).toBe('✕ 2  ✓ 1')
})
