/** What is typed and not saved, by iteration: it outlives a look at another view, but not the page itself. */
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { createStore } from '../../lib/store'
import type { Draft } from './model'

const none: Draft = new Map()
const drafts = createStore<ReadonlyMap<string, Draft>>(new Map())

export function keepDraft(iterationId: string, draft: Draft): void {
  const next = new Map(drafts.get())
  if (draft.size === 0) next.delete(iterationId)
  else next.set(iterationId, draft)
  drafts.set(next)
}

export const draftOf = (iterationId: string): Draft => drafts.get().get(iterationId) ?? none

/** The draft of an iteration, and how to change it. Leaving the page asks first while there is one. */
export function useDraft(iterationId: string): [Draft, (change: (draft: Draft) => Draft) => void] {
  const draft = useSyncExternalStore(drafts.subscribe, () => draftOf(iterationId))
  const set = useCallback((change: (draft: Draft) => Draft) => keepDraft(iterationId, change(draftOf(iterationId))), [iterationId])
  const anything = draft.size > 0
  useEffect(() => {
    if (!anything) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [anything])
  return [draft, set]
}
