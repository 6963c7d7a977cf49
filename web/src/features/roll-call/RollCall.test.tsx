import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CalledTeam, RollCallNow } from '../../api/types'
import { RollCall } from './RollCall'
import { RollCallAsk } from './RollCallAsk'

const team = (code: string, more: Partial<CalledTeam> = {}): CalledTeam => ({
  teamId: code, code, name: code, hereAt: null, hereBy: null, onBehalf: false, note: null, phone: null, people: [], own: false, allowedActions: [], ...more,
})
const here: Partial<CalledTeam> = { hereAt: '2026-11-22T01:00:00Z', hereBy: 'Marco', onBehalf: true, note: 'on the bridge' }
let now: RollCallNow
let posted: { url: string; body: unknown }[] = []

const called = (...teams: CalledTeam[]): RollCallNow => ({
  rollCall: {
    id: 'r', openedBy: 'Priya', openedAt: '2026-11-22T00:50:00Z', dueAt: null, told: 'comms on: messages to the teams', closedBy: null, closedAt: null,
    here: teams.filter(({ hereAt }) => hereAt !== null).length, teams,
  },
  allowedActions: ['close'], asksComms: false, commsRequired: false, messages: 'Comms are on: its messages go to the teams.',
})
const uncalled = (more: Partial<RollCallNow>): RollCallNow => ({ ...called(), rollCall: null, allowedActions: ['open'], ...more })

beforeEach(() => {
  posted = []
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    if (init.method === 'POST') {
      posted.push({ url, body: typeof init.body === 'string' ? JSON.parse(init.body) : null })
      now = called(team('DBA', here))
    }
    return Promise.resolve(Response.json(now))
  })
})
afterEach(() => vi.unstubAllGlobals())

const show = (what: 'card' | 'ask') =>
  render(
    <MantineProvider><QueryClientProvider client={new QueryClient()}>
      {what === 'card' ? <RollCall iterationId="i" /> : <RollCallAsk iterationId="i" />}
    </QueryClientProvider></MantineProvider>,
  )

test('who is missing comes with telephones; a pilot checks in for them', async () => {
  const people = [{ name: 'Dana', phone: '+49 30 1234' }, { name: 'Lena', phone: null }]
  now = called(team('DBA', { people, allowedActions: ['here'] }), team('APP', here))
  show('card')
  expect(await screen.findByText('1 of 2 here')).toBeDefined()
  expect(screen.getByRole('link', { name: '+49 30 1234' }).getAttribute('href')).toBe('tel:+49301234')
  expect(screen.getByText(/said by Marco for it/)).toBeDefined()
  expect(screen.getByText('on the bridge')).toBeDefined()
  await userEvent.click(screen.getByRole('button', { name: 'Check in for it' }))
  expect(await screen.findByText('1 of 1 here')).toBeDefined()
  expect(posted).toMatchObject([{ body: { note: '' } }])
  expect(posted[0]?.url).toContain('/roll-call/teams/DBA/here')
})

test('one big button for each team of mine that is asked, and none once it has answered', async () => {
  now = called(team('DBA', { own: true, allowedActions: ['here'] }), team('APP', { allowedActions: ['here'] }))
  show('ask')
  await userEvent.type(await screen.findByRole('textbox'), 'all four')
  expect(screen.queryByText(/APP/)).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'DBA is here' }))
  await vi.waitFor(() => expect(screen.queryByRole('button')).toBeNull())
  expect(posted).toMatchObject([{ body: { note: 'all four' } }])
})

test('a cutover that has not started asks whom its roll-call tells, before it is called', async () => {
  now = uncalled({ asksComms: true, commsRequired: true, messages: 'None goes out, unless it is chosen.' })
  show('card')
  expect(await screen.findByText('None goes out, unless it is chosen.')).toBeDefined()
  await userEvent.click(screen.getByRole('button', { name: 'Call the roll' }))
  const dialog = within(await screen.findByRole('dialog'))
  const button = dialog.getByRole('button', { name: 'Call the roll' })
  expect(button.hasAttribute('disabled')).toBe(true)
  await userEvent.click(dialog.getByRole('radio', { name: /^Test/ }))
  await userEvent.click(button)
  expect(await screen.findByText('comms on: messages to the teams')).toBeDefined()
  expect(posted).toMatchObject([{ body: { dueAt: null, comms: 'test' } }])
})

test('once it runs, its comms are said and not asked', async () => {
  now = uncalled({ messages: 'Comms are off: no message goes out.' })
  show('card')
  await userEvent.click(await screen.findByRole('button', { name: 'Call the roll' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByText('Comms are off: no message goes out.')).toBeDefined()
  expect(dialog.queryByRole('radio')).toBeNull()
  await userEvent.click(dialog.getByRole('button', { name: 'Call the roll' }))
  await vi.waitFor(() => expect(posted).toMatchObject([{ body: { comms: null } }]))
})
