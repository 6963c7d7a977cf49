import { useMutation, useQueryClient } from '@tanstack/react-query'
import { post, remove } from '../../api/client'
import { planKeys } from '../../api/plan'
import { cacheKeys } from '../../api/queries'
import { api } from '../../lib/paths'

/** What shows a migration's versions anew: the lists, and whichever version is open. */
export function useVersionsChanged(migrationId: string) {
  const cache = useQueryClient()
  return () => {
    void cache.invalidateQueries({ queryKey: planKeys.versions })
    return cache.invalidateQueries({ queryKey: cacheKeys.plans(migrationId) })
  }
}

/** Begins a draft from a version. A plan has one draft at most: the refusal names the one there is. */
export function useNewDraft(migrationId: string, planId: string, onMade: (draft: { id: string; number: number }) => void) {
  const changed = useVersionsChanged(migrationId)
  return useMutation({
    meta: { quiet: true },
    mutationFn: (basedOn: string) => post<{ id: string; number: number }>(api.planDrafts(planId), { basedOn }),
    onSuccess: async (draft) => {
      await changed()
      onMade(draft)
    },
    onError: () => void changed(),
  })
}

/** Withdraws a draft; at `version` where the work of others goes with it. */
export function useDiscard(migrationId: string, versionId: string, onDone: () => void) {
  const cache = useQueryClient()
  return useMutation({
    meta: { quiet: true },
    mutationFn: (version: number | undefined) => remove(api.planVersionRemove(versionId, version)),
    onSuccess: async () => {
      onDone()
      cache.removeQueries({ queryKey: planKeys.edits(versionId) })
      cache.removeQueries({ queryKey: planKeys.version(versionId) })
      await cache.invalidateQueries({ queryKey: cacheKeys.plans(migrationId) })
    },
  })
}
