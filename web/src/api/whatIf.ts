/** Asking *what if*: a question that changes nothing, though it is sent as a POST for its length. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '../lib/paths'
import { post } from './client'
import { asProblem, unreachable } from './problem'
import type { Supposition, WhatIf } from './types'

async function outlooksOf(iterationId: string, suppositions: readonly Supposition[]): Promise<WhatIf> {
  try {
    return await post<WhatIf>(api.whatIf(iterationId), { suppositions })
  } catch (error) {
    // Nobody need wonder whether it was done.
    throw asProblem(error).code === 'unreachable' ? unreachable(false) : error
  }
}

/** Today's outlook beside the supposed one. Of several questions asked in a row the last one's answer is shown, whichever comes first. */
export const whatIfQuery = (iterationId: string, suppositions: readonly Supposition[]) =>
  queryOptions({
    queryKey: ['what-if', iterationId, suppositions] as const,
    queryFn: () => outlooksOf(iterationId, suppositions),
    enabled: suppositions.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    gcTime: 60_000,
  })
