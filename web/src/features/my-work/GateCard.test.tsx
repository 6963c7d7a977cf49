import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { row } from '../../../tests/board'
import { gateDecision } from '../../../tests/decision'
import type { Decision, WorkItem } from '../../api/types'
import { GateCard } from './GateCard'

const decision: Decision = gateDecision({ question: 'Shall we go?', allowedAnswers: ['go', 'no_go'] })
const item: WorkItem = {
  iteration: { id: 'i', name: 'DR1', state: 'live', migrationId: 'm', migrationName: 'ERP', zone: 'UTC' },
  step: row('GAT-1', { behaviour: 'gate', state: 'ready', decisionId: 'd', allowedActions: ['decide'] }),
  teamName: '', tasks: [], instructions: '', before: [],
}
afterEach(() => vi.unstubAllGlobals())

test('Go needs a reason, and is sent with it to the decision', async () => {
  const posted: [string, unknown][] = []
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    if (init.method === 'POST') posted.push([url, typeof init.body === 'string' ? JSON.parse(init.body) : null])
    return Promise.resolve(Response.json(init.method === 'POST' ? { seq: 1, events: [] } : { decision }))
  })
  const card = () => <GateCard item={item} href="/migrations/ERP/iterations/DR1?step=GAT-1" whyOff={null} />
  const router = createRouter({ routeTree: createRootRoute({ component: card }), history: createMemoryHistory() })
  render(<MantineProvider><QueryClientProvider client={new QueryClient()}><RouterProvider router={router} /></QueryClientProvider></MantineProvider>)
  await screen.findByText('Shall we go?')
  const go = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Go for GAT-1' })
  await userEvent.type(screen.getByLabelText(/Reason/), '  ')
  expect(go().disabled).toBe(true)
  await userEvent.type(screen.getByLabelText(/Reason/), 'All green')
  await userEvent.click(go())
  await vi.waitFor(() => expect(posted).toEqual([['/api/v1/decisions/d/answer', { answer: 'go', reason: 'All green' }]]))
})
