import { useSyncExternalStore } from 'react'
import { createStore } from '../../lib/store'
import type { ApiProblem } from '../../api/problem'
import type { StepAction } from '../../api/types'

/** Which step has an action under way: the row and the panel show it at once, and never as done. */
const pending = createStore<ReadonlyMap<string, StepAction>>(new Map())

/** Lost races and refusals by step id; they stay until they are closed. */
const notices = createStore<ReadonlyMap<string, ApiProblem>>(new Map())

/** The step whose decision somebody asked to answer: its box takes the focus once it is there. */
const deciding = createStore<string | null>(null)
export const askDecision = (stepId: string | null): void => deciding.set(stepId)
export const useDecisionAsked = (stepId: string): boolean =>
  useSyncExternalStore(deciding.subscribe, () => deciding.get() === stepId)

function put<T>(map: ReadonlyMap<string, T>, key: string, value: T | null): ReadonlyMap<string, T> {
  const next = new Map(map)
  if (value === null) next.delete(key)
  else next.set(key, value)
  return next
}

export const setPending = (stepId: string, action: StepAction | null): void =>
  pending.set(put(pending.get(), stepId, action))

export const setNotice = (stepId: string, problem: ApiProblem | null): void =>
  notices.set(put(notices.get(), stepId, problem))

export const isPending = (stepId: string): boolean => pending.get().has(stepId)

/** The action under way for a step; renders only when that step's changes. */
export const usePending = (stepId: string): StepAction | undefined =>
  useSyncExternalStore(pending.subscribe, () => pending.get().get(stepId))

export const useNotice = (stepId: string): ApiProblem | undefined =>
  useSyncExternalStore(notices.subscribe, () => notices.get().get(stepId))
