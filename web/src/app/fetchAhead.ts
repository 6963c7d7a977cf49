/** Fetching views before they are looked at, so that they are there when the network is not. */
import type { LazyView } from './lazyView'

interface Connection { saveData?: boolean }

/** Long after the first screen: what is on it never waits for this. */
const restMs = 4_000

const idle = (what: () => void): void => {
  if (typeof window.requestIdleCallback === 'function') window.requestIdleCallback(what, { timeout: 10_000 })
  else window.setTimeout(what, 500)
}

/** Fetches them one after the other while the page rests; what cannot be had is left for when it is looked at. Returns how to stop. */
export function fetchAhead(views: readonly LazyView[]): () => void {
  const { connection } = navigator as Navigator & { connection?: Connection }
  // Who pays for each byte said so.
  if (connection?.saveData === true) return () => undefined
  let stopped = false
  const next = (i: number): void => {
    const view = views[i]
    if (stopped || view === undefined) return
    idle(() => { if (!stopped) void view.preload().then(() => next(i + 1)) })
  }
  const timer = window.setTimeout(() => next(0), restMs)
  return () => {
    stopped = true
    window.clearTimeout(timer)
  }
}
