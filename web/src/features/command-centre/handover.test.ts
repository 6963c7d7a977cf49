import { expect, test } from 'vitest'
import { board, row } from '../../../tests/board'
import { handoverWords } from './handover'
import type { Line } from './now'

const line = (of: ReturnType<typeof row>): Line => ({
  row: of,
  line: {
    stepId: of.id, code: of.code, name: of.name, state: of.state, why: 'running', since: null, lateSeconds: 0, behindSeconds: 0,
    expectedAt: null, reason: null, team: null,
  },
})

test('a hand-over begins with what the board knows, in plain lines', () => {
  const lines = [line(row('A', { state: 'failed', reason: 'Disk full' })), line(row('B', { state: 'in_progress' }))]
  expect(handoverWords(board(lines.map((one) => one.row)), lines, undefined)).toBe(
    ['CUTOVER is live: 0 %, 0 of 2 steps.', 'In hand:', '- A Name of A: failed, Disk full', '- B Name of B: in progress'].join('\n'),
  )
})

test('it stays short, and says what it leaves out', () => {
  const lines = Array.from({ length: 11 }, (_, i) => line(row(`S${i}`, { state: 'ready' })))
  const words = handoverWords(board([]), lines, undefined).split('\n')
  expect(words).toHaveLength(11)
  expect(words.at(-1)).toBe('- and 3 more')
})
