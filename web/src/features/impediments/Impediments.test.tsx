import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Impediment } from '../../api/types'
import { Impediments } from './Impediments'

const base: Impediment = {
  id: 'a', number: 1, stepCode: 'TRT-1', title: 'No disk space', detail: '', severity: 'CRITICAL', ownerId: null, owner: null, expectedAt: null, state: 'open',
  openedBy: 'Dana', openedAt: '2026-11-22T01:00:00Z', resolvedBy: null, resolvedAt: null, resolution: null, version: 2, allowedActions: ['change', 'resolve'],
}
let items: Impediment[] = []
let mayOpen = true
let sent: { method: string; url: string; body: unknown; match: string | undefined }[] = []

beforeEach(() => {
  items = [base]
  mayOpen = true
  sent = []
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    if (url.endsWith('/mentionables')) return Promise.resolve(Response.json({ people: [], teams: [] }))
    if (init.method === 'GET') return Promise.resolve(Response.json({ items, next: null, mayOpen }))
    sent.push({
      method: init.method ?? '', url, body: typeof init.body === 'string' ? JSON.parse(init.body) : null, match: (init.headers as Record<string, string>)['If-Match'],
    })
    return Promise.resolve(Response.json(base))
  })
})
afterEach(() => vi.unstubAllGlobals())

const show = () => render(<MantineProvider><QueryClientProvider client={new QueryClient()}><Impediments iterationId="i" stepCode="TRT-1" /></QueryClientProvider></MantineProvider>)

test('how bad it is stands in words; resolving takes words and the version that was read', async () => {
  show()
  const item = await screen.findByRole('listitem')
  expect(within(item).getByText('Critical')).toBeDefined()
  expect(within(item).getByText('nobody sees to it yet')).toBeDefined()
  await userEvent.click(screen.getByRole('button', { name: 'Resolve impediment 1' }))
  const dialog = await screen.findByRole('dialog')
  const resolve = within(dialog).getByRole<HTMLButtonElement>('button', { name: /^Resolve/ })
  expect(resolve.disabled).toBe(true)
  await userEvent.type(within(dialog).getByRole('textbox', { name: /How it was resolved/ }), 'Disk added')
  await userEvent.click(resolve)
  await vi.waitFor(() => expect(sent).toMatchObject([{ method: 'POST', body: { version: 2, resolution: 'Disk added' } }]))
})

test('a new one is sent with its step; a time that is none is not sent', async () => {
  show()
  await userEvent.click(await screen.findByRole('button', { name: 'Impediment' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.type(within(dialog).getByRole('textbox', { name: /What stands in the way/ }), ' Bridge down ')
  const time = within(dialog).getByRole('textbox', { name: /Resolved by/ })
  await userEvent.type(time, 'soon')
  expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Open it' }).disabled).toBe(true)
  await userEvent.clear(time)
  await userEvent.click(within(dialog).getByRole('button', { name: 'Open it' }))
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  expect(sent[0]?.body).toEqual({ title: 'Bridge down', detail: '', severity: 'MEDIUM', ownerId: null, expectedAt: null, stepCode: 'TRT-1' })
})

test('who may not keep them sees them and no button', async () => {
  items = [{ ...base, allowedActions: [] }, { ...base, id: 'b', number: 2, state: 'resolved', resolution: 'Done', resolvedBy: 'Lena', resolvedAt: base.openedAt, allowedActions: [] }]
  mayOpen = false
  show()
  expect(await screen.findByText('Resolved (1)')).toBeDefined()
  expect(screen.queryAllByRole('button', { name: /mpediment/ })).toEqual([])
})
