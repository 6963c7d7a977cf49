import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Comment } from '../../api/types'
import { Conversation } from './Conversation'

const base: Comment = {
  id: 'a', stepCode: 'TRT-1', kind: 'comment', body: '<b>Hi</b> @DBA', by: 'Dana', at: '2026-11-22T01:00:00Z', editedAt: null, deletedAt: null,
  mentions: [{ target: 't', kind: 'team', name: 'DBA' }], version: 3, allowedActions: ['edit', 'delete'],
}
const known = { people: [{ id: 'd', name: 'Dana Ruiz', teams: ['DBA'] }], teams: [{ id: 't', code: 'DBA', name: 'Databases' }] }
let items: Comment[] = []
let mayAdd = true
let asked: { method: string; url: string; body: unknown; match: string | undefined }[] = []
let refusal: Response | null = null

beforeEach(() => {
  items = [base]
  mayAdd = true
  asked = []
  refusal = null
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    if (url.endsWith('/mentionables')) return Promise.resolve(Response.json(known))
    if (init.method === 'GET') return Promise.resolve(Response.json({ items, next: null, mayAdd }))
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null
    asked.push({ method: init.method ?? '', url, body, match: (init.headers as Record<string, string>)['If-Match'] })
    return Promise.resolve(refusal ?? Response.json({ comment: base, unknown: ['nobody'] }))
  })
})
afterEach(() => vi.unstubAllGlobals())

async function show(stepCode?: string) {
  render(
    <MantineProvider><QueryClientProvider client={new QueryClient()}>
      <Conversation iterationId="i" {...(stepCode === undefined ? {} : { stepCode })} />
    </QueryClientProvider></MantineProvider>,
  )
  await screen.findAllByRole('listitem')
}

test('what was said is text, with the names in it told apart; the step is named where several are listed', async () => {
  await show()
  const item = screen.getByRole('listitem')
  expect(item.querySelector('p')?.textContent).toBe('<b>Hi</b> @DBA')
  expect(within(item).getByText('@DBA').tagName).toBe('B')
  expect(within(item).getByText('TRT-1')).toBeDefined()
})

test('an @ opens the list; Enter chooses, Ctrl+Enter sends, and who names nobody is told so', async () => {
  await show('TRT-1')
  const box = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Comment on TRT-1' })
  await userEvent.type(box, 'Ask @dan')
  expect(await screen.findByRole('option', { name: /Dana Ruiz/ })).toBeDefined()
  await userEvent.keyboard('{Enter}')
  expect(box.value).toBe('Ask @Dana Ruiz ')
  await userEvent.type(box, 'or @nobody')
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  expect(await screen.findByText(/@nobody names nobody here/)).toBeDefined()
  expect(asked).toMatchObject([{ method: 'POST', body: { body: 'Ask @Dana Ruiz or @nobody', kind: 'comment', stepCode: 'TRT-1' } }])
  expect(box.value).toBe('')
})

test('what is refused stays in the box, with the reason', async () => {
  refusal = Response.json({ title: 'Conflict', detail: 'RUN1 was closed.' }, { status: 409, headers: { 'content-type': 'application/problem+json' } })
  await show()
  const box = screen.getByRole<HTMLTextAreaElement>('textbox')
  await userEvent.type(box, 'One more')
  await userEvent.click(screen.getByRole('button', { name: /^Comment/ }))
  expect(await screen.findByText('RUN1 was closed.')).toBeDefined()
  expect(box.value).toBe('One more')
})

test('one edits as it was read, and deleting asks once more', async () => {
  await show()
  await userEvent.click(screen.getByRole('button', { name: 'Edit' }))
  const box = screen.getByRole('textbox', { name: 'Edit your comment' })
  await userEvent.clear(box)
  await userEvent.type(box, 'Ho')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await screen.findByRole('button', { name: 'Delete' })
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }))
  expect(asked).toHaveLength(1)
  items = [{ ...base, body: '', deletedAt: '2026-11-22T01:10:00Z', allowedActions: [] }]
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }))
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  expect(asked[0]).toMatchObject({ method: 'PATCH', body: { body: 'Ho' }, match: '"3"' })
  expect(asked[1]).toMatchObject({ method: 'DELETE' })
  expect(asked[1]?.url).toContain('/comments/a?version=3')
  expect(await screen.findByText(/^Deleted by Dana, /)).toBeDefined()
  expect(screen.queryByText('Delete it?')).toBeNull()
})

test('what was deleted keeps its place; who may not say anything has no box', async () => {
  items = [{ ...base, body: '', deletedAt: '2026-11-22T01:10:00Z', allowedActions: [] }]
  mayAdd = false
  await show()
  expect(screen.getByText(/^Deleted by Dana, /)).toBeDefined()
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull()
})
