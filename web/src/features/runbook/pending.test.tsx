import { MantineProvider } from '@mantine/core'
import { act, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { board, row } from '../../../tests/board'
import { clearPending, notePressedAgain, setPending } from './pending'
import { StatusLine } from './StatusLine'

const one = row('A', { state: 'ready', allowedActions: ['start'] })
afterEach(() => act(() => clearPending(one)))

test('a press while the one before is being saved is said, until it is saved', () => {
  render(<MantineProvider><StatusLine board={board([one])} item={{ kind: 'step', id: one.id, row: one }} /></MantineProvider>)
  act(() => setPending(one, 'start'))
  expect(screen.queryByText(/still saving/)).toBeNull()
  act(() => expect(notePressedAgain(one)).toBe('start'))
  expect(screen.getByText('A: still saving Start. Nothing else was sent; press again when it is saved.')).toBeTruthy()
  act(() => clearPending(one))
  expect(screen.queryByText(/still saving/)).toBeNull()
})

test('where nothing is under way a press is not noted', () => {
  expect(notePressedAgain(one)).toBeUndefined()
})
