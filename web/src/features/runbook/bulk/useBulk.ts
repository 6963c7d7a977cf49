import { useMutation } from '@tanstack/react-query'
import { useContext } from 'react'
import { post } from '../../../api/client'
import { LiveContext } from '../../../api/live/context'
import type { BulkAnswer, StepRow } from '../../../api/types'
import { api } from '../../../lib/paths'
import type { BulkAction } from './actions'

export interface BulkCommand {
  rows: readonly StepRow[]
  action: BulkAction
  mode: 'together' | 'each'
  reason: string
}

/** Sends one action for several steps: one request, one answer a step. */
export function useBulk(iterationId: string) {
  const live = useContext(LiveContext)
  return useMutation({
    meta: { quiet: true },
    mutationFn: ({ rows, action, mode, reason }: BulkCommand) =>
      post<BulkAnswer>(api.bulk(iterationId), {
        action, mode, steps: rows.map(({ code, version }) => ({ code, version })),
        ...(reason === '' ? {} : { reason }),
      }),
    onSuccess: ({ events }) => live?.arrived(iterationId, events),
    onError: () => void live?.catchUp(iterationId),
  })
}
