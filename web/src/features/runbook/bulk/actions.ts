/** What can be done with several steps at once: what at least one of them allows, with how many do. Pure. */
import type { StepAction, StepRow } from '../../../api/types'
import { type Look, whyNot } from '../whyNot'

export const bulkActions = ['activate', 'start', 'complete', 'unblock', 'retry', 'block', 'fail', 'reopen', 'skip', 'cancel'] as const

export type BulkAction = (typeof bulkActions)[number]

export interface Offer { action: BulkAction; count: number }

/** Skipping what takes a second person is asked for from the step itself, one by one. */
const takesTwo = ({ behaviour }: StepRow, action: BulkAction): boolean =>
  action === 'skip' && (behaviour === 'checkpoint' || behaviour === 'gate')

const applies = (row: StepRow, action: BulkAction): boolean => row.allowedActions.includes(action) && !takesTwo(row, action)

export function offers(rows: readonly StepRow[]): Offer[] {
  return bulkActions
    .map((action) => ({ action, count: rows.filter((row) => applies(row, action)).length }))
    .filter(({ count }) => count > 0)
}

export interface Split {
  /** What is acted on. */
  able: StepRow[]
  /** What is left out, and why. */
  left: { row: StepRow; why: string }[]
}

/** The chosen steps, parted into what an action applies to and what it leaves out, each with the reason. */
export function split(rows: readonly StepRow[], action: BulkAction, look: Look): Split {
  const why = (row: StepRow): string =>
    row.allowedActions.includes(action) ? `${row.code} is a ${row.behaviour}: it takes a second person to skip it, asked from the step itself.` : whyNot(look, row, action)
  return {
    able: rows.filter((row) => applies(row, action)),
    left: rows.filter((row) => !applies(row, action)).map((row) => ({ row, why: why(row) })),
  }
}

const reasons = new Set<StepAction>(['block', 'fail', 'reopen', 'skip', 'cancel'])

export const bulkNeedsReason = (action: BulkAction): boolean => reasons.has(action)
