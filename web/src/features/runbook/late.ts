import { type ForecastIndex, type ForecastStep, noForecast } from '../../api/forecast'
import type { Board, StepRow } from '../../api/types'
import { isOver } from '../../lib/states'
import { comingOf, momentsOf } from './moments'

/** A minute of grace, so that a second's jitter does not paint the night red. */
const graceSeconds = 60

/** Whether a step is part of the night's figures: rollback steps sleep, and what is out of scope passes by itself. */
export const counts = (row: StepRow): boolean => !row.dormant && row.inScope

/**
 * How many seconds a step is behind its plan at `now`; negative = ahead, null = nothing to measure.
 * What is over has the delay of its end. What is not grows late with the clock: from its planned start while it
 * has not begun, from its planned end once it has. With a forecast, what is open has the delay of its forecast end.
 */
export function delayAt(row: StepRow, now: number, forecast: ForecastIndex = noForecast): number | null {
  if (!counts(row)) return null
  const { startedAt, plannedStart, plannedEnd } = momentsOf(row)
  const due = startedAt === null ? plannedStart : plannedEnd
  const behind = due === null || isOver(row.state) ? null : Math.floor((now - due) / 1000)
  const coming = isOver(row.state) ? null : comingDelay(forecast.get(row.code), plannedEnd)
  // A forecast may be a minute old: time that has passed since counts too.
  if (coming !== null) return behind !== null && behind > graceSeconds ? Math.max(behind, coming) : coming
  if (behind === null || behind <= Math.max(graceSeconds, row.delaySeconds ?? 0)) return row.delaySeconds
  return behind
}

function comingDelay(step: ForecastStep | undefined, plannedEnd: number | null): number | null {
  const end = step ? comingOf(step).end : null
  return end === null || plannedEnd === null ? null : Math.round((end - plannedEnd) / 1000)
}

/** Later than planned: by its last fact, by the forecast, or because the plan's time has passed without a fact. */
export const isLate = (row: StepRow, now: number, forecast: ForecastIndex = noForecast): boolean =>
  (delayAt(row, now, forecast) ?? 0) > graceSeconds

/** By how much open steps are late; 0 = not late, or nothing can be: see `mayBeLate`. */
export const latenessIn = (board: Board, now: number, forecast: ForecastIndex) => {
  const measured = mayBeLate(board)
  return (row: StepRow): number => (measured && !isOver(row.state) && isLate(row, now, forecast) ? (delayAt(row, now, forecast) ?? 0) : 0)
}

/** On the critical path of what is still to be done. */
export const isCritical = (row: StepRow, forecast: ForecastIndex): boolean =>
  counts(row) && !isOver(row.state) && forecast.get(row.code)?.critical === true

/** Before the night nothing is late; turned back, nothing is measured against the way forward's plan. */
export const mayBeLate = ({ iteration }: Board): boolean =>
  iteration.startedAt !== null && iteration.endedAt === null && iteration.state !== 'backing_out'

export interface Lateness {
  count: number
  code: string
  seconds: number
  /** How many ended late besides: the filter lists them with those that are open. */
  ended: number
  /** How many of the open ones each chapter has, by its id. */
  chapters: ReadonlyMap<string, number>
}

/** What of a night is late and still open: how many steps, and the worst of them; and how many ended late. Null = nothing is late. */
export function openLateness(board: Board, now: number, forecast: ForecastIndex = noForecast): Lateness | null {
  const chapters = new Map<string, number>()
  const found: Lateness = { count: 0, code: '', seconds: 0, ended: 0, chapters }
  for (const row of board.steps) {
    if (!isLate(row, now, forecast)) continue
    if (isOver(row.state)) { found.ended += 1; continue }
    found.count += 1
    chapters.set(row.chapterId, (chapters.get(row.chapterId) ?? 0) + 1)
    const seconds = delayAt(row, now, forecast) ?? 0
    if (seconds > found.seconds) Object.assign(found, { code: row.code, seconds })
  }
  return found.count + found.ended === 0 ? null : found
}
