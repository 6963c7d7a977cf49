import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useContext } from 'react'
import { patch } from '../../../api/client'
import { LiveContext, useSettle } from '../../../api/live/context'
import { cacheKeys } from '../../../api/queries'
import type { Iteration, IterationAnswer } from '../../../api/types'
import { api } from '../../../lib/paths'
import { say } from '../../../ui/notify'
import { sameTerms, type TermsChange } from './terms'

/**
 * Changes the terms as they were `seen` when the form was opened. A hold called meanwhile is no reason to refuse
 * it; other terms are.
 */
export function useTerms(seen: Iteration, now: Iteration, onDone: () => void) {
  const cache = useQueryClient()
  const settle = useSettle()
  const live = useContext(LiveContext)
  const { id, version } = sameTerms(seen, now) ? now : seen
  return useMutation({
    meta: { quiet: true },
    mutationFn: (change: TermsChange) => patch<IterationAnswer>(api.iteration(id), version, change),
    onSuccess: (answer) => {
      say(`The terms of ${answer.iteration.name} are changed.`)
      settle(id, answer.seq)
      void cache.invalidateQueries({ queryKey: cacheKeys.iteration(id) })
      void cache.invalidateQueries({ queryKey: cacheKeys.board(id) })
      void cache.invalidateQueries({ queryKey: cacheKeys.migrations })
      onDone()
    },
    // A refusal means that the screen is behind: it need not wait to be told.
    onError: () => void live?.catchUp(id),
  })
}
