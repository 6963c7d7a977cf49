import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import type { User } from '../../../api/types'
import { PersonDialog } from './PersonDialog'

const dana: User = {
  id: 'd', email: 'dana@example.org', name: 'Dana Ruiz', phone: null, isAdmin: false, active: true, hasPassword: false,
  createdAt: '2026-11-20T10:00:00Z', version: 3,
}
afterEach(() => vi.unstubAllGlobals())

test('only what was written anew is sent; what another changed meanwhile is shown before it is overwritten', async () => {
  const sent: { match: string | null; body: unknown }[] = []
  vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
    sent.push({ match: new Headers(init.headers).get('If-Match'), body: typeof init.body === 'string' ? JSON.parse(init.body) : null })
    const current = { ...dana, phone: '+49 30 1', version: 4 }
    if (sent.length > 1) return Promise.resolve(Response.json({ user: { ...current, name: 'Dana Kim', version: 5 }, leaves: null }))
    const problem = { code: 'user_changed', detail: 'Adam Osei changed Dana Ruiz meanwhile.', current }
    return Promise.resolve(Response.json(problem, { status: 409, headers: { 'content-type': 'application/problem+json' } }))
  })
  const closed = vi.fn()
  render(<MantineProvider><QueryClientProvider client={new QueryClient()}><PersonDialog user={dana} onClose={closed} /></QueryClientProvider></MantineProvider>)
  const name = await screen.findByLabelText<HTMLInputElement>(/^Name/)
  const write = async () => {
    await userEvent.clear(name)
    await userEvent.type(name, 'Dana Kim{Enter}')
  }
  await write()
  expect((await screen.findByRole('alert')).textContent).toContain('Adam Osei changed Dana Ruiz meanwhile.')
  await userEvent.click(screen.getByRole('button', { name: 'Show what is there now' }))
  expect(screen.getByLabelText<HTMLInputElement>(/^Telephone/).value).toBe('+49 30 1')
  expect(name.value).toBe('Dana Ruiz')
  await write()
  await vi.waitFor(() => expect(closed).toHaveBeenCalled())
  expect(sent).toEqual([{ match: '"3"', body: { name: 'Dana Kim' } }, { match: '"4"', body: { name: 'Dana Kim' } }])
})
