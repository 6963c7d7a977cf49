import { useMutation, useQueryClient } from '@tanstack/react-query'
import { patch, post } from '../../api/client'
import { cacheKeys } from '../../api/queries'
import type { Migration, MigrationWords } from '../../api/types'
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
