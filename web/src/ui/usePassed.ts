import { useCallback, useSyncExternalStore } from 'react'
import { onServerTimeMoved, serverNow } from '../lib/serverTime'

/** Whether a moment is over by the server's clock; null = it is. Draws again once, when it passes: no clock runs besides. */
export function usePassed(at: number | null): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      let timer: number | undefined
      const wait = () => {
        window.clearTimeout(timer)
        const left = at === null ? 0 : at - serverNow()
        if (left > 0) timer = window.setTimeout(() => { listener(); wait() }, left)
      }
      wait()
      const stop = onServerTimeMoved(() => { wait(); listener() })
      return () => {
        window.clearTimeout(timer)
        stop()
      }
    },
    [at],
  )
  return useSyncExternalStore(subscribe, () => at === null || serverNow() >= at)
}
