import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { peopleQuery } from '../../../api/queries'
import type { PersonHere } from '../../../api/types'
import { RightsGrid } from './RightsGrid'

const dana: PersonHere = { userId: 'd', name: 'Dana Ruiz', email: 'dana@example.org', phone: null, active: true, roles: ['member'], teams: [] }
const put: unknown[] = []
/** Answers the oldest change that waits for one. */
let answer: ((response: Response) => void)[] = []

beforeEach(() => {
  put.length = 0
  answer = []
  vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
    if (init.method !== 'PUT') return Promise.resolve(Response.json({ items: [dana], next: null }))
    put.push(typeof init.body === 'string' ? JSON.parse(init.body) : null)
    return new Promise<Response>((resolve) => answer.push(resolve))
  })
})
afterEach(() => vi.unstubAllGlobals())

function Grid({ whyNot }: { whyNot: string | null }) {
  const people = useQuery(peopleQuery('m')).data ?? []
  return <RightsGrid migrationId="m" people={people} roles={['viewer', 'member', 'pilot']} whyNot={whyNot} />
}

async function show(whyNot: string | null = null) {
  render(<MantineProvider><QueryClientProvider client={new QueryClient()}><Grid whyNot={whyNot} /></QueryClientProvider></MantineProvider>)
  await screen.findByText('Dana Ruiz')
}

const box = (role: string) => screen.getByRole<HTMLInputElement>('checkbox', { name: `Dana Ruiz: ${role}` })

test('a box is ticked at once, said to be saving, and saved when the server has said so', async () => {
  await show()
  await userEvent.click(box('pilot'))
  expect(box('pilot').checked).toBe(true)
  expect(screen.getByText('Saving')).toBeDefined()
  expect(put).toEqual([{ roles: ['member', 'pilot'], was: ['member'] }])
  answer.shift()?.(Response.json({ ...dana, roles: ['member', 'pilot'] }))
  await screen.findByText('Saved')
  expect(box('pilot').checked).toBe(true)
})

test('what is refused goes back to what the server has', async () => {
  await show()
  await userEvent.click(box('team member'))
  expect(box('team member').checked).toBe(false)
  answer.shift()?.(Response.json({ code: 'roles_changed', detail: 'Somebody was faster.' }, { status: 409, headers: { 'content-type': 'application/problem+json' } }))
  await screen.findByText('Not saved')
  await vi.waitFor(() => expect(box('team member').checked).toBe(true))
})

test('two presses in a row are sent one after the other, each on top of the one before', async () => {
  await show()
  await userEvent.click(box('pilot'))
  await userEvent.click(box('viewer'))
  expect(put).toHaveLength(1)
  answer.shift()?.(Response.json({ ...dana, roles: ['member', 'pilot'] }))
  await vi.waitFor(() => expect(put).toHaveLength(2))
  expect(put[1]).toEqual({ roles: ['member', 'pilot', 'viewer'], was: ['member', 'pilot'] })
  expect([box('pilot').checked, box('viewer').checked]).toEqual([true, true])
})

test('who may not give roles sees them, and why the boxes are off', async () => {
  await show('An admin gives and takes roles.')
  expect(box('team member').disabled).toBe(true)
  expect(box('team member').title).toBe('An admin gives and takes roles.')
})
