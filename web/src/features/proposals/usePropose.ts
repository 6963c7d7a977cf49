import { useMutation, useQueryClient } from '@tanstack/react-query'
import { post } from '../../api/client'
import { cacheKeys } from '../../api/queries'
import { api } from '../../lib/paths'
import { say } from '../../ui/notify'

export interface Lesson {
  lesson: string
  field: string | null
  value: unknown
}

/** Proposes for the plan what a step taught. A pilot accepts it into a draft, or declines it with a reason. */
export function usePropose(iterationId: string, code: string, onDone: () => void) {
  const cache = useQueryClient()
  return useMutation({
    meta: { quiet: true },
    mutationFn: (lesson: Lesson) => post(api.stepProposals(iterationId, code), lesson),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: cacheKeys.step(iterationId, code) })
      void cache.invalidateQueries({ queryKey: ['proposals'] })
      say(`Proposed for the plan after ${code}. A pilot takes it into the next version, or says why not.`)
      onDone()
    },
  })
}
