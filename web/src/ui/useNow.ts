import { useCallback, useSyncExternalStore } from 'react'
import { onServerTimeMoved, serverNow } from '../lib/serverTime'

/** The server's now in milliseconds, rounded down to the step, renewed each step. Default: each second. */
export function useNow(stepMs = 1000): number {
  const subscribe = useCallback(
    (listener: () => void) => {
      const timer = window.setInterval(listener, Math.min(stepMs, 1000))
      const stop = onServerTimeMoved(listener)
      return () => {
        window.clearInterval(timer)
        stop()
      }
    },
    [stepMs],
  )
  return useSyncExternalStore(subscribe, () => Math.floor(serverNow() / stepMs) * stepMs)
}
