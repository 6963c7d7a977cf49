import { MantineProvider } from '@mantine/core'
import { act, render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { actions, board, event, row } from '../../../tests/board'
import type { Board, StepRow } from '../../api/types'
import { applyEvent } from './applyEvent'
import { clearPending, isPending, setPending } from './pending'
import { StepRowView } from './StepRowView'

const scale = { start: 0, end: 1000 }

function Sheet({ board }: { board: Board }) {
  return (
    <MantineProvider>
      {board.steps.map((step, i) => (
        <StepRowView
          step={undefined}
          key={i} row={step} teamName="Database" note="" why="" index={i} top={i * 30} height={30} selected={false} late={false} delaySeconds={null}
          scale={scale} zone="UTC"
        />
      ))}
    </MantineProvider>
  )
}

/** A row that notes each time it is looked at: drawing it again cannot go unseen. */
function watched(code: string, drawn: Set<string>, change: Partial<StepRow> = {}): StepRow {
  const made = row(code, change)
  return Object.defineProperty(made, 'state', {
    enumerable: true,
    get: () => {
      drawn.add(code)
      return change.state ?? 'not_ready'
    },
  })
}

test('an event draws again only the rows it changes', () => {
  const drawn = new Set<string>()
  const before = board(Array.from({ length: 50 }, (_, i) => watched(`S${i}`, drawn)))
  const { rerender } = render(<Sheet board={before} />)
  expect(drawn.size).toBe(50)
  const after = applyEvent(before, event(11, { changes: { steps: [{ id: 'id-S7', state: 'ready' }] } }), actions)
  drawn.clear()
  rerender(<Sheet board={after} />)
  expect(drawn.size).toBe(0)
  expect(screen.getAllByText('Ready')).toHaveLength(1)
  expect(screen.getAllByText('Not ready')).toHaveLength(49)
})

test('an action under way is shown on its own row alone, and never as done', () => {
  const drawn = new Set<string>()
  const night = board([watched('S1', drawn, { state: 'ready' }), watched('S2', drawn, { state: 'ready' })])
  render(<Sheet board={night} />)
  const pressed = { id: 'id-S1', version: night.steps[0]?.version ?? 0 }
  drawn.clear()
  act(() => setPending(pressed, 'start'))
  expect(screen.getByText('Starting…')).toBeTruthy()
  expect(screen.getAllByText('Ready')).toHaveLength(1)
  act(() => clearPending(pressed))
  expect(screen.queryByText('Starting…')).toBeNull()
  expect([...drawn]).toEqual(['S1'])
})

test('who sees the new state before the answer has come may press its next button', () => {
  setPending({ id: 'id-S1', version: 1 }, 'start')
  expect(isPending({ id: 'id-S1', version: 1 })).toBe(true)
  expect(isPending({ id: 'id-S1', version: 2 })).toBe(false)
  setPending({ id: 'id-S1', version: 2 }, 'complete')
  clearPending({ id: 'id-S1', version: 1 })
  expect(isPending({ id: 'id-S1', version: 2 })).toBe(true)
  clearPending({ id: 'id-S1', version: 2 })
  expect(isPending({ id: 'id-S1', version: 2 })).toBe(false)
})

test('state is told by a word, a dormant step by its own', () => {
  render(<Sheet board={board([row('R', { dormant: true })])} />)
  expect(screen.getByText('Dormant')).toBeTruthy()
})
