import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useContext } from 'react'
import { post } from '../../api/client'
import { LiveContext, useSettle } from '../../api/live/context'
import { boardQuery, migrationsQuery } from '../../api/queries'
import type { Comms, Iteration, IterationAction, IterationAnswer } from '../../api/types'
import { api } from '../../lib/paths'

export interface IterationCommand {
  action: IterationAction
  reason?: string
  comms?: Comms
  rebase?: boolean
  takeSeconds?: number
  upcomingSeconds?: number
}

/** Sends a command for the whole iteration; what it answers is on screen at once, the rest follows by events. */
export function useIterationAction(iteration: Iteration) {
  const cache = useQueryClient()
  const settle = useSettle()
  const live = useContext(LiveContext)
  return useMutation({
    mutationFn: ({ action, ...body }: IterationCommand) =>
      post<IterationAnswer>(api.iterationAction(iteration.id, action), { version: iteration.version, ...body }),
    onSuccess: (answer) => {
      cache.setQueryData(boardQuery(iteration.id).queryKey, (board) =>
        board && answer.iteration.version > board.iteration.version
          ? { ...board, iteration: { ...board.iteration, version: answer.iteration.version, allowedActions: answer.iteration.allowedActions } }
          : board,
      )
      settle(iteration.id, answer.seq)
      void cache.invalidateQueries({ queryKey: migrationsQuery.queryKey })
    },
    // A refusal means that the screen is behind: it need not wait to be told.
    onError: () => void live?.catchUp(iteration.id),
  })
}
