import { useMutation, useQueryClient } from '@tanstack/react-query'
import { post } from '../../api/client'
import { planKeys, type Proposal } from '../../api/plan'
import { api } from '../../lib/paths'
import { say } from '../../ui/notify'

/** Puts what was proposed into a draft, if the plan still says what was shown. */
export function useAccept(planId: string, { id, field, current, stepCode }: Proposal) {
  const cache = useQueryClient()
  const look = () => cache.invalidateQueries({ queryKey: planKeys.proposals(planId) })
  return useMutation({
    meta: { quiet: true },
    mutationFn: (versionId: string) => post(api.proposalAccept(id), { versionId, ...(field === null ? {} : { was: current }) }),
    onSuccess: async (_answer, versionId) => {
      say(`What ${stepCode} taught is accepted.`)
      // It became an edit: the list of edits brings it into the plan that is shown.
      void cache.invalidateQueries({ queryKey: planKeys.edits(versionId) })
      await look()
    },
    onError: () => void look(),
  })
}

export function useDecline(planId: string, { id, stepCode }: Proposal, onDone: () => void) {
  const cache = useQueryClient()
  const look = () => cache.invalidateQueries({ queryKey: planKeys.proposals(planId) })
  return useMutation({
    meta: { quiet: true },
    mutationFn: (reason: string) => post(api.proposalDecline(id), { reason }),
    onSuccess: async () => {
      say(`What was proposed after ${stepCode} is declined.`)
      await look()
      onDone()
    },
    onError: () => void look(),
  })
}
