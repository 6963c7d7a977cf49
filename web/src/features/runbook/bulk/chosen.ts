import { useSyncExternalStore } from 'react'
import { createStore } from '../../../lib/store'

/** Steps chosen to be acted on at once, by their keys; each row hears only of itself. */
const chosen = createStore<ReadonlySet<string>>(new Set())

export const toggleChosen = (ids: readonly string[]): void => {
  const next = new Set(chosen.get())
  const all = ids.every((id) => next.has(id))
  for (const id of ids) {
    if (all) next.delete(id)
    else next.add(id)
  }
  chosen.set(next)
}

export const clearChosen = (): void => chosen.set(new Set())

export const anyChosen = (): boolean => chosen.get().size > 0

export const useChosen = (): ReadonlySet<string> => useSyncExternalStore(chosen.subscribe, chosen.get)

export const useIsChosen = (id: string): boolean =>
  useSyncExternalStore(chosen.subscribe, () => chosen.get().has(id))
