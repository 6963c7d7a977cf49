import { useMutation, useQueryClient } from '@tanstack/react-query'
import { patch, post } from '../../api/client'
import { cacheKeys } from '../../api/queries'
import type { Migration, MigrationAction, MigrationWords } from '../../api/types'
import { migrationApi } from '../../lib/migrationPaths'
import { api } from '../../lib/paths'

export interface MigrationFields {
  key: string
  name: string
  description: string
  zone: string
}

/** Makes a migration, or changes the words of one as they were read; its key stays. */
export function useSaveMigration(migration: Migration | null, onDone: (saved: MigrationWords) => void) {
  const cache = useQueryClient()
  return useMutation({
    meta: { quiet: true },
    mutationFn: ({ key, ...words }: MigrationFields) =>
      migration ? patch<MigrationWords>(api.migration(migration.id), migration.version, words) : post<MigrationWords>(api.migrations(), { key, ...words }),
    onSuccess: async (saved) => {
      await cache.invalidateQueries({ queryKey: cacheKeys.migrations })
      onDone(saved)
    },
    // Somebody else changed it meanwhile: what is there now is shown behind the dialog.
    onError: () => void cache.invalidateQueries({ queryKey: cacheKeys.migrations }),
  })
}

/** Says of a migration as a whole that it is completed, has failed or goes on, as it was seen. */
export function useMigrationAction(migrationId: string) {
  const cache = useQueryClient()
  return useMutation({
    meta: { quiet: true },
    mutationFn: (said: { action: MigrationAction; reason: string; version: number }) => post<Migration>(migrationApi.status(migrationId), said),
    // After a refusal too: then somebody else was first.
    onSettled: () => cache.invalidateQueries({ queryKey: cacheKeys.migrations }),
  })
}
