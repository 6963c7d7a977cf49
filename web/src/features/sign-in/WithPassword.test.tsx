import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { type ReactNode, useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { sessionQuery } from '../../api/queries'
import type { Session } from '../../api/types'
import { SessionOver } from './SessionOver'
import { WithPassword } from './WithPassword'

afterEach(() => vi.unstubAllGlobals())

/** Stands in for the server: each request gets the next answer. */
function serverAnswers(...answers: [number, unknown][]) {
  const asked: string[] = []
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    asked.push(`${init.method ?? 'GET'} ${url} ${typeof init.body === 'string' ? init.body : ''}`.trim())
    const [status, body] = answers.shift() ?? [500, {}]
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } }))
  })
  return asked
}

function show(page: ReactNode): QueryClient {
  const cache = new QueryClient()
  render(<MantineProvider><QueryClientProvider client={cache}>{page}</QueryClientProvider></MantineProvider>)
  return cache
}

function Door({ onSignedIn }: { onSignedIn: (session: Session) => void }) {
  const [email, setEmail] = useState('')
  return <WithPassword email={email} setEmail={setEmail} onSignedIn={onSignedIn} onLink={() => undefined} />
}

test('a wrong password is said in the server’s words, and the next try goes on', async () => {
  const asked = serverAnswers([401, { code: 'wrong', title: 'No', detail: 'Address and password do not belong together.' }], [200, { user: { name: 'Nora' } }])
  const name = vi.fn<(name: string) => void>()
  show(<Door onSignedIn={(session) => name(session.user.name)} />)
  await userEvent.type(screen.getByLabelText('Your e-mail address'), ' nora@example.org ')
  await userEvent.type(screen.getByLabelText('Password'), ' spaces count {Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain('do not belong together')
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  await vi.waitFor(() => expect(name).toHaveBeenCalledWith('Nora'))
  expect(asked[0]).toBe('POST /api/v1/sign-in/password {"email":"nora@example.org","password":" spaces count "}')
})

test('whose session was ended is told so; whoever comes anew is not', async () => {
  serverAnswers([401, { code: 'session_over', detail: 'This session is over. What you did before is kept.' }])
  show(<SessionOver />)
  expect((await screen.findByRole('alert')).textContent).toContain('What you did before is kept.')
})

test('who was never signed in sees no word of it', async () => {
  serverAnswers([401, { code: 'unauthenticated', detail: 'Nobody is signed in.' }])
  const cache = show(<SessionOver />)
  await vi.waitFor(() => expect(cache.getQueryState(sessionQuery.queryKey)?.status).toBe('error'))
  expect(screen.queryByRole('alert')).toBeNull()
})
