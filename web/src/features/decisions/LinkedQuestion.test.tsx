import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import type { LinkedDecision } from '../../api/types'
import { LinkedQuestion } from './LinkedQuestion'

const open: LinkedDecision = {
  kind: 'poll', question: 'Go live?', detail: 'All green.', quorum: 1, deadline: null, askedAt: '2026-11-20T23:00:00Z', askedBy: 'Priya', stepCode: null,
  stepName: null, asked: [{ userId: 'd', name: 'Dana', role: 'owner', answered: false }], answers: [], status: 'open', sentence: '', outcome: null,
  closedAt: null, allowedAnswers: ['go', 'no_go'], name: 'Dana', as: 'owner', migrationName: 'ERP', iterationName: 'CUTOVER', zone: 'UTC',
  yours: null, yourReason: null, dead: null, now: '2026-11-20T23:00:00Z',
}
const used: LinkedDecision = { ...open, allowedAnswers: [], yours: 'go', yourReason: 'Checked', dead: 'This link was used at 23:00 UTC: you answered go.' }

function shown(answers: (path: string) => Response): [string, unknown][] {
  const sent: [string, unknown][] = []
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    sent.push([url, typeof init.body === 'string' ? JSON.parse(init.body) : null])
    return Promise.resolve(answers(url))
  })
  render(<MantineProvider><QueryClientProvider client={new QueryClient()}><LinkedQuestion token="secret" /></QueryClientProvider></MantineProvider>)
  return sent
}
afterEach(() => vi.unstubAllGlobals())

test('looking sends the token in no address; the answer takes a reason, and then stands there', async () => {
  const sent = shown((path) => Response.json(path.endsWith('look') ? open : used))
  await screen.findByText('Go live?')
  const go = screen.getByRole<HTMLButtonElement>('button', { name: 'Go' })
  expect(go.disabled).toBe(true)
  await userEvent.type(screen.getByLabelText(/Reason/), 'Checked')
  await userEvent.click(go)
  await screen.findByText(/you answered go/)
  expect(screen.queryByRole('button', { name: 'Go' })).toBeNull()
  expect(sent).toEqual([
    ['/api/v1/decision-links/look', { token: 'secret' }],
    ['/api/v1/decision-links/answer', { token: 'secret', answer: 'go', reason: 'Checked' }],
  ])
})

test('a dead link says why, and offers nothing to press', async () => {
  shown(() => Response.json({ ...open, allowedAnswers: [], status: 'ended', dead: '“Go live?” ended without a decision at 23:00 UTC, with 0 of 1 answers.' }))
  await screen.findByText(/ended without a decision/)
  expect(screen.queryByRole('button')).toBeNull()
})

test('an unknown link says that it leads nowhere', async () => {
  shown(() => Response.json({ code: 'not_found', title: 'Not found', detail: 'This link leads to no question.', hint: 'Sign in.' }, { status: 404, headers: { 'content-type': 'application/problem+json' } }))
  await screen.findByText('This link leads nowhere')
  expect(screen.queryByText('Go live?')).toBeNull()
})
