import { useMutation, useQueryClient } from '@tanstack/react-query'
import { patch, post } from '../../api/client'
import { spoken } from '../../api/spoken'
import type { Impediment, Severity } from '../../api/types'
import { spokenApi } from '../../lib/spokenPaths'

export interface ImpedimentFields {
  title: string
  detail: string
  severity: Severity
  ownerId: string | null
  expectedAt: string | null
}

function useChanged(iterationId: string) {
  const cache = useQueryClient()
  return () => cache.invalidateQueries({ queryKey: spoken.impediments(iterationId) })
}

/** Opens one, or changes one as it was read. */
export function useSaveImpediment(iterationId: string, stepCode: string | undefined, was: Impediment | null, onDone: (saved: Impediment) => void) {
  const changed = useChanged(iterationId)
  return useMutation({
    meta: { quiet: true },
    mutationFn: (fields: ImpedimentFields) =>
      was ? patch<Impediment>(spokenApi.impediment(was.id), was.version, fields) : post<Impediment>(spokenApi.impediments(iterationId), { ...fields, stepCode }),
    onSuccess: async (saved) => {
      await changed()
      onDone(saved)
    },
    onError: () => void changed(),
  })
}

/** Resolves it, or opens it again, as it was read. */
export function useMoveImpediment(iterationId: string, one: Impediment, to: 'resolve' | 'reopen', onDone: () => void) {
  const changed = useChanged(iterationId)
  return useMutation({
    meta: { quiet: true },
    mutationFn: (words: string) =>
      post<Impediment>(spokenApi.impedimentMove(one.id, to), { version: one.version, ...(to === 'resolve' ? { resolution: words } : { reason: words }) }),
    onSuccess: async () => {
      await changed()
      onDone()
    },
    onError: () => void changed(),
  })
}
