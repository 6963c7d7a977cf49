import type { LiveEvent } from '../types'

export interface Sequenced {
  /** Events to apply now, in order, each once. */
  apply: LiveEvent[]
  /** The number after applying them. */
  last: number
  /** Something between `last` and what came is missing: it is to be fetched by number. */
  hole: boolean
}

/**
 * Sorts what arrived against what is known. Doubled and late events fall away. An event whose forerunner
 * has not been seen is held back with all after it: fetching by number brings them again, in order.
 */
export function sequence(last: number, arrived: readonly LiveEvent[]): Sequenced {
  const apply: LiveEvent[] = []
  let reached = last
  for (const event of [...arrived].sort((a, b) => a.seq - b.seq)) {
    if (event.seq <= reached) continue
    if (event.prev > reached) return { apply, last: reached, hole: true }
    apply.push(event)
    reached = event.seq
  }
  return { apply, last: reached, hole: false }
}
