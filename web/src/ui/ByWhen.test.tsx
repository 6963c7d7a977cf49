import { MantineProvider } from '@mantine/core'
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { noteServerTime } from '../lib/serverTime'
import { ByWhen } from './ByWhen'
import { ZoneProvider } from './zone'

const now = Date.parse('2026-11-22T01:00:00Z')
beforeEach(() => {
  localStorage.setItem('tminus-zone', 'utc')
  vi.useFakeTimers({ now, toFake: ['Date'] })
  noteServerTime(new Date().toISOString())
})
afterEach(() => {
  localStorage.clear()
  vi.useRealTimers()
})

function shown(more: Partial<Parameters<typeof ByWhen>[0]> = {}) {
  const onChange = vi.fn()
  render(<MantineProvider><ZoneProvider><ByWhen label="When" value={null} onChange={onChange} {...more} /></ZoneProvider></MantineProvider>)
  return onChange
}

test('a time of day is the next one, or the last one; what is none is told from nothing', async () => {
  const onChange = shown({ direction: 'past' })
  await userEvent.type(screen.getByLabelText('When'), '02:10')
  expect(onChange).toHaveBeenLastCalledWith(Date.parse('2026-11-21T02:10:00Z'))
  await userEvent.type(screen.getByLabelText('When'), '{Backspace}{Backspace}')
  expect(onChange).toHaveBeenLastCalledWith(undefined)
  await userEvent.clear(screen.getByLabelText('When'))
  expect(onChange).toHaveBeenLastCalledWith(null)
})

test('minutes are taken off now, or added to a deadline that is still to come', async () => {
  const past = shown({ direction: 'past', minutes: [5] })
  await userEvent.click(screen.getByRole('button', { name: '5 min ago' }))
  expect(past).toHaveBeenLastCalledWith(now - 300_000)
  const later = shown({ from: now + 60_000, minutes: [10] })
  await userEvent.click(screen.getByRole('button', { name: '+ 10 min' }))
  expect(later).toHaveBeenLastCalledWith(now + 660_000)
})
