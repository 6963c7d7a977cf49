/** How an impediment is said: how bad, who sees to it, and how long still. Pure. */
import type { Impediment, Severity } from '../../api/types'
import { millis, span } from '../../lib/time'

export const severities: readonly Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']

export const severityWord: Record<Severity, string> = { CRITICAL: 'Critical', HIGH: 'High', MEDIUM: 'Medium', LOW: 'Low' }

export interface Expected {
  words: string
  overdue: boolean
}

/** How long until it should be resolved, or since when it should have been; null where nobody has said. */
export function expectedWords({ expectedAt, state }: Pick<Impediment, 'expectedAt' | 'state'>, now: number): Expected | null {
  const at = millis(expectedAt)
  if (at === null || state === 'resolved') return null
  const minutes = Math.floor(Math.abs(at - now) / 60_000) * 60
  if (at >= now) return { words: minutes === 0 ? 'in less than a minute' : `in ${span(minutes)}`, overdue: false }
  return { words: minutes === 0 ? 'just overdue' : `${span(minutes)} overdue`, overdue: true }
}
