import { useMutation, useQueryClient } from '@tanstack/react-query'
import { post } from '../../api/client'
import { planKeys } from '../../api/plan'
import { cacheKeys } from '../../api/queries'
import { type Insight, type InsightAccepted, rehearsalsKey } from '../../api/rehearsals'
import { rehearsalsApi } from '../../lib/rehearsalPaths'
import { say } from '../../ui/notify'

interface Of {
  planId: string
  migrationId: string
}

/** What a new step is called; nothing is said of an insight of another kind. */
export interface NewStep {
  name?: string
  code?: string
}

function useLook({ planId, migrationId }: Of) {
  const cache = useQueryClient()
  return () => {
    void cache.invalidateQueries({ queryKey: planKeys.versions })
    void cache.invalidateQueries({ queryKey: planKeys.proposals(planId) })
    void cache.invalidateQueries({ queryKey: cacheKeys.plans(migrationId) })
    return cache.invalidateQueries({ queryKey: rehearsalsKey(planId) })
  }
}

/** Puts an insight into the plan's draft, which is made if there is none; only where the plan says what was shown. */
export function useAcceptInsight(of: Of, { id, kind, current }: Insight, onDone: (accepted: InsightAccepted) => void) {
  const look = useLook(of)
  return useMutation({
    meta: { quiet: true },
    mutationFn: (step: NewStep) =>
      post<InsightAccepted>(rehearsalsApi.accept(of.planId, id), { ...step, ...(kind === 'duration' ? { was: current } : {}) }),
    onSuccess: (accepted) => {
      const draft = `the draft, version ${accepted.versionNumber}`
      say(accepted.madeDraft ? `Accepted. Version ${accepted.versionNumber} was begun as a draft for it.` : `Accepted into ${draft}.`)
      onDone(accepted)
      return look()
    },
    onError: () => void look(),
  })
}

export function useDeclineInsight(of: Of, { id }: Insight, onDone: () => void) {
  const look = useLook(of)
  return useMutation({
    meta: { quiet: true },
    mutationFn: (reason: string) => post(rehearsalsApi.decline(of.planId, id), { reason }),
    onSuccess: async () => {
      say('Declined. It is not proposed again on the same evidence.')
      await look()
      onDone()
    },
    onError: () => void look(),
  })
}
