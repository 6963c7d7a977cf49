import { useMutation, useQueryClient } from '@tanstack/react-query'
import { patch, post, remove } from '../../api/client'
import { type CatalogueItem, type CatalogueKind, planKeys } from '../../api/plan'
import { api } from '../../lib/paths'

/** What shows an entry anew: its list, and the versions that name it. */
function useChanged(migrationId: string, kind: CatalogueKind) {
  const cache = useQueryClient()
  return () => {
    void cache.invalidateQueries({ queryKey: planKeys.versions })
    return cache.invalidateQueries({ queryKey: planKeys.catalogue(migrationId, kind) })
  }
}

/** Adds an entry, or gives one as it was read another name. */
export function useSaveEntry(migrationId: string, kind: CatalogueKind, entry: CatalogueItem | null, onDone: () => void) {
  const changed = useChanged(migrationId, kind)
  return useMutation({
    meta: { quiet: true },
    mutationFn: ({ code, name }: { code: string; name: string }) =>
      entry
        ? patch<CatalogueItem>(api.catalogueItem(kind, entry.id), entry.version, { name })
        : post<CatalogueItem>(api.catalogue(migrationId, kind), { code, name }),
    onSuccess: async () => {
      await changed()
      onDone()
    },
    onError: () => void changed(),
  })
}

/** Removes an entry that nothing uses; else the refusal says what does. */
export function useRemoveEntry(migrationId: string, kind: CatalogueKind, entry: CatalogueItem, onDone: () => void) {
  const changed = useChanged(migrationId, kind)
  return useMutation({
    meta: { quiet: true },
    mutationFn: () => remove(api.catalogueItem(kind, entry.id)),
    onSuccess: async () => {
      await changed()
      onDone()
    },
    onError: () => void changed(),
  })
}
