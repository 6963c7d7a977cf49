import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import type { LiveStatus } from '../api/live/connection'
import { ApiProblem, unreachable } from '../api/problem'
import { createStore } from '../lib/store'
import { askAgainWhenBack } from './live'

const heard = (mode: LiveStatus['mode'], lastHeardAt: number): LiveStatus => ({ mode, lastHeardAt, since: 0, head: null })

test('what was not answered while the server was away is asked for again when it is back; what was refused is not', async () => {
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const status = createStore(heard('offline', 0))
  const stop = askAgainWhenBack(cache, { status })
  const away = vi.fn(() => Promise.reject(unreachable(false)))
  const refused = vi.fn(() => Promise.reject(new ApiProblem(403, {})))
  const observers = [away, refused].map((queryFn, i) => new QueryObserver(cache, { queryKey: [i], queryFn }).subscribe(() => undefined))
  await vi.waitFor(() => expect(cache.getQueryCache().getAll().map(({ state }) => state.status)).toEqual(['error', 'error']))
  away.mockImplementation(() => Promise.resolve('here') as never)
  status.set(heard('reconnecting', 1))
  expect(away).toHaveBeenCalledTimes(1)
  status.set(heard('live', 2))
  await vi.waitFor(() => expect(cache.getQueryData([0])).toBe('here'))
  expect([away.mock.calls.length, refused.mock.calls.length]).toEqual([2, 1])
  for (const end of [...observers, stop]) end()
})
