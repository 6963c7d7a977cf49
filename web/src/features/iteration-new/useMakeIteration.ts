import { useMutation, useQueryClient } from '@tanstack/react-query'
import { post } from '../../api/client'
import { cacheKeys } from '../../api/queries'
import type { Iteration, IterationAnswer, IterationKind } from '../../api/types'
import { api } from '../../lib/paths'
import { say } from '../../ui/notify'

export interface NewIteration {
  planVersionId: string
  name: string
  kind: IterationKind
  plannedStart: string
  windowStart: string | null
  windowEnd: string | null
  /** By environment role, the code of what it is in this iteration. */
  environments: Record<string, string>
}

/** Both change what the list of migrations shows. */
function useTold(words: (iteration: Iteration) => string, onDone: () => void) {
  const cache = useQueryClient()
  return async ({ iteration }: IterationAnswer) => {
    say(words(iteration))
    void cache.invalidateQueries({ queryKey: cacheKeys.iteration(iteration.id) })
    void cache.invalidateQueries({ queryKey: cacheKeys.board(iteration.id) })
    await cache.invalidateQueries({ queryKey: cacheKeys.migrations })
    onDone()
  }
}

/** Freezes an approved plan version as an iteration. */
export function useMakeIteration(onDone: () => void) {
  const told = useTold((iteration) => `${iteration.name} was made. Schedule it to freeze its baseline.`, onDone)
  return useMutation({
    meta: { quiet: true },
    mutationFn: (made: NewIteration) => post<IterationAnswer>(api.iterations(), made),
    onSuccess: told,
  })
}

/** Schedules an iteration that is being planned; from then on its baseline stands. */
export function useSchedule(iteration: { id: string; version: number }, onDone: () => void) {
  const told = useTold(({ name }) => `${name} is scheduled; its baseline is frozen.`, onDone)
  return useMutation({
    meta: { quiet: true },
    mutationFn: (plannedStart: string) =>
      post<IterationAnswer>(api.iterationAction(iteration.id, 'schedule'), { version: iteration.version, plannedStart }),
    onSuccess: told,
  })
}
