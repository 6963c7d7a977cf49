import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import type { ActivationMessage, MessageRow } from '../../api/types'
import { ActivationMessageDialog } from './ActivationMessageDialog'
import { UndeliveredList } from './UndeliveredList'

const posted: { url: string; body: unknown }[] = []
afterEach(() => vi.unstubAllGlobals())

function show(page: ReactNode, answer: unknown) {
  posted.length = 0
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    if (init.method === 'POST') posted.push({ url, body: typeof init.body === 'string' ? JSON.parse(init.body) : null })
    return Promise.resolve(Response.json(init.method === 'POST' ? {} : answer))
  })
  render(<MantineProvider env="test"><QueryClientProvider client={new QueryClient()}>{page}</QueryClientProvider></MantineProvider>)
}

const failed: MessageRow = {
  id: 'm1', stepCode: 'TRT-1', recipient: 'dana@erp.example', recipientName: 'Dana', teamName: 'Databases', phone: '+49 (30) 1', subject: 'Begin <b>',
  occasion: 'activated', status: 'failed', attempts: 8, queuedAt: '2026-11-21T20:30:00Z', sentAt: null, lastError: '550 No such person', resendOf: null,
  handledAt: null, handledBy: null, handledNote: null, allowedActions: ['resend', 'handled'],
}
const list = (...items: MessageRow[]) => ({ items, counts: { failed: items.length }, unhandled: items.length, next: null })

test('a message that failed says to whom, why, and whom to call; each button is one press', async () => {
  show(<UndeliveredList iterationId="i" />, list(failed))
  expect(await screen.findByText('Failed')).toBeTruthy()
  expect(screen.getByText('Begin <b>')).toBeTruthy()
  expect(screen.getByText('550 No such person')).toBeTruthy()
  expect(screen.getByRole('link').getAttribute('href')).toBe('tel:+49301')
  await userEvent.click(screen.getByRole('button', { name: 'Dana was reached by phone' }))
  expect(posted).toEqual([{ url: '/api/v1/messages/m1/handled', body: { note: 'Reached by phone' } }])
})

test('what may have arrived is sent again only after a word of warning', async () => {
  show(<UndeliveredList iterationId="i" />, list({ ...failed, status: 'uncertain' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Send again to Dana' }))
  expect(posted).toEqual([])
  expect(await screen.findByText(/Nobody knows whether it arrived/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Send again' }))
  expect(posted.map(({ url }) => url)).toEqual(['/api/v1/messages/m1/resend'])
})

test('who may not see to messages is shown them without buttons; none is said in words', async () => {
  show(<UndeliveredList iterationId="i" />, list({ ...failed, allowedActions: [] }))
  await screen.findByText('Failed')
  expect(screen.queryByRole('button')).toBeNull()
})

test('an empty list says so, and what is still on its way', async () => {
  show(<UndeliveredList iterationId="i" />, { items: [], counts: { queued: 3 }, unhandled: 0, next: null })
  expect(await screen.findByText('Nothing has failed; 3 on the way.')).toBeTruthy()
})

const activation: ActivationMessage = {
  recipients: [{ address: 'dba@erp.example', goesTo: null }], comms: 'on', suppressed: false, sentence: 'It goes to 1 address.', subject: 'You may begin', body: 'Stop the jobs.',
}

test('a message that nobody changed goes out in the template’s words, a changed one in the pilot’s', async () => {
  const sent = vi.fn()
  show(<ActivationMessageDialog iterationId="i" stepCode="TRT-1" opened onClose={() => undefined} onActivate={sent} />, activation)
  await userEvent.click(await screen.findByRole('button', { name: /^Activate/ }))
  expect(sent).toHaveBeenLastCalledWith(null)
  await userEvent.type(screen.getByLabelText(/^Subject/), ' now')
  await userEvent.click(screen.getByRole('button', { name: /Activate with these words/ }))
  expect(sent).toHaveBeenLastCalledWith({ subject: 'You may begin now', body: 'Stop the jobs.' })
})
