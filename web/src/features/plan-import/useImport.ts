import { useMutation, useQueryClient } from '@tanstack/react-query'
import { postPatiently, remove } from '../../api/client'
import { planKeys } from '../../api/plan'
import { importKeys } from '../../api/planImports'
import { cacheKeys } from '../../api/queries'
import type { ImportUndone, PlanCommit, PlanImport } from '../../api/types'
import { useOnce } from '../../api/useOnce'
import { importApi } from '../../lib/importPaths'
import { announce } from '../../ui/announce'
import { few } from './model/words'

/** What a person decides about an import: which repairs, which columns, to look again, or that it is not wanted. */
export function useImportActs(id: string, migrationId: string, onDiscarded: () => void) {
  const cache = useQueryClient()
  const renew = (found: PlanImport) => {
    cache.setQueryData(importKeys.one(id), found)
    void cache.invalidateQueries({ queryKey: importKeys.parts(id) })
    void cache.invalidateQueries({ queryKey: cacheKeys.plans(migrationId) })
    const left = found.totals.blocking ?? 0
    announce(left > 0 ? `${few(left, 'finding stops', 'findings stop')} the import.` : 'Nothing stops the import.')
  }
  // Refused or cut off: what is shown is what is there now.
  const look = () => void cache.invalidateQueries({ queryKey: importKeys.one(id) })
  const accept = useMutation({ meta: { quiet: true }, mutationFn: (kinds: readonly string[]) => postPatiently<PlanImport>(importApi.act(id, 'accept'), { kinds }), onSuccess: renew, onError: look })
  const map = useMutation({ meta: { quiet: true }, mutationFn: (columns: Readonly<Record<string, string | null>>) => postPatiently<PlanImport>(importApi.act(id, 'mapping'), { columns }), onSuccess: renew, onError: look })
  const check = useMutation({ meta: { quiet: true }, mutationFn: () => postPatiently<PlanImport>(importApi.act(id, 'check')), onSuccess: renew, onError: look })
  const discard = useMutation({
    meta: { quiet: true },
    mutationFn: () => remove(importApi.one(id)),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: importKeys.list(migrationId) })
      onDiscarded()
    },
  })
  return { accept: useOnce(accept), map: useOnce(map), check: useOnce(check), discard: useOnce(discard) }
}

function useOver(id: string, migrationId: string) {
  const cache = useQueryClient()
  return async () => {
    void cache.invalidateQueries({ queryKey: planKeys.versions })
    void cache.invalidateQueries({ queryKey: importKeys.list(migrationId) })
    void cache.invalidateQueries({ queryKey: cacheKeys.migrations })
    await Promise.all([cache.invalidateQueries({ queryKey: cacheKeys.plans(migrationId) }), cache.invalidateQueries({ queryKey: importKeys.one(id) })])
  }
}

/** Carries an import out as it was shown. */
export function useCommit(id: string, migrationId: string) {
  const over = useOver(id, migrationId)
  return useOnce(useMutation({
    meta: { quiet: true },
    mutationFn: () => postPatiently<PlanCommit>(importApi.act(id, 'commit')),
    // Somebody else may have done it, or have changed the plan: what came of it is shown then.
    onError: () => void over(),
    onSuccess: async ({ number, changes }) => {
      await over()
      announce(changes === 0 ? 'The plan said all of this already.' : `Version ${number} is written as a draft.`)
    },
  }))
}

/** Takes back the version that an import made. */
export function useUndo(id: string, migrationId: string, onDone: () => void) {
  const cache = useQueryClient()
  const over = useOver(id, migrationId)
  return useOnce(useMutation({
    meta: { quiet: true },
    mutationFn: () => postPatiently<ImportUndone>(importApi.act(id, 'undo')),
    onError: () => void cache.invalidateQueries({ queryKey: importKeys.one(id) }),
    onSuccess: async ({ number }) => {
      onDone()
      await over()
      announce(number === null ? 'The import is undone.' : `The import is undone: version ${number} stands again.`)
    },
  }))
}
