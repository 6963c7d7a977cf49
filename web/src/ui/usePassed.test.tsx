import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { noteServerTime } from '../lib/serverTime'
import { usePassed } from './usePassed'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  noteServerTime(new Date().toISOString())
})
afterEach(() => { vi.useRealTimers() })

test('it is drawn once more when the moment passes, and no clock runs before or after', () => {
  let draws = 0
  const { result } = renderHook(() => { draws += 1; return usePassed(60_000) })
  act(() => { vi.advanceTimersByTime(59_000) })
  expect([result.current, draws]).toEqual([false, 1])
  act(() => { vi.advanceTimersByTime(2_000) })
  expect([result.current, draws, vi.getTimerCount()]).toEqual([true, 2, 0])
})

test('what has no moment, or one that is over, needs no timer', () => {
  expect([renderHook(() => usePassed(null)).result.current, renderHook(() => usePassed(-1)).result.current]).toEqual([true, true])
  expect(vi.getTimerCount()).toBe(0)
})
