/** What a version changes of when all is over, in sentences. Pure. */
import type { PlanEffect } from '../../api/types'
import { delay, span } from '../../lib/time'

const named = 6

const list = (codes: readonly string[]): string => {
  const shown = codes.slice(0, named).join(', ')
  return codes.length > named ? `${shown} and more` : shown
}

const untimed = (length: PlanEffect['before']): boolean => length !== null && length.durationSeconds === 0

/** Why a version has no finish to speak of: without a duration anywhere, T+0 would be said and not known. */
export function notReckoned({ before, after }: PlanEffect): string | null {
  if (untimed(before) && untimed(after)) return 'The finish is not reckoned: no step has a duration.'
  if (untimed(after)) return 'The finish is not reckoned: no step of this version has a duration.'
  return untimed(before) ? 'How the finish moves is not reckoned: no step of the version before has a duration.' : null
}

/** T+41 h → T+39 h 30; unchanged; null where it cannot be reckoned. */
export function finishOf({ before, after }: PlanEffect): { from: string; to: string; by: string | null; sooner: boolean } | null {
  if (before === null || after === null) return null
  const by = after.durationSeconds - before.durationSeconds
  return { from: `T+${span(before.durationSeconds)}`, to: `T+${span(after.durationSeconds)}`, by: by === 0 ? null : delay(by), sooner: by < 0 }
}

/** Where the longest chain is another one. */
export function chainOf({ joined, left, after }: PlanEffect): string {
  if (joined.length === 0 && left.length === 0) return `The longest chain is the same${after === null ? '' : `: ${after.criticalSteps.toLocaleString('en')} ${after.criticalSteps === 1 ? 'step' : 'steps'}`}.`
  const parts = [left.length > 0 ? `${list(left)} left it` : '', joined.length > 0 ? `${list(joined)} came onto it` : ''].filter((one) => one !== '')
  return `The longest chain changes: ${parts.join('; ')}.`
}
