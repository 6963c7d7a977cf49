import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { board, row } from '../../../tests/board'
import type { Iteration, StartCheck } from '../../api/types'
import { IterationButtons } from './IterationButtons'

const check: StartCheck = { people: 17, teams: 15, findings: [], lateBySeconds: -7200 }
const posted: unknown[] = []
afterEach(() => vi.unstubAllGlobals())

/** The page with one iteration; what it becomes while a question stands is shown by what is returned. */
function show(first: Iteration) {
  posted.length = 0
  vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
    if (init.method === 'POST') posted.push(typeof init.body === 'string' ? JSON.parse(init.body) : null)
    return Promise.resolve(Response.json(init.method === 'POST' ? { iteration: first, seq: 1 } : check))
  })
  const cache = new QueryClient()
  const page = (iteration: Iteration) => <MantineProvider><QueryClientProvider client={cache}><IterationButtons iteration={iteration} /></QueryClientProvider></MantineProvider>
  const { rerender } = render(page(first))
  return (iteration: Iteration) => rerender(page(iteration))
}

const scheduled: Iteration = { ...board([]).iteration, name: 'CUTOVER', kind: 'cutover', state: 'scheduled', stateSince: '2026-11-20T10:00:00Z', allowedActions: ['start'] }

test('a start that another pilot has made takes the place of the question, with who and when', async () => {
  const becomes = show(scheduled)
  await userEvent.click(screen.getByRole('button', { name: 'Start' }))
  await screen.findByRole('button', { name: 'Start CUTOVER' })
  becomes({ ...scheduled, state: 'live', stateBy: 'Marco Rossi', stateSince: '2026-11-20T23:00:00Z' })
  expect((await screen.findByRole('alert')).textContent).toContain('Marco Rossi was faster. CUTOVER is live since')
  expect(screen.queryByRole('button', { name: 'Start CUTOVER' })).toBeNull()
  expect(posted).toEqual([])
})

test('a hold that was called and ended meanwhile is noticed too, though the state is what it was', async () => {
  const live: Iteration = { ...scheduled, state: 'live', allowedActions: ['hold'] }
  const becomes = show(live)
  await userEvent.click(screen.getByRole('button', { name: /Hold/ }))
  becomes({ ...live, stateBy: 'Marco Rossi', stateSince: '2026-11-20T23:00:00Z' })
  expect((await screen.findByRole('alert')).textContent).toContain('Marco Rossi')
})

test('a plan that is hours off is said first, and moved to now unless one keeps it', async () => {
  show(scheduled)
  await userEvent.click(screen.getByRole('button', { name: 'Start' }))
  expect((await screen.findByTestId('start-times')).textContent).toContain('in 2 h')
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /Move the planned times/ }).checked).toBe(true)
  await userEvent.click(screen.getByRole('radio', { name: /Keep them/ }))
  await userEvent.click(screen.getByRole('radio', { name: /^Off/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Start CUTOVER' }))
  await vi.waitFor(() => expect(posted).toMatchObject([{ comms: 'off', rebase: false }]))
})

const live: Iteration = { ...scheduled, state: 'live', allowedActions: ['complete'] }

test('who turns back behind the point of no return is told so before', async () => {
  show({ ...scheduled, state: 'live', allowedActions: ['back-out'] })
  const steps = [row('TRT-1', { pointOfNoReturn: true, state: 'in_progress', startedAt: '2026-11-22T01:19:00Z' }), row('TRT-2', { pointOfNoReturn: true })]
  vi.stubGlobal('fetch', (url: string) => Promise.resolve(url.includes('forecast') ? Response.json({ title: 'x', status: 404, detail: 'None yet.' }, { status: 404 }) : Response.json(board(steps))))
  await userEvent.click(screen.getByRole('button', { name: 'Back out' }))
  expect((await screen.findByRole('alert')).textContent).toContain('TRT-1, the point of no return, began at')
})

/** The page with a live iteration and what the server says is still open in it. */
async function completing(findings: StartCheck['findings']) {
  show(live)
  vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
    if (init.method === 'POST') posted.push(init.body)
    return Promise.resolve(Response.json(init.method === 'POST' ? { iteration: live, seq: 1 } : { findings }))
  })
  await userEvent.click(screen.getByRole('button', { name: 'Complete' }))
  return within(await screen.findByRole('dialog'))
}

test('what is still open is named before completing, and stops nothing where it only warns', async () => {
  const dialog = await completing([{ severity: 'warning', code: 'open_impediments', stepCode: null, sentence: '1 impediment is open: 1 Storage is slow (HIGH).' }])
  await dialog.findByText('1 impediment is open: 1 Storage is slow (HIGH).')
  await userEvent.click(dialog.getByRole('button', { name: 'Complete' }))
  await vi.waitFor(() => expect(posted).toHaveLength(1))
})

test('open steps stop it before anything is sent', async () => {
  const dialog = await completing([{ severity: 'error', code: 'open_steps', stepCode: null, sentence: '2 steps are open: A, B.' }])
  await dialog.findByText('2 steps are open: A, B.')
  expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Complete' }).disabled).toBe(true)
})
