import { MantineProvider } from '@mantine/core'
import { act, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import type { LiveConnection, LiveStatus } from '../api/live/connection'
import { LiveContext } from '../api/live/context'
import { createStore } from '../lib/store'
import { fetchAhead } from './fetchAhead'
import { lazyView } from './lazyView'

const status = (mode: LiveStatus['mode']): LiveStatus => ({ mode, lastHeardAt: 0, since: 0, head: null })
const Gantt = () => <p>The Gantt</p>

function stage(load: () => Promise<{ Gantt: typeof Gantt }>) {
  const live = createStore(status('offline'))
  const View = lazyView(load, 'Gantt')
  const shown = render(<MantineProvider><LiveContext value={{ status: live } as LiveConnection}><View /></LiveContext></MantineProvider>)
  return { live, View, ...shown }
}

test('a view that cannot be loaded says so in its place, and loads by itself when the connection is back', async () => {
  let there = false
  const { live } = stage(() => (there ? Promise.resolve({ Gantt }) : Promise.reject(new TypeError('Unable to preload CSS for /assets/GanttPage.css'))))
  expect((await screen.findByTestId('not-loaded')).textContent).toContain('The server cannot be reached. Nothing is lost.')
  there = true
  act(() => live.set(status('live')))
  expect(await screen.findByText('The Gantt')).toBeTruthy()
})

test('fetched ahead, it is there though the network is gone', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const load = vi.fn(() => Promise.resolve({ Gantt }))
  const View = lazyView(load, 'Gantt')
  const stop = fetchAhead([View])
  // Nothing is asked for while the first screen is made.
  expect(load).not.toHaveBeenCalled()
  await vi.runAllTimersAsync()
  vi.useRealTimers()
  stop()
  expect(load).toHaveBeenCalledTimes(1)
  load.mockRejectedValue(new Error('gone'))
  render(<MantineProvider><View /></MantineProvider>)
  expect(screen.getByText('The Gantt')).toBeTruthy()
})
