import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { StrictMode } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import type { Session } from '../../api/types'
import { WithToken } from './WithToken'
import { takeToken, tokenIn } from './token'

afterEach(() => vi.unstubAllGlobals())

/** Stands in for the server, which is the outside world here; remembers what it was asked. */
function serverAnswers(status: number, body: unknown) {
  const asked: string[] = []
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    asked.push(`${init.method ?? 'GET'} ${url} ${typeof init.body === 'string' ? init.body : ''}`)
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } }))
  })
  return asked
}

const show = (onSignedIn: (session: Session) => void) =>
  render(
    <StrictMode>
      <MantineProvider>
        <QueryClientProvider client={new QueryClient()}><WithToken token="abc" onSignedIn={onSignedIn} /></QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )

test('a token is posted once, and who it signs in goes on', async () => {
  const asked = serverAnswers(200, { user: { name: 'Pia' } })
  const name = await new Promise<string>((resolve) => show((session) => resolve(session.user.name)))
  expect(name).toBe('Pia')
  expect(asked).toEqual(['POST /api/v1/sign-in {"token":"abc"}'])
})

test('a used link says so and offers a new one', async () => {
  serverAnswers(401, { code: 'link_used', title: 'Used', detail: 'Used.' })
  show(() => undefined)
  await screen.findByText('This link was used already')
  expect(screen.getByRole('button', { name: 'Send me a new link' })).toBeDefined()
})

test('the token is taken out of the address', () => {
  window.history.replaceState(null, '', '/sign-in?to=%2Fmy-work#a%2Bb')
  expect(takeToken()).toBe('a+b')
  expect(window.location.href).toMatch(/\/sign-in\?to=%2Fmy-work$/)
  expect(tokenIn('#broken%')).toBe('broken%')
})
