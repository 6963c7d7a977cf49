import { useMutation, useQueryClient } from '@tanstack/react-query'
import { post } from '../../../api/client'
import { cacheKeys } from '../../../api/queries'
import type { NewSubstitute, Substitute } from '../../../api/types'
import { api } from '../../../lib/paths'

/** The list, and oneself: one may be the substitute that was named. */
function useChanged(migrationId: string) {
  const cache = useQueryClient()
  return () => {
    void cache.invalidateQueries({ queryKey: cacheKeys.session })
    return cache.invalidateQueries({ queryKey: cacheKeys.substitutes(migrationId) })
  }
}

export function useNameSubstitute(migrationId: string, onDone: (made: Substitute) => void) {
  const changed = useChanged(migrationId)
  return useMutation({
    meta: { quiet: true },
    mutationFn: (made: NewSubstitute) => post<Substitute>(api.substitutes(migrationId), made),
    onSuccess: async (made) => {
      await changed()
      onDone(made)
    },
  })
}

export function useEndSubstitute(migrationId: string, one: Substitute, onDone: () => void) {
  const changed = useChanged(migrationId)
  return useMutation({
    meta: { quiet: true },
    mutationFn: () => post<Substitute>(api.substituteEnd(migrationId, one.id)),
    onSuccess: async () => {
      await changed()
      onDone()
    },
    onError: () => void changed(),
  })
}
