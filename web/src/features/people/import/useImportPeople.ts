import { useMutation, useQueryClient } from '@tanstack/react-query'
import { post } from '../../../api/client'
import { cacheKeys } from '../../../api/queries'
import type { BaseDataImport } from '../../../api/types'
import { useOnce } from '../../../api/useOnce'
import { migrationApi } from '../../../lib/migrationPaths'

/** Looks at a file first; then does just what was shown of it, once. */
export function useImportPeople(migrationId: string, onDone: (file: File, done: BaseDataImport) => void) {
  const cache = useQueryClient()
  const look = useMutation({
    meta: { quiet: true },
    mutationFn: (file: File) => post<BaseDataImport>(migrationApi.baseData(migrationId, file.name), file),
  })
  const commit = useMutation({
    meta: { quiet: true },
    mutationFn: ({ file, mark }: { file: File; mark: string }) => post<BaseDataImport>(migrationApi.baseData(migrationId, file.name, mark), file),
    onSuccess: (done, { file }) => onDone(file, done),
    onSettled: () => {
      for (const queryKey of [cacheKeys.people(migrationId), cacheKeys.teams(migrationId), cacheKeys.users]) void cache.invalidateQueries({ queryKey })
    },
  })
  const clear = () => {
    look.reset()
    commit.reset()
  }
  return { look, commit: useOnce(commit), clear }
}
