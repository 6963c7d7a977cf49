import type { Board, StepRow } from '../../api/types'
import { isOver } from '../../lib/states'
import { momentsOf } from './moments'

/** A minute of grace, so that a second's jitter does not paint the night red. */
const graceSeconds = 60

/** Whether a step is part of the night's figures: rollback steps sleep, and what is out of scope passes by itself. */
export const counts = (row: StepRow): boolean => !row.dormant && row.inScope

/**
 * How many seconds a step is behind its plan at `now`; negative = ahead, null = nothing to measure.
 * What is over has the delay of its end. What is not grows late with the clock: from its planned start while it
 * has not begun, from its planned end once it has.
 */
export function delayAt(row: StepRow, now: number): number | null {
  if (!counts(row)) return null
  const { startedAt, plannedStart, plannedEnd } = momentsOf(row)
  const due = startedAt === null ? plannedStart : plannedEnd
  const behind = due === null || isOver(row.state) ? null : Math.floor((now - due) / 1000)
  if (behind === null || behind <= Math.max(graceSeconds, row.delaySeconds ?? 0)) return row.delaySeconds
  return behind
}

/** Later than planned: by its last fact, or because the plan's time has passed without one. */
export const isLate = (row: StepRow, now: number): boolean => (delayAt(row, now) ?? 0) > graceSeconds

export interface Lateness {
  count: number
  code: string
  seconds: number
  /** How many ended late besides: the filter lists them with those that are open. */
  ended: number
}

/** What of a night is late and still open: how many steps, and the worst of them; and how many ended late. Null = nothing is late. */
export function openLateness(board: Board, now: number): Lateness | null {
  const found: Lateness = { count: 0, code: '', seconds: 0, ended: 0 }
  for (const row of board.steps) {
    if (!isLate(row, now)) continue
    if (isOver(row.state)) { found.ended += 1; continue }
    found.count += 1
    const seconds = delayAt(row, now) ?? 0
    if (seconds > found.seconds) Object.assign(found, { code: row.code, seconds })
  }
  return found.count + found.ended === 0 ? null : found
}
