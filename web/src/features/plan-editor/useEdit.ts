import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { get, post } from '../../api/client'
import { type Edit, type EditAnswer, type EditPage, planKeys, type PlanWhole } from '../../api/plan'
import { type ApiProblem, asProblem } from '../../api/problem'
import { api } from '../../lib/paths'
import { answered, refuse, setMark, type Spot } from './marks'
import { grown, type Seen } from './model/history'
import { follow, takeAnswer } from './takeOver'

export interface Wish {
  edits: Edit[]
  /** The one field that is meant, which shows how it goes, and what it is set to. */
  spot?: Spot
  to?: unknown
  onDone?: (answer: EditAnswer) => void
  /** Says the refusal itself and returns true; else it is said above the table. */
  onRefused?: (problem: ApiProblem) => boolean
}
export type Send = (wish: Wish) => void

/** Sends edits one after the other, in the order in which they were made. */
export function useEdit(versionId: string): Send {
  const cache = useQueryClient()
  const { mutate } = useMutation({
    meta: { quiet: true },
    scope: { id: `plan-${versionId}` },
    mutationFn: ({ edits }: Wish) => post<EditAnswer>(api.planEdits(versionId), { edits }),
    onMutate: ({ spot, to }) => {
      if (spot) setMark(spot, { state: 'saving', to })
    },
    onSuccess: (answer, { spot, to, onDone }) => {
      takeAnswer(cache, versionId, answer)
      if (spot) {
        setMark(spot, { state: 'saved', to })
        answered(spot)
      }
      onDone?.(answer)
    },
    onError: (error, { spot, edits, to, onRefused }) => {
      const problem = asProblem(error)
      if (spot) setMark(spot, null)
      if (!onRefused?.(problem) && problem.status !== 401) refuse({ spot: spot ?? null, edits, to }, problem)
      // What it is now is shown beside what was asked.
      void cache.invalidateQueries({ queryKey: planKeys.edits(versionId) })
      if (problem.status === 403) void cache.invalidateQueries({ queryKey: planKeys.version(versionId) })
    },
  })
  return useCallback((wish) => mutate(wish), [mutate])
}

/** Takes back an edit by its number; to take back an undo is to do it again. */
export function useUndoEdit(versionId: string) {
  const cache = useQueryClient()
  return useMutation({
    meta: { quiet: true },
    scope: { id: `plan-${versionId}` },
    mutationFn: (number: number) => post<EditAnswer>(api.planEditUndo(versionId, number)),
    onSuccess: (answer) => takeAnswer(cache, versionId, answer),
    onError: (error) => {
      const problem = asProblem(error)
      if (problem.status !== 401) refuse({ spot: null, edits: [], to: null }, problem)
      void cache.invalidateQueries({ queryKey: planKeys.edits(versionId) })
    },
  })
}

const lookAgain = 3_000
const firstAsked = 150

/** The list of edits; while a draft is open it is asked for again, and what others did is brought into the plan. */
export function useEdits(plan: PlanWhole) {
  const cache = useQueryClient()
  const { id } = plan
  return useQuery({
    queryKey: planKeys.edits(id),
    queryFn: async () => {
      const before = cache.getQueryData<Seen>(planKeys.edits(id))
      const held = cache.getQueryData<PlanWhole>(planKeys.version(id))?.lastEdit ?? plan.lastEdit
      const from = before ? Math.min(before.lastEdit, held) : Math.max(0, held - firstAsked)
      const page = await get<EditPage>(api.planEditsAfter(id, from)).catch((error: unknown) => {
        // The draft is there no more, or no longer to be seen: what shows the version says so.
        if ([403, 404].includes(asProblem(error).status)) void cache.invalidateQueries({ queryKey: planKeys.version(id) })
        throw error
      })
      follow(cache, id, page)
      return grown(before, page)
    },
    refetchInterval: plan.status === 'draft' ? lookAgain : false,
    structuralSharing: false,
  })
}
