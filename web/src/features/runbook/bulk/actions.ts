/** What can be done with several steps at once: what at least one of them allows, with how many do. */
import type { StepAction, StepRow } from '../../../api/types'

export const bulkActions = ['activate', 'start', 'complete', 'unblock', 'retry', 'block', 'fail', 'reopen', 'skip', 'cancel'] as const

export type BulkAction = (typeof bulkActions)[number]

export interface Offer { action: BulkAction; count: number }

export function offers(rows: readonly StepRow[]): Offer[] {
  return bulkActions
    .map((action) => ({ action, count: rows.filter(({ allowedActions }) => allowedActions.includes(action)).length }))
    .filter(({ count }) => count > 0)
}

const reasons = new Set<StepAction>(['block', 'fail', 'reopen', 'skip', 'cancel'])

export const bulkNeedsReason = (action: BulkAction): boolean => reasons.has(action)
