import { useSyncExternalStore } from 'react'
import { createStore } from '../../lib/store'
import type { ApiProblem } from '../../api/problem'
import type { StepAction, StepRow } from '../../api/types'

/** What tells one state of a step from the next. */
type Seen = Pick<StepRow, 'id' | 'version'>

interface UnderWay {
  action: StepAction
  version: number
  /** It was pressed again meanwhile: that is said, and nothing more is sent. */
  again: boolean
}

/**
 * Which step has an action under way: the row and the panel show it at once, and never as done. It is under way only
 * for the version that was seen when the button was pressed: the event may come before the answer, and whoever sees
 * the new state may press its next button at once.
 */
const pending = createStore<ReadonlyMap<string, UnderWay>>(new Map())

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

export const setPending = ({ id, version }: Seen, action: StepAction): void =>
  pending.set(put(pending.get(), id, { action, version, again: false }))

/** The action pressed on this version was answered; one pressed since on a newer version stays under way. */
export const clearPending = ({ id, version }: Seen): void => {
  if (pending.get().get(id)?.version === version) pending.set(put(pending.get(), id, null))
}

export const setNotice = (stepId: string, problem: ApiProblem | null): void =>
  notices.set(put(notices.get(), stepId, problem))

const found = ({ id, version }: Seen): UnderWay | undefined => {
  const one = pending.get().get(id)
  return one?.version === version ? one : undefined
}

const underWay = (row: Seen): StepAction | undefined => found(row)?.action

export const isPending = (row: Seen): boolean => underWay(row) !== undefined

/** Notes that somebody pressed while an action is under way; returns that action. */
export function notePressedAgain(row: Seen): StepAction | undefined {
  const one = found(row)
  if (one && !one.again) pending.set(put(pending.get(), row.id, { ...one, again: true }))
  return one?.action
}

/** The action under way for a step whose button was pressed again meanwhile. */
export const useStillSaving = (row: Seen | undefined): StepAction | undefined =>
  useSyncExternalStore(pending.subscribe, () => {
    const one = row && found(row)
    return one?.again ? one.action : undefined
  })

/** The action under way for a step; renders only when that step's changes. */
export const usePending = (row: Seen): StepAction | undefined =>
  useSyncExternalStore(pending.subscribe, () => underWay(row))

export const useNotice = (stepId: string): ApiProblem | undefined =>
  useSyncExternalStore(notices.subscribe, () => notices.get().get(stepId))
