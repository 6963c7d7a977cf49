/** Attempts of a step in words: a Done that was taken back is no new try. Pure. */
import type { Attempt, StepDetail, StepRow } from '../../../api/types'
import { millis, near } from '../../../lib/time'

/** Attempts whose Done was taken back: the next one went on from their own start. */
export function takenBack({ attempts, attempt, startedAt, startCarried }: Pick<StepDetail, 'attempts' | 'attempt' | 'startedAt' | 'startCarried'>): ReadonlySet<number> {
  const starts = new Map(attempts.map((one) => [one.attempt, one.startedAt]))
  if (startCarried) starts.set(attempt, startedAt)
  const goesOn = ({ attempt: n, startedAt: at, outcome }: Attempt): boolean =>
    (outcome === 'complete' || outcome === 'verifying') && at !== null && starts.get(n + 1) === at
  return new Set(attempts.filter(goesOn).map((one) => one.attempt))
}

/** When the present attempt's Done was taken back, from the log; null where it was not, or it is not known yet. */
const takenBackAt = (history: StepDetail['history']): number | null =>
  history.reduce<number | null>((newest, { type, at }) => {
    const moment = type === 'step.done_undone' ? millis(at) : null
    return moment !== null && (newest === null || moment > newest) ? moment : newest
  }, null)

/** Which attempt it is, beside the state; '' for the first. After an undo: that Done was taken back, and the start kept. */
export function attemptWords({ attempt, startCarried }: Pick<StepRow, 'attempt' | 'startCarried'>, history: StepDetail['history'], now: number, zone: string): string {
  if (!startCarried) return attempt > 1 ? `attempt ${String(attempt)}` : ''
  const at = takenBackAt(history)
  return `Done taken back${at === null ? '' : ` at ${near(at, now, zone)}`}; start kept`
}
