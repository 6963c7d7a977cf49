import { useMutation, useQueryClient } from '@tanstack/react-query'
import { post } from '../../api/client'
import { spoken } from '../../api/spoken'
import type { Comms, RollCallNow } from '../../api/types'
import { spokenApi } from '../../lib/spokenPaths'

/** The answer is the roll-call as it is now: it goes straight where the screens read it. */
function useKept(iterationId: string) {
  const cache = useQueryClient()
  return {
    onSuccess: (now: RollCallNow) => cache.setQueryData(spoken.rollCall(iterationId), now),
    onError: () => void cache.invalidateQueries({ queryKey: spoken.rollCall(iterationId) }),
  }
}

/** Says that a team is here. */
export function useHere(iterationId: string) {
  return useMutation({
    mutationFn: ({ teamId, note = '' }: { teamId: string; note?: string }) => post<RollCallNow>(spokenApi.rollCallHere(iterationId, teamId), { note }),
    ...useKept(iterationId),
  })
}

/** Calls the roll, due at a time or at none; `comms` only where the iteration has none yet. */
export function useOpenRollCall(iterationId: string, onDone: () => void) {
  const kept = useKept(iterationId)
  return useMutation({
    meta: { quiet: true },
    mutationFn: (asked: { dueAt: string | null; comms: Comms | null }) => post<RollCallNow>(spokenApi.rollCall(iterationId), asked),
    onSuccess: (now) => {
      kept.onSuccess(now)
      onDone()
    },
    onError: kept.onError,
  })
}

export function useCloseRollCall(iterationId: string) {
  return useMutation({ mutationFn: () => post<RollCallNow>(spokenApi.rollCallClose(iterationId)), ...useKept(iterationId) })
}
