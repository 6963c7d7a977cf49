import { createContext, useContext, useEffect, useSyncExternalStore } from 'react'
import type { LiveConnection, LiveStatus } from './connection'

/** Filled by the app with the one live connection; null while nobody is signed in. */
export const LiveContext = createContext<LiveConnection | null>(null)

const nothing: LiveStatus = { mode: 'connecting', lastHeardAt: null, since: 0, head: null }
const never = () => () => undefined

/** How fresh the page is. Renders again when that changes. */
export function useLiveStatus(): LiveStatus {
  const live = useContext(LiveContext)
  return useSyncExternalStore(live?.status.subscribe ?? never, live?.status.get ?? (() => nothing))
}

/** Why actions are off just now, in words; null when they are on. */
export function useWhyOffline(): string | null {
  return useLiveStatus().mode === 'offline' ? 'You are offline: nothing can be changed until the server answers again.' : null
}

/** Keeps an iteration fresh while the caller is on screen. `after` is the number of what is in the cache. */
export function useWatchIteration(migrationId: string | undefined, iterationId: string | undefined, after: number | undefined): void {
  const live = useContext(LiveContext)
  const ready = after !== undefined
  useEffect(() => {
    if (!live || !migrationId || !iterationId || after === undefined) return
    return live.watch(migrationId, iterationId, after)
    // `after` moves with each event; only its first value, once there, starts the watch.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- as said above
  }, [live, migrationId, iterationId, ready])
}

/** After a command was answered with `seq`: makes sure its events reach the cache even if the websocket is slow. */
export function useSettle(): (iterationId: string, seq: number) => void {
  const live = useContext(LiveContext)
  return (iterationId, seq) => {
    if (!live || live.last(iterationId) >= seq) return
    window.setTimeout(() => {
      if (live.last(iterationId) < seq) void live.catchUp(iterationId)
    }, 120)
  }
}
