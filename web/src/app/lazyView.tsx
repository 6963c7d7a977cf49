import { type ComponentType, type ReactNode, useEffect, useSyncExternalStore } from 'react'
import { useLiveStatus } from '../api/live/context'
import { createStore } from '../lib/store'
import { LoadingRows } from '../ui/states'
import { NotLoaded } from './NotLoaded'

interface Loaded {
  view: ComponentType | null
  /** How often in a row it could not be had. */
  failures: number
}

/** What takes part of the page's code from the server; a view that may be asked for before it is needed. */
export type LazyView = (() => ReactNode) & { preload: () => Promise<void> }

// A style sheet that did not come would stand in the page for ever, and keep the next try from asking for it.
window.addEventListener('error', ({ target }) => {
  if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') target.remove()
}, true)

/** A moment between tries while the server seems to be there. */
const retryMs = 3_000

/**
 * A view whose code is fetched when it is first looked at. Where it cannot be had, that is said in its place and
 * nowhere else, it is tried again by itself, and all other views stay as they are: the page is never loaded anew for it.
 */
export function lazyView<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name): LazyView {
  const store = createStore<Loaded>({ view: null, failures: 0 })
  let job: Promise<void> | null = null

  const preload = (): Promise<void> => {
    if (store.get().view !== null) return Promise.resolve()
    job ??= load()
      .then((found) => store.set({ view: found[name], failures: 0 }))
      .catch(() => store.set({ view: null, failures: store.get().failures + 1 }))
      .finally(() => { job = null })
    return job
  }

  function View() {
    const { view: Found, failures } = useSyncExternalStore(store.subscribe, store.get)
    const { mode } = useLiveStatus()
    const answers = mode === 'live' || mode === 'polling'
    const worthIt = answers || mode === 'connecting'
    const missing = Found === null
    useEffect(() => {
      if (!missing) return
      if (failures === 0) void preload()
      else if (worthIt) {
        const timer = window.setTimeout(() => void preload(), failures === 1 ? 300 : retryMs)
        return () => window.clearTimeout(timer)
      }
    }, [missing, failures, worthIt])
    if (Found !== null) return <Found />
    return failures === 0 ? <LoadingRows /> : <NotLoaded failures={failures} there={answers} onRetry={() => void preload()} />
  }
  return Object.assign(View, { preload })
}
