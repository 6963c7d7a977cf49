import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { row } from '../../../tests/board'
import { myWorkQuery } from '../../api/queries'
import type { MyWork, WorkItem } from '../../api/types'
import { serverNow } from '../../lib/serverTime'
import { closeNotice, useNotices } from './notices'
import { TaskTicks } from './TaskTicks'
import { WorkButtons } from './WorkButtons'

const item = (): WorkItem => ({
  iteration: { id: 'i', name: 'DR1', state: 'live', migrationId: 'm', migrationName: 'ERP', zone: 'UTC' },
  step: row('TRT-1', { id: 's', name: 'Load', state: 'in_progress', version: 7, teamId: 't', relation: 'team', allowedActions: ['complete', 'fail'] }),
  teamName: 'DBA',
  tasks: [{ id: 'k', stepId: 's', code: 'TRT-1-1', title: 'Count rows', instructions: '', teamId: null, required: true, state: 'open', nominee: null, controls: [], doneBy: null, doneAt: null, reason: null, version: 3, allowedActions: ['done'] }],
  instructions: '',
  before: [],
})

/** The server, which is the outside world here: a list of one step, and presses that are answered when the test says so. */
class Server {
  work: MyWork = { now: '2026-11-20T23:00:00Z', decisions: [], groups: { doNow: [item()], next: [], later: [] }, heads: [] }
  presses: { url: string; body: unknown; answer: (status: number, body: unknown) => void }[] = []

  fetch = (url: string, init: RequestInit): Promise<Response> => {
    if (init.method === 'GET') return Promise.resolve(Response.json(this.work))
    return new Promise((resolve) => {
      const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null
      this.presses.push({ url, body, answer: (status, given) => resolve(Response.json(given, { status })) })
    })
  }

  press(n: number) {
    const press = this.presses[n]
    if (!press) throw new Error(`no press ${n} has come`)
    return press
  }
}

function Screen() {
  const first = useQuery(myWorkQuery).data?.groups.doNow[0]
  const notices = useNotices()
  return (
    <>
      {first ? <><TaskTicks item={first} off={false} zone="UTC" /><WorkButtons item={first} whyOff={null} /></> : <p>none</p>}
      {notices.map(({ code, problem }) => <p key={code} role="alert">{code}: {problem.detail}</p>)}
    </>
  )
}

let server: Server
beforeEach(async () => {
  server = new Server()
  vi.stubGlobal('fetch', server.fetch)
  render(<MantineProvider><QueryClientProvider client={new QueryClient()}><Screen /></QueryClientProvider></MantineProvider>)
  await screen.findByRole('button', { name: 'Done TRT-1' })
})
afterEach(() => {
  closeNotice('s')
  vi.unstubAllGlobals()
})

test('Done names the version that was seen, and is under way until the list shows what it did', async () => {
  await userEvent.click(screen.getByRole('button', { name: 'Done TRT-1' }))
  expect(screen.getByText('Completing…')).toBeDefined()
  expect(server.press(0)).toMatchObject({ url: '/api/v1/iterations/i/steps/TRT-1/complete', body: { version: 7 } })
  server.work = { ...server.work, groups: { doNow: [], next: [], later: [] } }
  server.press(0).answer(200, { seq: 9, events: [] })
  await screen.findByText('none')
})

test('who loses the race is told what happened, even when the step has left the list', async () => {
  await userEvent.click(screen.getByRole('button', { name: 'Done TRT-1' }))
  server.work = { ...server.work, groups: { doNow: [], next: [], later: [] } }
  server.press(0).answer(409, { code: 'step_changed', title: 'Changed', detail: 'Dana has failed it at 02:10.' })
  await screen.findByText('none')
  expect(screen.getByRole('alert').textContent).toBe('TRT-1: Dana has failed it at 02:10.')
})

test('a tick is shown only when the server has said so, and holds Done back until then', async () => {
  const box = () => screen.getByRole('checkbox', { name: /Count rows/ })
  await userEvent.click(box())
  expect(server.press(0)).toMatchObject({ url: '/api/v1/iterations/i/steps/TRT-1/tasks/TRT-1-1/done', body: { version: 3 } })
  expect(box().getAttribute('aria-checked')).toBe('false')
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Done TRT-1' }).disabled).toBe(true)
  const ticked = item()
  ticked.tasks = ticked.tasks.map((task) => ({ ...task, state: 'done', version: 4, allowedActions: ['undone'] }))
  ticked.step = { ...ticked.step, version: 8, tasksDone: 1 }
  server.work = { ...server.work, groups: { doNow: [ticked], next: [], later: [] } }
  server.press(0).answer(200, { seq: 9, events: [] })
  await waitFor(() => expect(box().getAttribute('aria-checked')).toBe('true'))
  await waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Done TRT-1' }).disabled).toBe(false))
})

test('a problem needs words before it is sent', async () => {
  await userEvent.click(screen.getByRole('button', { name: 'Problem TRT-1' }))
  const send = await screen.findByRole<HTMLButtonElement>('button', { name: 'Report the problem' })
  await userEvent.type(screen.getByLabelText(/What is wrong/), '   ')
  expect(send.disabled).toBe(true)
  await userEvent.type(screen.getByLabelText(/What is wrong/), 'Disk full')
  await userEvent.click(send)
  expect(server.press(0)).toMatchObject({ url: '/api/v1/iterations/i/steps/TRT-1/fail', body: { version: 7, reason: 'Disk full' } })
})

test('a problem that may end is reported as blocked, with when it should go on', async () => {
  server.work = { ...server.work, groups: { doNow: [{ ...item(), step: { ...item().step, code: 'TRT-2', allowedActions: ['complete', 'block', 'fail'] } }], next: [], later: [] } }
  document.body.textContent = ''
  render(<MantineProvider><QueryClientProvider client={new QueryClient()}><Screen /></QueryClientProvider></MantineProvider>)
  await userEvent.click(await screen.findByRole('button', { name: 'Problem TRT-2' }))
  await userEvent.type(await screen.findByLabelText(/What is wrong/), 'Vendor locked')
  await userEvent.click(screen.getByLabelText('30 min'))
  const before = serverNow()
  await userEvent.click(screen.getByRole('button', { name: 'Report the problem' }))
  const { url, body } = server.press(0)
  expect(url).toBe('/api/v1/iterations/i/steps/TRT-2/block')
  expect(body).toMatchObject({ version: 7, reason: 'Vendor locked' })
  const at = Date.parse((body as { expectedAt: string }).expectedAt) - before
  expect(Math.abs(at - 30 * 60_000)).toBeLessThan(10_000)
})
