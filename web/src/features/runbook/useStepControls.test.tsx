import { MantineProvider } from '@mantine/core'
import { notificationsStore } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { board, row } from '../../../tests/board'
import { stepActionsQuery } from '../../api/queries'
import { Announcer } from '../../ui/announce'
import type { StepAction, StepRow } from '../../api/types'
import { clearPending, setPending } from './pending'
import { useStepControls } from './useStepControls'

const ready = row('A', { state: 'ready', allowedActions: ['start', 'block'] })
const words = () => notificationsStore.getState().notifications.map(({ message }) => message)
let posted = 0
beforeEach(() => {
  posted = 0
  notificationsStore.setState({ notifications: [], queue: [], defaultPosition: 'bottom-right', limit: 5 })
  vi.stubGlobal('fetch', () => { posted += 1; return new Promise(() => undefined) })
})
afterEach(() => {
  vi.unstubAllGlobals()
  act(() => clearPending(ready))
})

function Buttons({ step }: { step: StepRow }) {
  const { press, dialog } = useStepControls(board([step]), undefined, () => undefined)
  const actions: StepAction[] = ['start', 'retry', 'fail']
  return <>{actions.map((action) => <button key={action} onClick={() => press(step, action)}>{action}</button>)}{dialog}</>
}

function show(step: StepRow) {
  const cache = new QueryClient()
  cache.setQueryData(stepActionsQuery.queryKey, { live: { work: { failed: { pilot: ['retry'] }, in_progress: { pilot: ['fail'] } } } })
  render(<MantineProvider><QueryClientProvider client={cache}><Announcer /><Buttons step={step} /></QueryClientProvider></MantineProvider>)
}

test('a press while another is being saved is said aloud, and not sent', async () => {
  show(ready)
  act(() => setPending(ready, 'start'))
  await userEvent.click(screen.getByText('start'))
  expect(screen.getByTestId('announcer').textContent).toContain('A: still saving Start.')
  expect(posted).toBe(0)
})

test('why a key did nothing answers that key, and only the last one stands there', async () => {
  show(ready)
  await userEvent.click(screen.getByText('retry'))
  await userEvent.click(screen.getByText('retry'))
  expect(words()).toEqual(['Retry is for steps in the state failed; A is ready.'])
  await userEvent.click(screen.getByText('fail'))
  expect(words()).toEqual(['Fail is for steps in the state in progress; A is ready.'])
})
