import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useContext } from 'react'
import { patch, post } from '../../api/client'
import { LiveContext } from '../../api/live/context'
import { useOnce } from '../../api/useOnce'
import { cacheKeys } from '../../api/queries'
import type { Answer, Decision, GateTerms, NewPoll, StepAnswer } from '../../api/types'
import { api } from '../../lib/paths'

/** The list is fetched anew after every change, also after a refused one: then somebody else was first. Until it is, the change is under way. */
function useAgain(iterationId: string) {
  const cache = useQueryClient()
  return () => cache.invalidateQueries({ queryKey: cacheKeys.decisions(iterationId) })
}

export function useAnswerDecision(decision: Decision) {
  const again = useAgain(decision.iterationId)
  const live = useContext(LiveContext)
  return useOnce(useMutation({
    meta: { quiet: true },
    mutationFn: (given: { answer: Answer; reason: string }) => post<StepAnswer>(api.answer(decision.id), given),
    onSuccess: ({ events }) => live?.arrived(decision.iterationId, events),
    onSettled: again,
  }))
}

export type Act =
  | { act: 'remind' }
  | { act: 'extend'; deadline: string }
  | { act: 'withdraw'; reason: string }

export function useKeepDecision(decision: Decision, onDone: () => void) {
  const again = useAgain(decision.iterationId)
  return useOnce(useMutation({
    meta: { quiet: true },
    mutationFn: ({ act, ...said }: Act) => post<Decision>(api.decisionAct(decision.id, act), { ...said, version: decision.version }),
    onSuccess: onDone,
    onSettled: again,
  }))
}

export function useAskPoll(iterationId: string, onDone: () => void) {
  const again = useAgain(iterationId)
  return useOnce(useMutation({
    meta: { quiet: true },
    mutationFn: (poll: NewPoll) => post<Decision>(api.decisions(iterationId), poll),
    onSuccess: onDone,
    onSettled: again,
  }))
}

export function useSetTerms(decision: Decision, onDone: () => void) {
  const again = useAgain(decision.iterationId)
  return useOnce(useMutation({
    meta: { quiet: true },
    mutationFn: (terms: GateTerms) => patch<Decision>(api.decision(decision.id), decision.version, terms),
    onSuccess: onDone,
    onSettled: again,
  }))
}
