import { useMutation, useQueryClient } from '@tanstack/react-query'
import { post } from '../../api/client'
import { cacheKeys } from '../../api/queries'
import type { PlanCommit, PlanImport } from '../../api/types'
import { api } from '../../lib/paths'

/** Two steps: look at what a file would do, then do just that. */
export function usePlanImport(migrationId: string) {
  const cache = useQueryClient()
  const look = useMutation({
    meta: { quiet: true },
    mutationFn: (file: File) => post<PlanImport>(api.planImports(migrationId, file.name), file),
  })
  const commit = useMutation({
    meta: { quiet: true },
    mutationFn: (id: string) => post<PlanCommit>(api.planImportCommit(id)),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: cacheKeys.plans(migrationId) })
      void cache.invalidateQueries({ queryKey: cacheKeys.migrations })
    },
  })
  return {
    look,
    commit,
    clear: () => {
      look.reset()
      commit.reset()
    },
  }
}
